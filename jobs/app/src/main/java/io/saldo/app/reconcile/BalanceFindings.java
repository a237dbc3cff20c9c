package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceCheck;
import io.saldo.reconcile.BalanceFact;
import io.saldo.reconcile.BalanceReading;
import io.saldo.reconcile.Finding;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The check of balances: ours, and those that the live prepaid system recorded. */
@Component
public class BalanceFindings {
    private final StatementStore statements;
    private final FeedStore feeds;
    private final BreakStore breaks;

    /** Over the books. */
    public BalanceFindings(StatementStore statements, FeedStore feeds, BreakStore breaks) {
        this.statements = statements;
        this.feeds = feeds;
        this.breaks = breaks;
    }

    /** What it sees tonight. */
    List<Finding> of(Run run, Configuration configuration) {
        BillingZone zone = configuration.settings().billingZone();
        Map<String, Map<Long, Amount>> computed = statements.computedBalances();
        List<BalanceReading> readings = new ArrayList<>();
        for (FeedStore.RecordedBalance balance : feeds.balances()) {
            if (balance.asOf() > run.asOf()) {
                continue;
            }
            LocalDate date = zone.dateOf(balance.asOf() - 1);
            Amount ours = computed.getOrDefault(balance.accountId(), Map.of()).get(balance.asOf());
            List<Account> rows = configuration.accounts().rows(balance.accountId());
            if (!rows.isEmpty()) {
                readings.add(new BalanceReading(
                        balance.accountId(),
                        balance.asOf(),
                        date,
                        balance.balance(),
                        balance.currency(),
                        ours == null ? Amount.ZERO : ours,
                        rows.get(0).currency().getCurrencyCode()));
            }
        }
        return BalanceCheck.differences(
                readings,
                expiries(),
                breaks.acceptedGaps(),
                configuration.reconciliation().balanceTolerance(),
                run.businessDate());
    }

    /** An expired rest that the live system may still have spent. */
    private List<BalanceFact> expiries() {
        List<BalanceFact> facts = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (YearMonth month : statements.months()) {
            for (StatementRevision revision : statements.latestOfMonth(month.toString())) {
                for (GrantPosition grant : revision.facts().closing().grants()) {
                    if (!grant.expired().isZero() && told.add(revision.accountId() + "\n" + grant.creditId())) {
                        facts.add(new BalanceFact(
                                revision.accountId(),
                                grant.expiresAt(),
                                grant.expired(),
                                "credit " + grant.creditId() + " expired with " + grant.expired()));
                    }
                }
            }
        }
        return facts;
    }
}
