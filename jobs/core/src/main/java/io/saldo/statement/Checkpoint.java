package io.saldo.statement;

import io.saldo.credit.GrantPosition;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a month's computation had counted at an instant, strictly before it: so the computation can go on from
 * there with the usage that follows, and comes to the same statement to the last digit.
 *
 * <p>It is a means of speed and holds nothing that could not be computed again. It does not know whether it still holds:
 * whoever keeps it uses it only while all that happened before its instant is unchanged.
 *
 * <p>Its bytes are the version and a checksum, in four bytes each, and a body of names and numbers: each class of the
 * state writes and reads its own part. Grants, lines, rows and tiers are named, since their numbers change with the
 * usage that follows.
 */
public final class Checkpoint {
    /** Of the form of the bytes and of the rules that the figures follow; no other version is read. */
    public static final int VERSION = 4;

    private static final int HEAD_BYTES = 8;

    /**
     * What it is.
     *
     * @param end the as-of of the computation that made it, within the month
     */
    private record Head(
            String accountId, YearMonth month, long at, long end, long events, BigInteger quantity, UsedProducts used) {
        void save(CheckpointWriter out) {
            out.text(accountId);
            out.text(month.toString());
            out.number(at);
            out.number(end);
            out.number(events);
            out.text(quantity.toString());
            used.save(out);
        }

        static Head read(CheckpointReader in) {
            return new Head(
                    in.text(),
                    YearMonth.parse(in.text()),
                    in.number(),
                    in.number(),
                    in.number(),
                    new BigInteger(in.text()),
                    UsedProducts.read(in));
        }
    }

    private final byte[] bytes;
    private final Head head;

    /**
     * Reads the bytes of one.
     *
     * @throws UnusableCheckpointException when they are damaged or of another version
     */
    public Checkpoint(byte[] bytes) {
        this.bytes = bytes.clone();
        head = Head.read(body());
    }

    /** What the kernel has counted before that instant; null where the month cannot go on from it. */
    static @Nullable Checkpoint of(Scaled plan, Kernel kernel, long at) {
        if (plan.own().tiers().stream().anyMatch(counter -> counter.mode == TierMode.VOLUME)) {
            return null;
        }
        CheckpointWriter out = new CheckpointWriter();
        new Head(
                        plan.input().accountId(),
                        plan.input().month(),
                        at,
                        plan.end(),
                        kernel.billableEvents + kernel.notBillableEvents - kernel.lateEvents,
                        ownQuantity(plan, kernel),
                        plan.usedBefore().with(plan.own().events(), plan.own().from(), kernel.nextEvent()))
                .save(out);
        out.number(plan.scale());
        out.number(plan.months().size());
        plan.months().forEach(month -> out.text(month.counters().month().toString()));
        long[] probes = probes(plan.input(), at);
        out.numbers(probes);
        for (int probe = 0; probe < probes.length; probe++) {
            out.number(kernel.probes[probe]);
        }
        out.number(plan.credit().grants().size());
        plan.credit().grants().forEach(grant -> out.text(grant.position().creditId()));
        kernel.save(out);
        kernel.grants.save(out);
        kernel.debts.save(out, plan.scopes());
        kernel.days.save(out);
        plan.lines().save(out);
        saveRows(plan, kernel, out);
        byte[] body = out.bytes();
        return new Checkpoint(ByteBuffer.allocate(HEAD_BYTES + body.length)
                .putInt(VERSION)
                .putInt(checksum(ByteBuffer.wrap(body)))
                .put(body)
                .array());
    }

    /** Gives all of it to a kernel that has counted nothing, of a plan that was made to go on from here. */
    void restore(Scaled plan, Kernel kernel) {
        CheckpointReader in = body();
        Head.read(in);
        in.refine(plan.scale() - in.count());
        requireMonths(plan, in);
        long[] probes = new long[in.count()];
        for (int probe = 0; probe < probes.length; probe++) {
            probes[probe] = in.number();
        }
        if (!Arrays.equals(probes, probes(plan.input(), head.at()))) {
            throw new UnusableCheckpointException("another balance is asked for before it");
        }
        for (int probe = 0; probe < probes.length; probe++) {
            kernel.probes[probe] = in.amount();
        }
        int[] grants = grants(plan, in);
        kernel.restore(in);
        kernel.grants.restore(in, grants);
        kernel.debts.restore(in, plan.scopes());
        kernel.days.restore(in, grants);
        plan.lines().restore(in);
        restoreRows(plan, kernel, in);
    }

    /** The bytes, to be kept. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The account. */
    public String accountId() {
        return head.accountId();
    }

    /** The month of the statement. */
    public YearMonth month() {
        return head.month();
    }

    /** The instant, in microseconds: everything before it is counted, nothing of it. */
    public long at() {
        return head.at();
    }

    /** How many events of the month it has counted; late ones of closed months are none of them. */
    public long events() {
        return head.events();
    }

    /** The sum of all meters of these events. */
    public BigInteger quantity() {
        return head.quantity();
    }

    /** Which prices its events needed. */
    UsedProducts used() {
        return head.used();
    }

    /** Refuses another account or month, and an as-of before the one that it was made with. */
    void requireOf(StatementInput input) {
        if (!input.accountId().equals(head.accountId())
                || !input.month().equals(head.month())
                || input.end() < head.end()) {
            throw new UnusableCheckpointException(
                    "it is of " + head.accountId() + ", " + head.month() + ", as of " + head.end());
        }
    }

    private CheckpointReader body() {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD_BYTES || buffer.getInt() != VERSION) {
            throw new UnusableCheckpointException("it is of another version");
        }
        if (buffer.getInt() != checksum(buffer.slice())) {
            throw new UnusableCheckpointException("its checksum is wrong");
        }
        return new CheckpointReader(buffer);
    }

    private static int checksum(ByteBuffer body) {
        CRC32C checksum = new CRC32C();
        checksum.update(body);
        return (int) checksum.getValue();
    }

    private static BigInteger ownQuantity(Scaled plan, Kernel kernel) {
        BigInteger quantity = BigInteger.ZERO;
        QuantitySums late = new QuantitySums(1);
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantity = quantity.add(kernel.accepted.get(meter));
            for (RatedMonth month : plan.months().subList(0, plan.months().size() - 1)) {
                for (int event = month.from(); event < month.to(); event++) {
                    late.add(0, month.events().quantities()[meter][event]);
                }
            }
        }
        return quantity.subtract(late.get(0));
    }

    /** Those that are answered before the instant. */
    private static long[] probes(StatementInput input, long at) {
        return Arrays.stream(input.probes()).filter(probe -> probe < at).toArray();
    }

    private static void requireMonths(Scaled plan, CheckpointReader in) {
        List<String> months = new ArrayList<>();
        for (int size = in.count(); size > 0; size--) {
            months.add(in.text());
        }
        if (!months.equals(plan.months().stream()
                .map(month -> month.counters().month().toString())
                .toList())) {
            throw new UnusableCheckpointException("late usage of other months is counted");
        }
    }

    private static int[] grants(Scaled plan, CheckpointReader in) {
        Map<String, Integer> numbers = new HashMap<>();
        for (CreditPlan.Grant grant : plan.credit().grants()) {
            GrantPosition position = grant.position();
            numbers.put(position.creditId(), numbers.size());
        }
        int[] grants = new int[in.count()];
        for (int grant = 0; grant < grants.length; grant++) {
            String creditId = in.text();
            Integer number = numbers.get(creditId);
            if (number == null) {
                throw new UnusableCheckpointException("there is no grant " + creditId);
            }
            grants[grant] = number;
        }
        return grants;
    }

    private static void saveRows(Scaled plan, Kernel kernel, CheckpointWriter out) {
        List<PriceRow> rows = new ArrayList<>();
        for (int row = 0; row < kernel.rowUsed.length; row++) {
            if (kernel.rowUsed[row]) {
                rows.add(plan.rows().get(row));
            }
        }
        out.number(rows.size());
        for (PriceRow row : rows) {
            Counted.save(row.key(), out);
            out.number(row.tier().upTo());
        }
    }

    private static void restoreRows(Scaled plan, Kernel kernel, CheckpointReader in) {
        record Name(RowSet.Key set, long upTo) {}
        Map<Name, Integer> numbers = new HashMap<>();
        for (PriceRow row : plan.rows()) {
            numbers.put(new Name(row.key(), row.tier().upTo()), numbers.size());
        }
        for (int size = in.count(); size > 0; size--) {
            Name name = new Name(Counted.readKey(in), in.number());
            Integer row = numbers.get(name);
            if (row == null) {
                throw new UnusableCheckpointException("there is no price row " + name);
            }
            kernel.rowUsed[row] = true;
        }
    }
}
