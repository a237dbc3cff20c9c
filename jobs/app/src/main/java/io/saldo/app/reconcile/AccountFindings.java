package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;
import io.saldo.app.statement.StatementRevision;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.StatementCheck;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The checks of prices and accounts that one statement answers by itself. */
@Component
public class AccountFindings {
    /** What it sees in the latest revision of an open month. */
    List<Finding> of(Run run, Configuration configuration, StatementRevision revision) {
        BillingZone zone = configuration.settings().billingZone();
        String account = revision.accountId();
        List<Finding> findings = new ArrayList<>(StatementCheck.findings(
                new StatementCheck.Subject(
                        account,
                        revision.month(),
                        revision.currency(),
                        revision.facts().unpriced(),
                        revision.facts().unfunded(),
                        revision.facts().withdrawalsAfterUse(),
                        revision.facts().backdatedEntries()),
                run.businessDate()));
        Account row = configuration.accounts().at(account, revision.asOf() - 1);
        long ownEvents = revision.events() - revision.facts().events().late();
        LocalDate closedOn = row == null ? null : row.closedOn();
        if (closedOn != null
                && ownEvents > 0
                && zone.startOf(closedOn.plusDays(1)) <= zone.startOf(YearMonth.parse(revision.month()))) {
            findings.add(Finding.withoutFigures(
                    BreakCode.ACCOUNT_CLOSED,
                    account,
                    revision.month(),
                    account,
                    "",
                    ownEvents + " events after " + closedOn,
                    run.businessDate()));
        }
        return findings;
    }
}
