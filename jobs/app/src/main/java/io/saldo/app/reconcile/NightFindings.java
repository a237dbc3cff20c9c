package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.StatementStore;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** All checks over the books, as they are after a night's statements. */
@Component
public class NightFindings {
    private final StatementStore statements;
    private final CloseStore closes;
    private final DeliveryFindings deliveries;
    private final IdentityFindings identity;
    private final AccountFindings accounts;
    private final PriceFindings prices;
    private final BalanceFindings balances;
    private final CoverageFindings coverage;
    private final PaymentFindings payments;
    private final ProviderFindings providers;

    /** Of these checks. */
    public NightFindings(
            StatementStore statements,
            CloseStore closes,
            DeliveryFindings deliveries,
            IdentityFindings identity,
            AccountFindings accounts,
            PriceFindings prices,
            BalanceFindings balances,
            CoverageFindings coverage,
            PaymentFindings payments,
            ProviderFindings providers) {
        this.statements = statements;
        this.closes = closes;
        this.deliveries = deliveries;
        this.identity = identity;
        this.accounts = accounts;
        this.prices = prices;
        this.balances = balances;
        this.coverage = coverage;
        this.payments = payments;
        this.providers = providers;
    }

    /**
     * What the checks saw.
     *
     * @param isJudged whether tonight says anything about a break, so that its absence from the findings means something
     */
    record Outcome(List<Finding> findings, Predicate<BreakCase> isJudged) {}

    /** Everything that the checks see tonight. */
    Outcome of(Run run, Home home, Configuration configuration) throws IOException {
        ProviderFindings.Outcome ofProviders = providers.of(run, home, configuration);
        List<Finding> findings = new ArrayList<>(deliveries.of(run, configuration));
        List<Finding> ofIdentity = identity.of(run, configuration);
        findings.addAll(ofIdentity);
        for (StatementRevision revision : statements.latestOpen()) {
            findings.addAll(accounts.of(run, home, configuration, revision));
            findings.addAll(identity.fallen(run, revision, ofIdentity));
        }
        findings.addAll(prices.of(run, configuration));
        findings.addAll(balances.of(run, home, configuration));
        findings.addAll(coverage.of(run, configuration));
        findings.addAll(payments.of(run, configuration));
        findings.addAll(ofProviders.findings());
        Predicate<BreakCase> ofDeliveries = deliveries.judged(run, configuration);
        Predicate<BreakCase> ofCoverage = coverage.judged(run, configuration);
        Map<String, Set<String>> closed = new HashMap<>();
        return new Outcome(
                findings,
                each -> ofProviders.isJudged(each)
                        && ofDeliveries.test(each)
                        && ofCoverage.test(each)
                        && !(each.code().isOfOpenMonths()
                                && closed.computeIfAbsent(each.period(), month -> closes.closedOfMonth(month)
                                                .keySet())
                                        .contains(each.accountId())));
    }
}
