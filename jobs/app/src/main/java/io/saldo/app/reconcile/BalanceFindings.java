package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.StatementStore;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceReading;
import io.saldo.reconcile.Finding;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The check of balances: ours, and those that the live prepaid system recorded. */
@Component
public class BalanceFindings {
    private final FeedStore feeds;
    private final StatementStore statements;
    private final CloseStore closes;
    private final BalanceDifferences differences;

    /** Over the books. */
    public BalanceFindings(
            FeedStore feeds, StatementStore statements, CloseStore closes, BalanceDifferences differences) {
        this.feeds = feeds;
        this.statements = statements;
        this.closes = closes;
        this.differences = differences;
    }

    /** What it sees tonight. */
    List<Finding> of(Run run, Home home, Configuration configuration) throws IOException {
        return differences.of(run, home, configuration, new Readings(run, configuration));
    }

    /** Who has closed a month, and what was left to them at its end. */
    private record Closed(Set<String> accounts, Map<String, Amount> balances) {}

    /**
     * Every balance that was recorded by tonight, of which one account's are in memory at a time. One that came after its month
     * was closed is compared with what the month left where it is of the month's end, and else with nothing: what a closed month
     * had at another instant is not computed any more.
     */
    private final class Readings implements BalanceDifferences.Readings {
        private final Run run;
        private final Configuration configuration;
        private final BillingZone zone;
        private final Map<YearMonth, Closed> months = new HashMap<>();

        private Readings(Run run, Configuration configuration) {
            this.run = run;
            this.configuration = configuration;
            this.zone = configuration.settings().billingZone();
        }

        @Override
        public void forEachAccount(Consumer<List<BalanceReading>> taker) {
            List<BalanceReading> ofAccount = new ArrayList<>();
            feeds.forEachBalance(run.asOf(), each -> reading(each).ifPresent(reading -> {
                if (!ofAccount.isEmpty() && !ofAccount.get(0).accountId().equals(reading.accountId())) {
                    taker.accept(List.copyOf(ofAccount));
                    ofAccount.clear();
                }
                ofAccount.add(reading);
            }));
            if (!ofAccount.isEmpty()) {
                taker.accept(List.copyOf(ofAccount));
            }
        }

        @Override
        public List<BalanceReading> of(Collection<String> accountIds) {
            List<BalanceReading> readings = new ArrayList<>();
            feeds.forEachBalance(accountIds, run.asOf(), each -> reading(each).ifPresent(readings::add));
            return readings;
        }

        private Optional<BalanceReading> reading(FeedStore.ComparedBalance compared) {
            FeedStore.RecordedBalance balance = compared.recorded();
            List<Account> rows = configuration.accounts().rows(balance.accountId());
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            Amount ours = compared.computed();
            if (ours == null) {
                YearMonth month = zone.monthOf(balance.asOf() - 1);
                Closed closed = months.computeIfAbsent(month, this::closed);
                if (closed.accounts().contains(balance.accountId()) && balance.asOf() < zone.endOf(month)) {
                    return Optional.empty();
                }
                ours = closed.balances().getOrDefault(balance.accountId(), Amount.ZERO);
            }
            return Optional.of(new BalanceReading(
                    balance.accountId(),
                    balance.asOf(),
                    zone.dateOf(balance.asOf() - 1),
                    balance.balance(),
                    balance.currency(),
                    ours,
                    rows.get(0).currency().getCurrencyCode()));
        }

        private Closed closed(YearMonth month) {
            return new Closed(
                    closes.closedOfMonth(month.toString()).keySet(), statements.closedBalances(month.toString()));
        }
    }
}
