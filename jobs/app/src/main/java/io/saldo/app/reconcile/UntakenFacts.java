package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.DeliveredSources;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.intake.AccountDirectory.KeyAssignment;
import io.saldo.lake.intake.UntakenUsage;
import io.saldo.lake.source.SourceFormat;
import io.saldo.problem.ProblemCode;
import io.saldo.reconcile.BalanceFact.Kind;
import io.saldo.statement.EventCharge;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Records of usage that we could not take, and that the live system may have charged, as far as they say whose they are and what
 * was used.
 *
 * <p>Of a record without an instant that can be right, the live system felt it at the end of the night that brought it.
 */
@Component
final class UntakenFacts {
    private static final Set<String> WITHOUT_INSTANT =
            Set.of(ProblemCode.BAD_TIMESTAMP.id(), ProblemCode.IN_THE_FUTURE.id(), ProblemCode.TOO_OLD.id());

    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final RunStore runs;

    /** Over the books. */
    UntakenFacts(DeliveryStore deliveries, UntakenStore untaken, RunStore runs) {
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.runs = runs;
    }

    /**
     * Adds them to the changes of their accounts; every file is read once.
     *
     * @param changes by account
     * @param since the first day of the changes: an earlier night brought nothing of it
     */
    void add(Home home, Configuration configuration, Map<String, AccountChanges> changes, LocalDate since)
            throws IOException {
        BillingZone zone = configuration.settings().billingZone();
        DeliveredSources delivered = new DeliveredSources(runs);
        for (UntakenStore.UntakenFile file : untaken.filesSince(since)) {
            Delivery delivery = deliveries.get(file.deliveryId());
            Source source = file.held()
                    ? delivered.of(delivery)
                    : configuration.sources().get(delivery.source());
            SourceFormat format = source == null ? null : source.usage();
            if (source == null
                    || format == null
                    || !Source.Profile.of(delivery.profile()).isUsage()) {
                continue;
            }
            long endOfNight = zone.endOf(delivery.night()) - 1;
            try (UntakenUsage records = new UntakenUsage(home.lake().resolve(file.path()), format)) {
                while (records.next()) {
                    long instant =
                            records.occurredAt() == UntakenUsage.NO_INSTANT || WITHOUT_INSTANT.contains(records.code())
                                    ? endOfNight
                                    : records.occurredAt();
                    for (String accountId : accounts(configuration, format, records, instant, file.held())) {
                        AccountChanges account = changes.get(accountId);
                        if (account != null) {
                            add(account, file.held(), delivery, event(records, instant, source), records, zone);
                        }
                    }
                }
            }
        }
    }

    private static void add(
            AccountChanges account,
            boolean held,
            Delivery delivery,
            AccountEvents event,
            UntakenUsage record,
            BillingZone zone) {
        long instant = event.occurredAt()[0];
        for (ChangeFacts each : account.changes()) {
            EventCharge charge = each.feels(instant) ? account.charges().of(event, 0) : null;
            if (charge != null) {
                each.addRecord(
                        held ? Kind.HELD : Kind.REJECTED,
                        new ChangeFacts.Logged(
                                YearMonth.from(zone.dateOf(instant)), false, instant, delivery.place(), record.line()),
                        charge,
                        EventCharge.NONE,
                        held ? "held record %s" : "rejected record %s (" + record.code() + ")");
            }
        }
    }

    /** Whose it may be: of a key that is not valid at the instant, everybody's whose it ever was. */
    private static Set<String> accounts(
            Configuration configuration, SourceFormat format, UntakenUsage record, long instant, boolean held) {
        Set<String> accounts = new TreeSet<>();
        boolean byKey = format.accountByKeyOnly() || record.accountId().isEmpty();
        if (!byKey || held) {
            accounts.add(record.accountId());
        }
        if (byKey) {
            for (KeyAssignment key :
                    configuration.accountDirectory().keys().getOrDefault(record.apiKeyId(), List.of())) {
                if (held || (key.fromMicros() <= instant && instant < key.toMicros())) {
                    accounts.add(key.accountId());
                }
            }
        }
        return accounts;
    }

    private static AccountEvents event(UntakenUsage record, long instant, Source source) {
        long context = source.declaresContext() ? source.contextTier() : AccountEvents.Product.UNDECLARED;
        long[][] quantities = new long[Meter.COUNT][1];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter][0] = record.quantities()[meter];
        }
        return new AccountEvents(
                1,
                new long[] {instant},
                new int[1],
                List.of(new AccountEvents.Product(record.provider(), record.model(), record.serviceTier(), context)),
                new boolean[] {true},
                quantities,
                new long[1],
                new long[] {record.line()});
    }
}
