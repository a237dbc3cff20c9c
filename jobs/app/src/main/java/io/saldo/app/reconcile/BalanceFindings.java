package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.FeedStore;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceReading;
import io.saldo.reconcile.Finding;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The check of balances: ours, and those that the live prepaid system recorded. */
@Component
public class BalanceFindings {
    private final ComputationStore computations;
    private final FeedStore feeds;
    private final BalanceDifferences differences;

    /** Over the books. */
    public BalanceFindings(ComputationStore computations, FeedStore feeds, BalanceDifferences differences) {
        this.computations = computations;
        this.feeds = feeds;
        this.differences = differences;
    }

    /** What it sees tonight. */
    List<Finding> of(Run run, Home home, Configuration configuration) throws IOException {
        BillingZone zone = configuration.settings().billingZone();
        Map<String, Map<Long, Amount>> computed = computations.computedBalances();
        List<BalanceReading> readings = new ArrayList<>();
        for (FeedStore.RecordedBalance balance : feeds.balances()) {
            if (balance.asOf() > run.asOf()) {
                continue;
            }
            Amount ours = computed.getOrDefault(balance.accountId(), Map.of()).get(balance.asOf());
            List<Account> rows = configuration.accounts().rows(balance.accountId());
            if (!rows.isEmpty()) {
                readings.add(new BalanceReading(
                        balance.accountId(),
                        balance.asOf(),
                        zone.dateOf(balance.asOf() - 1),
                        balance.balance(),
                        balance.currency(),
                        ours == null ? Amount.ZERO : ours,
                        rows.get(0).currency().getCurrencyCode()));
            }
        }
        return differences.of(run, home, configuration, readings);
    }
}
