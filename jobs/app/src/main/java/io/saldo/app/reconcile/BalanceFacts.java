package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.intake.UntakenEntries;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.RunStore;
import io.saldo.pricing.PriceBooks;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceFact;
import io.saldo.statement.EventCharges;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Gathers what may explain changes of balance gaps. It reads the account-months of these changes and what could not be taken in
 * their time, and nothing of accounts that agree.
 */
@Component
class BalanceFacts {
    private static final List<String> PRICE_FILES = List.of("prices/", "price-books.csv", "models.csv");

    /** So many versions of the price books before tonight's are looked at. */
    private static final int VERSIONS_MAX = 3;

    private final RunStore runs;
    private final FeedStore feeds;
    private final CreditFacts credit;
    private final UsageFacts usage;
    private final UntakenFacts untaken;
    private final UntakenEntries entries;

    /** Of these kinds. */
    BalanceFacts(
            RunStore runs,
            FeedStore feeds,
            CreditFacts credit,
            UsageFacts usage,
            UntakenFacts untaken,
            UntakenEntries entries) {
        this.runs = runs;
        this.feeds = feeds;
        this.credit = credit;
        this.usage = usage;
        this.untaken = untaken;
        this.entries = entries;
    }

    /** A look at the facts of one night. */
    Look look(Run run, Home home, Configuration configuration) {
        return new Look(home, configuration, versions(run));
    }

    /** What facts are gathered from, whatever the account. */
    final class Look {
        private final Home home;
        private final Configuration configuration;
        private final Map<String, PriceBooks> versions;

        private Look(Home home, Configuration configuration, Map<String, PriceBooks> versions) {
            this.home = home;
            this.configuration = configuration;
            this.versions = versions;
        }

        /** The facts for some changes. */
        List<BalanceFact> of(List<BalanceChange> changes) throws IOException {
            BillingZone zone = configuration.settings().billingZone();
            Map<String, AccountChanges> byAccount = new LinkedHashMap<>();
            SortedMap<Integer, List<AccountChanges>> byShard = new TreeMap<>();
            LocalDate since = LocalDate.MAX;
            for (BalanceChange change : changes) {
                AccountChanges account = byAccount.get(change.accountId());
                if (account == null) {
                    account = account(change.accountId());
                    byAccount.put(change.accountId(), account);
                    byShard.computeIfAbsent(shard(configuration, change.accountId()), shard -> new ArrayList<>())
                            .add(account);
                }
                account.changes()
                        .add(new ChangeFacts(
                                change,
                                configuration
                                        .accounts()
                                        .rows(change.accountId())
                                        .get(0)
                                        .currency()));
                LocalDate first = change.from() == Instants.MIN ? LocalDate.EPOCH : zone.dateOf(change.from());
                since = first.isBefore(since) ? first : since;
            }
            // A record that says it is of an hour after its night may still be right.
            Map<String, List<UntakenEntries.Entry>> untakenEntries =
                    entries.since(home, configuration, since.minusDays(1));
            Map<String, List<FeedStore.Payment>> payments = feeds.payments(byAccount.keySet()).stream()
                    .collect(Collectors.groupingBy(FeedStore.Payment::accountId));
            for (AccountChanges each : byAccount.values()) {
                credit.add(
                        each,
                        payments.getOrDefault(each.accountId(), List.of()),
                        untakenEntries.getOrDefault(each.accountId(), List.of()));
            }
            for (Map.Entry<Integer, List<AccountChanges>> each : byShard.entrySet()) {
                usage.add(home, configuration, each.getKey(), each.getValue());
            }
            boolean counts = changes(byAccount).anyMatch(ChangeFacts::hasCounts);
            untaken.add(home, configuration, byAccount, (counts ? since.withDayOfMonth(1) : since).minusDays(1));
            return changes(byAccount).flatMap(each -> each.facts().stream()).toList();
        }

        private static Stream<ChangeFacts> changes(Map<String, AccountChanges> accounts) {
            return accounts.values().stream().flatMap(each -> each.changes().stream());
        }

        private AccountChanges account(String accountId) {
            return new AccountChanges(
                    accountId,
                    charges(accountId, configuration.priceBooks()),
                    versions.entrySet().stream()
                            .map(version ->
                                    new OtherPrices.Version(version.getKey(), charges(accountId, version.getValue())))
                            .toList(),
                    new ArrayList<>());
        }

        private EventCharges charges(String accountId, PriceBooks books) {
            return new EventCharges(configuration.terms().getOrDefault(accountId, List.of()), books);
        }
    }

    /** The account's shard: what lies together is looked at together. */
    static int shard(Configuration configuration, String accountId) {
        return new Identity().shard(accountId, configuration.settings().accountShards());
    }

    /** The price books as they were before tonight's, by the run that had them last. */
    private Map<String, PriceBooks> versions(Run run) {
        Map<String, PriceBooks> versions = new LinkedHashMap<>();
        List<Long> lastWithEach = runs.lastWithEachVersion(PRICE_FILES, run.id(), VERSIONS_MAX + 1);
        for (long id : lastWithEach.subList(1, lastWithEach.size())) {
            Run before = runs.find(id).orElseThrow();
            versions.put(
                    "run " + id + " of " + before.businessDate(),
                    RunConfiguration.of(before, runs).configuration().priceBooks());
        }
        return versions;
    }
}
