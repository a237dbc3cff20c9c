package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.lake.file.StoredFile;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.LateUsageReader;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceFact.Kind;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Facts of an account's usage: records that came again or contradict, events that came late, other prices, and rounding. Of an
 * event that a price with tiers rates there is none, since it has no charge by itself.
 */
@Component
final class UsageFacts {
    private final LakeStore lake;
    private final DeliveryStore deliveries;
    private final StatementStore statements;

    /** Over the books. */
    UsageFacts(LakeStore lake, DeliveryStore deliveries, StatementStore statements) {
        this.lake = lake;
        this.deliveries = deliveries;
        this.statements = statements;
    }

    /**
     * Adds those of one account to its changes.
     *
     * @param otherVersions what its usage cost by earlier versions of the price books
     */
    void add(Home home, Configuration configuration, AccountChanges account, List<OtherPrices.Version> otherVersions)
            throws IOException {
        BillingZone zone = configuration.settings().billingZone();
        String accountId = account.accountId();
        AccountEventsReader reader = new AccountEventsReader(home.lake());
        int shard = new Identity().shard(accountId, configuration.settings().accountShards());
        List<UsageSegment> segments = lake.segments(shard);
        Map<ChangeFacts, OtherPrices> prices = new LinkedHashMap<>();
        account.changes().forEach(each -> prices.put(each, new OtherPrices(each, account.charges(), otherVersions)));
        for (String month : lake.usage(accountId).keySet()) {
            if (prices.keySet().stream().anyMatch(each -> overlaps(each, YearMonth.parse(month), zone))) {
                AccountEvents events = reader.read(paths(segments, month), accountId);
                AccountEvents repeats = reader.read(
                        lake
                                .files(
                                        GatherManifest.REPEATS,
                                        String.format(
                                                Locale.ROOT,
                                                "%s/month=%s/shard=%02d/",
                                                GatherManifest.REPEATS,
                                                month,
                                                shard))
                                .stream()
                                .map(StoredFile::path)
                                .toList(),
                        accountId);
                for (Map.Entry<ChangeFacts, OtherPrices> each : prices.entrySet()) {
                    each.getValue().add(events);
                    late(account, each.getKey(), events, zone);
                    repeats(account, each.getKey(), events, repeats);
                }
            }
        }
        prices.values().forEach(OtherPrices::finish);
        lateAfterClose(home, configuration, account, segments);
    }

    private static boolean overlaps(ChangeFacts facts, YearMonth month, BillingZone zone) {
        return facts.change().from() < zone.endOf(month) && facts.change().to() > zone.startOf(month);
    }

    private static List<String> paths(List<UsageSegment> segments, String month) {
        return segments.stream()
                .filter(segment -> segment.month().equals(month))
                .map(UsageSegment::path)
                .toList();
    }

    /** Events that came with a night after the reading: the live system may not have seen them either. */
    private void late(AccountChanges account, ChangeFacts facts, AccountEvents events, BillingZone zone) {
        LocalDate readOn = zone.dateOf(facts.change().to() - 1);
        Map<Long, Delivery> known = new HashMap<>();
        for (int event = 0; event < events.size(); event++) {
            if (facts.change().holds(events.occurredAt()[event])) {
                Delivery delivery = known.computeIfAbsent(events.delivery()[event], deliveries::get);
                Amount charge =
                        delivery.night().isAfter(readOn) ? account.charges().of(events, event) : null;
                if (charge != null) {
                    facts.addRecord(
                            Kind.LATE,
                            events.occurredAt()[event],
                            delivery.place(),
                            events.line()[event],
                            Amount.ZERO,
                            charge,
                            "late event %s of night " + delivery.night());
                }
            }
        }
    }

    /** Records that were known before. */
    private void repeats(AccountChanges account, ChangeFacts facts, AccountEvents events, AccountEvents repeats) {
        if (repeats.size() == 0) {
            return;
        }
        Map<List<Long>, DeliveryStore.Conflict> conflicts = new HashMap<>();
        deliveries
                .conflictsOfAccount(account.accountId())
                .forEach(each -> conflicts.put(List.of(each.deliveryId(), each.line()), each));
        for (int repeat = 0; repeat < repeats.size(); repeat++) {
            long occurredAt = repeats.occurredAt()[repeat];
            Amount charge = facts.change().holds(occurredAt) ? account.charges().of(repeats, repeat) : null;
            if (charge == null) {
                continue;
            }
            long line = repeats.line()[repeat];
            String place = deliveries.get(repeats.delivery()[repeat]).place();
            DeliveryStore.Conflict conflict = conflicts.get(List.of(repeats.delivery()[repeat], line));
            if (conflict == null) {
                facts.addRecord(Kind.DUPLICATE, occurredAt, place, line, charge, Amount.ZERO, "duplicate %s");
                continue;
            }
            facts.addRecord(Kind.CONFLICT, occurredAt, place, line, charge, Amount.ZERO, "contradicting record %s");
            for (int event = 0; event < events.size(); event++) {
                if (events.delivery()[event] == conflict.firstDeliveryId()
                        && events.line()[event] == conflict.firstLine()) {
                    Amount stands = account.charges().of(events, event);
                    if (stands != null) {
                        facts.addRecord(
                                Kind.CONFLICT_INSTEAD,
                                occurredAt,
                                place,
                                line,
                                charge,
                                stands,
                                "contradicting record %s in place of what stands");
                    }
                }
            }
        }
    }

    /** Usage of closed months burns at the start of the oldest open one; the live system had charged it in its own time. */
    private void lateAfterClose(
            Home home, Configuration configuration, AccountChanges account, List<UsageSegment> segments)
            throws IOException {
        StatementStore.Frozen frozen = statements.frozen(account.accountId()).orElse(null);
        if (frozen == null || configuration.settings().lateUsage() != Settings.LateUsage.NEXT_INVOICE) {
            return;
        }
        YearMonth lastClosed = YearMonth.parse(frozen.lastMonth());
        long burned = configuration.settings().billingZone().endOf(lastClosed);
        for (ChangeFacts each : account.changes()) {
            if (!each.change().holds(burned)) {
                continue;
            }
            for (LakeStore.AccountMonthUsage usage :
                    lake.usage(account.accountId()).values()) {
                YearMonth month = YearMonth.parse(usage.month());
                StatementStore.CountedUsage counted = frozen.usage().get(month);
                if (counted == null || month.isAfter(lastClosed) || counted.has(usage.lastRun())) {
                    continue;
                }
                AccountEvents late = new LateUsageReader(home.lake())
                        .read(paths(segments, usage.month()), account.accountId(), counted.runs())
                        .events()
                        .events();
                for (int event = 0; event < late.size(); event++) {
                    Amount charge = account.charges().of(late, event);
                    if (charge != null) {
                        Delivery delivery = deliveries.get(late.delivery()[event]);
                        each.addRecord(
                                Kind.LATE,
                                burned,
                                delivery.place(),
                                late.line()[event],
                                Amount.ZERO,
                                charge,
                                "late event %s of the closed month " + month);
                    }
                }
            }
        }
    }
}
