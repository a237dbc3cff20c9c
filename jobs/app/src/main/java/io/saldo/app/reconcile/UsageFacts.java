package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.UsageConflictStore;
import io.saldo.lake.file.StoredFile;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.usage.AccountEventsCursor;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.LateUsageReader;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.reconcile.BalanceFact.Kind;
import io.saldo.statement.EventCharge;
import io.saldo.statement.MonthCounters;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Facts of accounts' usage: records that came again or contradict, events that came late, other prices, and rounding. */
@Component
final class UsageFacts {
    private final LakeStore lake;
    private final DeliveryStore deliveries;
    private final UsageConflictStore usageConflicts;
    private final CloseStore closes;

    /** Over the books. */
    UsageFacts(LakeStore lake, DeliveryStore deliveries, UsageConflictStore usageConflicts, CloseStore closes) {
        this.lake = lake;
        this.deliveries = deliveries;
        this.usageConflicts = usageConflicts;
        this.closes = closes;
    }

    /** One look at accounts of a shard. */
    private final class Look {
        private final Home home;
        private final BillingZone zone;
        private final Configuration configuration;
        private final List<UsageSegment> segments;
        private final Map<Long, Delivery> known = new HashMap<>();

        Look(Home home, Configuration configuration, List<UsageSegment> segments) {
            this.home = home;
            this.configuration = configuration;
            zone = configuration.settings().billingZone();
            this.segments = segments;
        }

        Delivery delivery(long id) {
            return known.computeIfAbsent(id, deliveries::get);
        }

        ChangeFacts.Logged logged(AccountEvents events, int event) {
            long occurredAt = events.occurredAt()[event];
            return new ChangeFacts.Logged(
                    YearMonth.from(zone.dateOf(occurredAt)),
                    false,
                    occurredAt,
                    delivery(events.delivery()[event]).place(),
                    events.line()[event]);
        }

        List<String> paths(String month) {
            return segments.stream()
                    .filter(segment -> segment.month().equals(month))
                    .map(UsageSegment::path)
                    .toList();
        }
    }

    /** An account's changes, each with what other prices would have changed. */
    private record Priced(AccountChanges account, Map<ChangeFacts, OtherPrices> prices) {}

    /** Adds those of accounts of one shard to their changes; each segment that may hold something is opened once. */
    void add(Home home, Configuration configuration, int shard, List<AccountChanges> accounts) throws IOException {
        Look look = new Look(home, configuration, lake.segments(shard));
        Map<String, Priced> byAccount = new TreeMap<>(TextOrder.UTF_8);
        for (AccountChanges account : accounts) {
            Map<ChangeFacts, OtherPrices> prices = new LinkedHashMap<>();
            long first = account.changes().get(0).change().from();
            for (ChangeFacts each : account.changes()) {
                prices.put(each, new OtherPrices(each, account.charges(), account.otherVersions(), first));
            }
            byAccount.put(account.accountId(), new Priced(account, prices));
        }
        TreeSet<String> months = new TreeSet<>();
        look.segments.forEach(segment -> months.add(segment.month()));
        for (String month : months) {
            TreeMap<String, Priced> wanted = new TreeMap<>(TextOrder.UTF_8);
            byAccount.forEach((accountId, each) -> {
                if (each.prices().keySet().stream()
                        .anyMatch(facts -> overlaps(facts, YearMonth.parse(month), look.zone))) {
                    wanted.put(accountId, each);
                }
            });
            if (!wanted.isEmpty()) {
                month(look, month, shard, wanted);
            }
        }
        byAccount.values().forEach(each -> each.prices().values().forEach(OtherPrices::finish));
        lateAfterClose(look, configuration, accounts);
    }

    /** Whether something of that month may have caused the change. */
    static boolean overlaps(ChangeFacts facts, YearMonth month, BillingZone zone) {
        return facts.change().from() < zone.endOf(month) && facts.change().to() > zone.startOf(month);
    }

    private void month(Look look, String month, int shard, Map<String, Priced> wanted) throws IOException {
        AccountEventsReader reader = new AccountEventsReader(look.home.lake(), look.configuration.contextTiers());
        String folder = String.format(Locale.ROOT, "%s/month=%s/shard=%02d/", GatherManifest.REPEATS, month, shard);
        List<String> repeated = lake.files(GatherManifest.REPEATS, folder).stream()
                .map(StoredFile::path)
                .toList();
        try (AccountEventsCursor usage = reader.read(look.paths(month), wanted.keySet());
                AccountEventsCursor repeats = reader.read(repeated, wanted.keySet())) {
            boolean moreUsage = usage.next();
            boolean moreRepeats = repeats.next();
            while (moreUsage || moreRepeats) {
                int order = !moreRepeats
                        ? -1
                        : !moreUsage ? 1 : TextOrder.UTF_8.compare(usage.accountId(), repeats.accountId());
                String accountId = order <= 0 ? usage.accountId() : repeats.accountId();
                Priced account = wanted.get(accountId);
                if (account == null) {
                    throw new IllegalStateException(accountId + " was not asked for");
                }
                AccountEvents events = order <= 0 ? usage.events() : AccountEvents.none();
                for (Map.Entry<ChangeFacts, OtherPrices> each : account.prices().entrySet()) {
                    each.getValue().add(events, YearMonth.parse(month));
                    late(look, account.account(), each.getKey(), events);
                    if (order >= 0) {
                        repeats(look, account.account(), each.getKey(), events, repeats.events());
                    }
                }
                moreUsage = order <= 0 ? usage.next() : moreUsage;
                moreRepeats = order >= 0 ? repeats.next() : moreRepeats;
            }
        }
    }

    /**
     * Events that came with a night after the reading: the live system may not have seen them either. Of those before the
     * stretch it is not known any more when they were read: they came with a night after their own day.
     */
    private static void late(Look look, AccountChanges account, ChangeFacts facts, AccountEvents events) {
        LocalDate readOn = look.zone.dateOf(facts.change().to() - 1);
        for (int event = 0; event < events.size(); event++) {
            long occurredAt = events.occurredAt()[event];
            if (facts.feels(occurredAt)) {
                Delivery delivery = look.delivery(events.delivery()[event]);
                boolean within = facts.change().holds(occurredAt);
                boolean late = delivery.night().isAfter(within ? readOn : look.zone.dateOf(occurredAt));
                EventCharge charge = late ? account.charges().of(events, event) : null;
                if (charge != null) {
                    facts.addRecord(
                            Kind.LATE,
                            look.logged(events, event),
                            EventCharge.NONE,
                            charge,
                            "late event %s of night " + delivery.night());
                }
            }
        }
    }

    /** Records that were known before. */
    private void repeats(
            Look look, AccountChanges account, ChangeFacts facts, AccountEvents events, AccountEvents repeats) {
        Map<List<Long>, UsageConflictStore.Conflict> conflicts = new HashMap<>();
        usageConflicts
                .ofAccount(account.accountId())
                .forEach(each -> conflicts.put(List.of(each.deliveryId(), each.line()), each));
        for (int repeat = 0; repeat < repeats.size(); repeat++) {
            EventCharge charge = facts.feels(repeats.occurredAt()[repeat])
                    ? account.charges().of(repeats, repeat)
                    : null;
            if (charge == null) {
                continue;
            }
            ChangeFacts.Logged record = look.logged(repeats, repeat);
            UsageConflictStore.Conflict conflict = conflicts.get(List.of(repeats.delivery()[repeat], record.line()));
            if (conflict == null) {
                facts.addRecord(Kind.DUPLICATE, record, charge, EventCharge.NONE, "duplicate %s");
                continue;
            }
            facts.addRecord(Kind.CONFLICT, record, charge, EventCharge.NONE, "contradicting record %s");
            for (int event = 0; event < events.size(); event++) {
                if (events.delivery()[event] == conflict.firstDeliveryId()
                        && events.line()[event] == conflict.firstLine()) {
                    EventCharge stands = account.charges().of(events, event);
                    if (stands != null) {
                        facts.addRecord(
                                Kind.CONFLICT_INSTEAD,
                                record,
                                charge,
                                stands,
                                "contradicting record %s in place of what stands");
                    }
                }
            }
        }
    }

    /** Usage of closed months burns at the start of the oldest open one; the live system had charged it in its own time. */
    private void lateAfterClose(Look look, Configuration configuration, List<AccountChanges> accounts)
            throws IOException {
        if (configuration.settings().lateUsage() != Settings.LateUsage.NEXT_INVOICE) {
            return;
        }
        Map<String, YearMonth> closed = closes.lastClosedMonths();
        for (AccountChanges account : accounts) {
            YearMonth lastClosed = closed.get(account.accountId());
            if (lastClosed != null) {
                long burned = look.zone.endOf(lastClosed);
                for (ChangeFacts each : account.changes()) {
                    if (each.change().holds(burned)) {
                        lateAfterClose(look, account, each, lastClosed);
                    }
                }
            }
        }
    }

    private void lateAfterClose(Look look, AccountChanges account, ChangeFacts facts, YearMonth lastClosed)
            throws IOException {
        CloseStore.Frozen frozen = closes.frozen(account.accountId()).orElseThrow();
        for (LakeStore.AccountMonthUsage usage : lake.usage(account.accountId()).values()) {
            YearMonth month = YearMonth.parse(usage.month());
            CloseStore.CountedUsage counted = frozen.usage().get(month);
            if (counted == null || month.isAfter(lastClosed) || counted.has(usage.lastRun())) {
                continue;
            }
            AccountEvents late = new LateUsageReader(look.home.lake(), look.configuration.contextTiers())
                    .read(look.paths(usage.month()), account.accountId(), counted.runs())
                    .events()
                    .events();
            late(look, account, facts, late, counted.counters(), look.zone.endOf(lastClosed));
        }
    }

    /** Late usage of a closed month, which our books charged at that instant, on from what the month had counted. */
    private static void late(
            Look look,
            AccountChanges account,
            ChangeFacts facts,
            AccountEvents late,
            MonthCounters frozen,
            long burned) {
        TierCounts counts = new TierCounts();
        Map<Integer, EventCharge> charges = new LinkedHashMap<>();
        for (int event = 0; event < late.size(); event++) {
            EventCharge charge = account.charges().of(late, event);
            // Of volume prices the tier is that of the total, but what was charged before keeps its own.
            if (charge != null && !charge.hasVolume()) {
                charges.put(event, charge);
                counts.add(charge, false);
            }
        }
        counts.tellLate(facts, frozen);
        charges.forEach((event, charge) -> facts.addRecord(
                Kind.LATE,
                new ChangeFacts.Logged(
                        frozen.month(),
                        true,
                        burned,
                        look.delivery(late.delivery()[event]).place(),
                        late.line()[event]),
                EventCharge.NONE,
                charge,
                "late event %s of the closed month " + frozen.month()));
    }
}
