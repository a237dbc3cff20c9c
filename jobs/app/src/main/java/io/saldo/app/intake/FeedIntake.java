package io.saldo.app.intake;

import io.saldo.app.config.Accounts;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.DeliveryStore.Refusal;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.lake.source.Malformation;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes deliveries of credits, balances and payments into the books: every record ends in exactly one place. */
@Component
public class FeedIntake {
    private static final int TEXT_MAX = 500;
    private static final Set<String> ENTRIES = Set.of("grant", "withdraw");

    private final DeliveryStore deliveries;
    private final FeedStore feeds;
    private final LakeStore lake;

    /** Over the books. */
    public FeedIntake(DeliveryStore deliveries, FeedStore feeds, LakeStore lake) {
        this.deliveries = deliveries;
        this.feeds = feeds;
        this.lake = lake;
    }

    /** Takes what the run registered, then what waits for an account or grant. */
    public void take(Run run, Home home, Configuration configuration) throws IOException {
        try (RejectedEntries rejects = new RejectedEntries(home.lake(), run)) {
            for (Delivery delivery : deliveries.ofRun(run.id())) {
                Source source = configuration.sources().get(delivery.source());
                if (source != null
                        && !source.profile().isUsage()
                        && deliveries.refusal(delivery.id()).isEmpty()
                        && Files.exists(home.lake().resolve(delivery.archivePath()))) {
                    take(run, home, delivery, source, configuration, rejects);
                }
            }
            takeHeld(run, configuration, rejects);
            rejects.commit(lake, deliveries);
        }
    }

    private void take(
            Run run, Home home, Delivery delivery, Source source, Configuration configuration, RejectedEntries rejects)
            throws IOException {
        Path file = home.lake().resolve(delivery.archivePath());
        Path work = home.work(run.id());
        Optional<Refusal> refusal;
        try {
            long records = FeedReader.count(file, source, work);
            DeliveryCounts size = new DeliveryCounts(records, records, 0, 0, 0, 0, 0, BigInteger.ZERO, BigInteger.ZERO);
            refusal = deliveries
                    .control(delivery.id())
                    .flatMap(control -> ControlFiles.refusalOfRecords(control.figures(), size));
        } catch (ProblemException unreadable) {
            Problem problem = unreadable.problems().get(0);
            refusal = Optional.of(Refusal.of(problem.code(), problem.what()));
        }
        if (refusal.isPresent()) {
            deliveries.refuse(delivery.id(), run.id(), refusal.get());
            return;
        }
        Tally tally = new Tally();
        TreeMap<LocalDate, Long> days = new TreeMap<>();
        try (FeedReader reader = new FeedReader(file, source, work)) {
            while (reader.next()) {
                Malformation malformed = reader.malformation();
                Map<String, String> fields = reader.fields();
                Outcome outcome = malformed != null
                        ? new Rejected(malformed.code(), malformed.message())
                        : take(run, delivery.id(), reader.line(), fields, source, configuration);
                tally.count(outcome, Place.line(delivery.place(), reader.line()));
                if (outcome instanceof Rejected rejected) {
                    rejects.add(delivery.id(), reader, rejected.code(), rejected.what());
                } else {
                    dayOf(fields, source, configuration).ifPresent(day -> days.merge(day, 1L, Long::sum));
                }
                if (outcome instanceof Held held) {
                    feeds.hold(run.id(), reader.held(delivery.id(), held.subject(), fields));
                }
            }
        }
        deliveries.addOutcome(delivery.id(), run.id(), tally.counts());
        days.forEach((day, records) -> deliveries.addDay(delivery.id(), new DeliveryStore.Day(day, records)));
        addRejections(run, delivery.id(), tally);
    }

    /** The day that a record is of: a balance at midnight is of the day that ends. */
    private static Optional<LocalDate> dayOf(Map<String, String> fields, Source source, Configuration configuration) {
        String column =
                switch (source.profile()) {
                    case CREDITS -> "booked_at";
                    case BALANCES -> "as_of";
                    case PAYMENTS -> "created_at";
                    case SALDO, LITELLM_SPENDLOGS, OPENAI_USAGE, OPENMETER_CLOUDEVENTS, OPENTELEMETRY_GENAI ->
                        throw new IllegalStateException("usage is not a feed");
                };
        OptionalLong at = source.timestamp().parse(fields.getOrDefault(column, ""));
        long before = source.profile() == Source.Profile.BALANCES ? 1 : 0;
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(configuration.settings().billingZone().dateOf(at.getAsLong() - before));
    }

    private void addRejections(Run run, long deliveryId, Tally tally) {
        tally.rejections.forEach((code, first) -> deliveries.addRejection(
                new DeliveryStore.Rejection(deliveryId, run.id(), code, first.records, first.line, first.message)));
    }

    /** A withdrawal may lie before its grant in one file, so what waits is tried again until nothing more moves. */
    private void takeHeld(Run run, Configuration configuration, RejectedEntries rejects) throws IOException {
        Map<Long, Tally> tallies = new TreeMap<>();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (FeedStore.HeldEntry held : feeds.held()) {
                Source source = configuration
                        .sources()
                        .get(deliveries.get(held.deliveryId()).source());
                if (source == null) {
                    continue;
                }
                Outcome outcome = take(run, held.deliveryId(), held.line(), held.fields(), source, configuration);
                if (outcome instanceof Held) {
                    continue;
                }
                moved = true;
                feeds.release(held.deliveryId(), held.line(), run.id());
                if (outcome instanceof Rejected rejected) {
                    rejects.add(held, rejected.code(), rejected.what());
                }
                tallies.computeIfAbsent(held.deliveryId(), id -> new Tally())
                        .count(
                                outcome,
                                Place.line(deliveries.get(held.deliveryId()).place(), held.line()));
            }
        }
        tallies.forEach((deliveryId, tally) -> {
            deliveries.moveHeld(deliveryId, run.id(), tally.counts());
            addRejections(run, deliveryId, tally);
        });
    }

    private Outcome take(
            Run run,
            long deliveryId,
            long line,
            Map<String, String> fields,
            Source source,
            Configuration configuration) {
        Fields record = new Fields(fields, source);
        try {
            return switch (source.profile()) {
                case CREDITS -> credit(run, deliveryId, line, record, configuration);
                case BALANCES -> balance(run, deliveryId, line, record, configuration.accounts());
                case PAYMENTS -> payment(run, deliveryId, line, record);
                case SALDO, LITELLM_SPENDLOGS, OPENAI_USAGE, OPENMETER_CLOUDEVENTS, OPENTELEMETRY_GENAI ->
                    throw new IllegalStateException("usage is not a feed");
            };
        } catch (BadField bad) {
            return new Rejected(bad.code, bad.what);
        }
    }

    private Outcome credit(Run run, long deliveryId, long line, Fields record, Configuration configuration) {
        Accounts accounts = configuration.accounts();
        String entryId = record.required("entry_id");
        String creditId = record.required("credit_id");
        String accountId = record.required("account_id");
        String word = record.required("entry");
        if (!ENTRIES.contains(word)) {
            throw new BadField(ProblemCode.BAD_ENTRY, "entry is \"" + word + "\": it is grant or withdraw");
        }
        CreditEntry.Type type = CreditEntry.Type.of(word);
        CreditKind kind = CreditKind.ADJUSTMENT;
        if (type == CreditEntry.Type.GRANT) {
            try {
                kind = CreditKind.of(record.required("kind"));
            } catch (IllegalArgumentException unknown) {
                throw new BadField(
                        ProblemCode.BAD_ENTRY,
                        "kind is \"" + record.text("kind") + "\": it is purchase, promo or adjustment");
            }
        }
        Amount amount = record.text("amount").isEmpty() ? null : record.amount("amount");
        if (amount == null ? type == CreditEntry.Type.GRANT : amount.signum() <= 0) {
            throw new BadField(
                    ProblemCode.BAD_ENTRY, "amount is \"" + record.text("amount") + "\": it must be greater than 0");
        }
        Amount tax = record.text("tax_amount").isEmpty() ? Amount.ZERO : record.amount("tax_amount");
        if (tax.signum() < 0) {
            throw new BadField(
                    ProblemCode.BAD_ENTRY,
                    "tax_amount is \"" + record.text("tax_amount") + "\": it must not be negative");
        }
        long bookedAt = record.instant("booked_at");
        if (bookedAt >= run.asOf()) {
            throw new BadField(
                    ProblemCode.BAD_ENTRY, "booked_at is \"" + record.text("booked_at") + "\": it is after this night");
        }
        long effectiveAt = record.text("effective_at").isEmpty() ? bookedAt : record.instant("effective_at");
        long expiresAt = record.text("expires_at").isEmpty() ? Instants.MAX : record.instant("expires_at");
        if (expiresAt <= effectiveAt) {
            throw new BadField(
                    ProblemCode.BAD_ENTRY,
                    "expires_at is \"" + record.text("expires_at") + "\": it must be after effective_at");
        }
        int priority = record.text("priority").isEmpty() ? 50 : record.number("priority", 0, 100);
        if (!accounts.ids().contains(accountId)) {
            return new Held(accountId);
        }
        Currency currency = currency(accounts, accountId);
        if (!record.required("currency").equals(currency.getCurrencyCode())) {
            throw new BadField(
                    ProblemCode.BAD_ENTRY,
                    "currency is \"" + record.text("currency") + "\": the account's is " + currency.getCurrencyCode());
        }
        CreditEntry entry = new CreditEntry(
                accountId,
                entryId,
                type,
                creditId,
                kind,
                amount,
                tax,
                currency,
                bookedAt,
                effectiveAt,
                expiresAt,
                priority,
                record.text("payment_reference"),
                record.text("payment_method"),
                record.text("purchase_invoice"),
                record.text("reason"),
                record.text("scope_provider"),
                record.text("scope_model"));
        String content = new Identity().contentId(List.of(entry.toString()));
        Optional<String> known = feeds.entryContent(accountId, entryId);
        if (known.isPresent() && known.get().equals(content)) {
            return Outcome.DUPLICATE;
        }
        Opening golive = configuration.openings().get(accountId);
        boolean opened = golive != null && golive.has(creditId);
        if (opened && type == CreditEntry.Type.GRANT) {
            throw new BadField(
                    ProblemCode.BAD_ENTRY,
                    "credit_id is \"" + creditId + "\": openings.csv has this credit of " + accountId
                            + " already, with what was left of it; leave its grant out of the feed");
        }
        boolean hasGrant = opened || feeds.hasGrant(accountId, creditId);
        if (known.isPresent() || (type == CreditEntry.Type.GRANT && hasGrant)) {
            return conflict(
                    run,
                    deliveryId,
                    line,
                    "entry " + entryId + " of " + accountId,
                    feeds.originOfEntry(accountId, entryId, creditId));
        }
        if (type == CreditEntry.Type.WITHDRAW && !hasGrant) {
            return new Held(creditId);
        }
        feeds.addEntry(run.id(), deliveryId, line, entry, content);
        return Outcome.ACCEPTED;
    }

    private Outcome balance(Run run, long deliveryId, long line, Fields record, Accounts accounts) {
        String accountId = record.required("account_id");
        long asOf = record.instant("as_of");
        FeedStore.RecordedBalance balance =
                new FeedStore.RecordedBalance(accountId, asOf, record.amount("balance"), record.currency("currency"));
        if (!accounts.ids().contains(accountId)) {
            return new Held(accountId);
        }
        Optional<FeedStore.RecordedBalance> known = feeds.balance(accountId, asOf);
        if (known.isPresent()) {
            return known.get().equals(balance)
                    ? Outcome.DUPLICATE
                    : conflict(
                            run,
                            deliveryId,
                            line,
                            "balance of " + accountId + " at " + Instants.format(asOf),
                            feeds.originOfBalance(accountId, asOf));
        }
        feeds.addBalance(run.id(), deliveryId, line, balance);
        return Outcome.ACCEPTED;
    }

    private Outcome payment(Run run, long deliveryId, long line, Fields record) {
        FeedStore.Payment payment = new FeedStore.Payment(
                deliveryId,
                line,
                record.required("payment_id"),
                record.text("processor"),
                record.text("method"),
                record.text("account_id"),
                record.text("reference"),
                record.required("status"),
                record.amount("amount"),
                record.text("fee").isEmpty() ? Amount.ZERO : record.amount("fee"),
                record.currency("currency"),
                record.instant("created_at"),
                record.text("settled_at").isEmpty() ? null : record.instant("settled_at"),
                record.text("decline_code"),
                record.text("parent_payment_id"));
        if (feeds.hasPayment(payment)) {
            return Outcome.DUPLICATE;
        }
        feeds.addPayment(run.id(), payment);
        return Outcome.ACCEPTED;
    }

    private Outcome conflict(Run run, long deliveryId, long line, String subject, Optional<FeedStore.Origin> stands) {
        FeedStore.Origin first = stands.orElseThrow(() -> new IllegalStateException("nothing stands of " + subject));
        feeds.addConflict(
                run.id(), new FeedStore.Conflict(deliveryId, line, subject, first.deliveryId(), first.line()));
        return Outcome.CONFLICT;
    }

    private static Currency currency(Accounts accounts, String accountId) {
        if (accounts.rows(accountId).isEmpty()) {
            throw new BadField(ProblemCode.BAD_ENTRY, "account_id is \"" + accountId + "\": its rows have problems");
        }
        return accounts.rows(accountId).get(0).currency();
    }

    /** Where a record ended. */
    private sealed interface Outcome {
        Outcome ACCEPTED = new Taken(Taken.Kind.ACCEPTED);
        Outcome DUPLICATE = new Taken(Taken.Kind.DUPLICATE);
        Outcome CONFLICT = new Taken(Taken.Kind.CONFLICT);
    }

    private record Taken(Kind kind) implements Outcome {
        private enum Kind {
            ACCEPTED,
            DUPLICATE,
            CONFLICT
        }
    }

    private record Held(String subject) implements Outcome {}

    private record Rejected(ProblemCode code, String what) implements Outcome {}

    /** Counts outcomes, and keeps the first rejection of each code as its evidence. */
    private static final class Tally {
        private final long[] taken = new long[Taken.Kind.values().length];
        private long held;
        private long rejected;
        private final TreeMap<String, First> rejections = new TreeMap<>();

        private static final class First {
            private long records;
            private final long line;
            private final String message;

            private First(long line, String message) {
                this.line = line;
                this.message = message;
            }
        }

        private void count(Outcome outcome, Place place) {
            if (outcome instanceof Taken each) {
                taken[each.kind().ordinal()]++;
            } else if (outcome instanceof Held) {
                held++;
            } else if (outcome instanceof Rejected each) {
                rejected++;
                rejections.computeIfAbsent(
                                each.code().id(),
                                code -> new First(
                                        place.line(),
                                        Problem.of(each.code(), place, each.what())
                                                .toString()))
                        .records++;
            }
        }

        private DeliveryCounts counts() {
            long sum = taken[0] + taken[1] + taken[2] + held + rejected;
            return new DeliveryCounts(
                    sum, taken[0], taken[1], taken[2], rejected, held, 0, BigInteger.ZERO, BigInteger.ZERO);
        }
    }

    /** A field that rejects its record. */
    private static final class BadField extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final ProblemCode code;
        private final String what;

        private BadField(ProblemCode code, String what) {
            super(what, null, false, false);
            this.code = code;
            this.what = what;
        }
    }

    /** A record's fields, read by type. */
    private record Fields(Map<String, String> fields, Source source) {
        private String text(String column) {
            @Nullable String value = fields.get(column);
            if (value != null && value.length() > TEXT_MAX) {
                throw new BadField(
                        ProblemCode.BAD_ENTRY,
                        column + " has " + value.length() + " characters: at most " + TEXT_MAX + " are taken");
            }
            return value == null ? "" : value;
        }

        private String required(String column) {
            String value = text(column);
            if (value.isEmpty()) {
                throw new BadField(ProblemCode.MISSING_FIELD, column + " is empty");
            }
            return value;
        }

        private Amount amount(String column) {
            try {
                Amount amount = Amount.parse(required(column));
                if (!amount.hasTooManyDigits()) {
                    return amount;
                }
            } catch (NumberFormatException notDecimal) {
                throw new BadField(ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": no decimal number");
            }
            throw new BadField(
                    ProblemCode.BAD_ENTRY,
                    column + " is \"" + text(column) + "\": an amount has at most " + Amount.WHOLE_DIGITS_MAX
                            + " digits before the point and " + Amount.FRACTION_DIGITS_MAX + " after it");
        }

        private String currency(String column) {
            try {
                return Currency.getInstance(required(column)).getCurrencyCode();
            } catch (IllegalArgumentException unknown) {
                throw new BadField(
                        ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": no ISO 4217 currency");
            }
        }

        private int number(String column, int from, int to) {
            try {
                int value = Integer.parseInt(text(column));
                if (value >= from && value <= to) {
                    return value;
                }
            } catch (NumberFormatException notWhole) {
                throw new BadField(ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": no whole number");
            }
            throw new BadField(
                    ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": it goes from " + from + " to " + to);
        }

        private long instant(String column) {
            OptionalLong micros = source.timestamp().parse(required(column));
            if (micros.isEmpty()) {
                throw new BadField(
                        ProblemCode.BAD_TIMESTAMP,
                        column + " is \"" + text(column) + "\": no timestamp of this source");
            }
            return micros.getAsLong();
        }
    }
}
