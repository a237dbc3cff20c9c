package io.saldo.statement;

import io.saldo.credit.Coverage;
import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statement's lines as columns. All keys are entered before the loop; the loop only adds. */
final class LineTable {
    /** What makes a line: two products or rows with the same are one line. */
    record Key(
            YearMonth usageMonth,
            String provider,
            String model,
            String serviceTier,
            Meter meter,
            StatementLine.Kind kind,
            @Nullable Amount unitPrice,
            long perUnits) {
        void save(CheckpointWriter out) {
            out.text(usageMonth.toString());
            out.text(provider);
            out.text(model);
            out.text(serviceTier);
            out.number(meter.ordinal());
            out.number(kind.ordinal());
            out.text(unitPrice == null ? "" : unitPrice.toString());
            out.number(perUnits);
        }

        static Key read(CheckpointReader in) {
            YearMonth usageMonth = YearMonth.parse(in.text());
            String provider = in.text();
            String model = in.text();
            String serviceTier = in.text();
            Meter meter = Meter.at(in.count());
            StatementLine.Kind kind = StatementLine.Kind.values()[in.count()];
            String unitPrice = in.text();
            return new Key(
                    usageMonth,
                    provider,
                    model,
                    serviceTier,
                    meter,
                    kind,
                    unitPrice.isEmpty() ? null : Amount.parse(unitPrice),
                    in.number());
        }
    }

    private final Map<Key, Integer> indexes = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();

    /** By line; set by {@link #open}. */
    QuantitySums quantity = new QuantitySums(0);

    /** By line; units that packages were started for, or not. */
    QuantitySums packed = new QuantitySums(0);

    /** By line, then {@link Coverage}; scaled. */
    long[][] covered = new long[0][];

    /** By line; for unpriced ones. */
    long[] events = new long[0];

    /** By line; for unpriced ones. */
    long[] firstAt = new long[0];

    /** The line with that key. */
    int index(Key key) {
        return indexes.computeIfAbsent(key, absent -> {
            keys.add(absent);
            return keys.size() - 1;
        });
    }

    /** Makes the columns: from here on no key is added. */
    void open() {
        quantity = new QuantitySums(keys.size());
        packed = new QuantitySums(keys.size());
        covered = new long[keys.size()][Coverage.values().length];
        events = new long[keys.size()];
        firstAt = new long[keys.size()];
        Arrays.fill(firstAt, Long.MAX_VALUE);
    }

    /** Only lines that something was added to. */
    void save(CheckpointWriter out) {
        List<Integer> used = new ArrayList<>();
        for (int line = 0; line < keys.size(); line++) {
            if (!quantity.isZero(line) || !packed.isZero(line)) {
                used.add(line);
            }
        }
        out.number(used.size());
        for (int line : used) {
            keys.get(line).save(out);
            quantity.save(line, out);
            packed.save(line, out);
            out.numbers(covered[line]);
            out.number(events[line]);
            out.number(firstAt[line]);
        }
    }

    /** Takes over what was saved into columns that are {@link #open} and empty. */
    void restore(CheckpointReader in) {
        for (int size = in.count(); size > 0; size--) {
            Key key = Key.read(in);
            Integer line = indexes.get(key);
            if (line == null) {
                throw new UnusableCheckpointException("the month has no line of " + key);
            }
            quantity.restore(line, in);
            packed.restore(line, in);
            int coverages = in.count();
            for (int coverage = 0; coverage < coverages; coverage++) {
                covered[line][coverage] = in.amount();
            }
            events[line] = in.number();
            firstAt[line] = in.number();
        }
    }

    List<Key> keys() {
        return keys;
    }

    void cover(int line, Coverage coverage, long amount) {
        covered[line][coverage.ordinal()] = Math.addExact(covered[line][coverage.ordinal()], amount);
    }

    void countUnpriced(int line, long occurredAt) {
        events[line]++;
        firstAt[line] = Math.min(firstAt[line], occurredAt);
    }
}
