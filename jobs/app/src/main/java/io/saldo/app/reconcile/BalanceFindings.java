package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.StatementStore;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceReading;
import io.saldo.reconcile.Finding;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The check of balances: ours, and those that the live prepaid system recorded. */
@Component
public class BalanceFindings {
    private final ComputationStore computations;
    private final FeedStore feeds;
    private final StatementStore statements;
    private final CloseStore closes;
    private final BalanceDifferences differences;

    /** Over the books. */
    public BalanceFindings(
            ComputationStore computations,
            FeedStore feeds,
            StatementStore statements,
            CloseStore closes,
            BalanceDifferences differences) {
        this.computations = computations;
        this.feeds = feeds;
        this.statements = statements;
        this.closes = closes;
        this.differences = differences;
    }

    /** Who has closed a month, and what was left to them at its end. */
    private record Closed(Set<String> accounts, Map<String, Amount> balances) {}

    private Closed closed(YearMonth month) {
        return new Closed(closes.closedOfMonth(month.toString()).keySet(), statements.closedBalances(month.toString()));
    }

    /**
     * What it sees tonight. A balance that came after its month was closed is compared with what the month left where it is of
     * the month's end, and else with nothing: what a closed month had at another instant is not computed any more.
     */
    List<Finding> of(Run run, Home home, Configuration configuration) throws IOException {
        BillingZone zone = configuration.settings().billingZone();
        Map<String, Map<Long, Amount>> computed = computations.computedBalances();
        Map<YearMonth, Closed> months = new HashMap<>();
        List<BalanceReading> readings = new ArrayList<>();
        for (FeedStore.RecordedBalance balance : feeds.balances()) {
            List<Account> rows = configuration.accounts().rows(balance.accountId());
            if (balance.asOf() > run.asOf() || rows.isEmpty()) {
                continue;
            }
            Amount ours = computed.getOrDefault(balance.accountId(), Map.of()).get(balance.asOf());
            if (ours == null) {
                YearMonth month = zone.monthOf(balance.asOf() - 1);
                Closed closed = months.computeIfAbsent(month, this::closed);
                if (closed.accounts().contains(balance.accountId()) && balance.asOf() < zone.endOf(month)) {
                    continue;
                }
                ours = closed.balances().getOrDefault(balance.accountId(), Amount.ZERO);
            }
            readings.add(new BalanceReading(
                    balance.accountId(),
                    balance.asOf(),
                    zone.dateOf(balance.asOf() - 1),
                    balance.balance(),
                    balance.currency(),
                    ours,
                    rows.get(0).currency().getCurrencyCode()));
        }
        return differences.of(run, home, configuration, readings);
    }
}
