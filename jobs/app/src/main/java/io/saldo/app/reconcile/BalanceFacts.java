package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.RunStore;
import io.saldo.pricing.PriceBooks;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceFact;
import io.saldo.statement.EventCharges;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final CreditFacts credit;
    private final UsageFacts usage;
    private final UntakenFacts untaken;

    /** Of these kinds. */
    BalanceFacts(RunStore runs, CreditFacts credit, UsageFacts usage, UntakenFacts untaken) {
        this.runs = runs;
        this.credit = credit;
        this.usage = usage;
        this.untaken = untaken;
    }

    /** The facts for these changes, by account. */
    List<BalanceFact> of(Run run, Home home, Configuration configuration, List<BalanceChange> changes)
            throws IOException {
        if (changes.isEmpty()) {
            return List.of();
        }
        BillingZone zone = configuration.settings().billingZone();
        Map<String, AccountChanges> byAccount = new LinkedHashMap<>();
        LocalDate since = LocalDate.MAX;
        for (BalanceChange change : changes) {
            Currency currency =
                    configuration.accounts().rows(change.accountId()).get(0).currency();
            byAccount
                    .computeIfAbsent(
                            change.accountId(),
                            each -> new AccountChanges(
                                    each, charges(configuration, each, configuration.priceBooks()), new ArrayList<>()))
                    .changes()
                    .add(new ChangeFacts(change, currency));
            LocalDate first = change.from() == Instants.MIN ? LocalDate.EPOCH : zone.dateOf(change.from());
            since = first.isBefore(since) ? first : since;
        }
        Map<String, PriceBooks> versions = versions(run);
        for (AccountChanges each : byAccount.values()) {
            credit.add(each);
            usage.add(
                    home,
                    configuration,
                    each,
                    versions.entrySet().stream()
                            .map(version -> new OtherPrices.Version(
                                    version.getKey(), charges(configuration, each.accountId(), version.getValue())))
                            .toList());
        }
        // A record that says it is of an hour after its night may still be right.
        untaken.add(home, configuration, byAccount, since.minusDays(1));
        return byAccount.values().stream()
                .flatMap(each -> each.changes().stream())
                .flatMap(each -> each.facts().stream())
                .toList();
    }

    private static EventCharges charges(Configuration configuration, String accountId, PriceBooks books) {
        return new EventCharges(configuration.terms().getOrDefault(accountId, List.of()), books);
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
