package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.LakeStore;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.StatementCheck;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** The checks of prices and accounts that one statement answers by itself. */
@Component
public class AccountFindings {
    private final LakeStore lake;

    /** Over the books. */
    public AccountFindings(LakeStore lake) {
        this.lake = lake;
    }

    /** What it sees in the latest revision of an open month. */
    List<Finding> of(Run run, Home home, Configuration configuration, StatementRevision revision) throws IOException {
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
        LocalDate closedOn = row == null ? null : row.closedOn();
        if (closedOn != null) {
            long events = eventsFrom(zone.endOf(closedOn), home, configuration, revision);
            if (events > 0) {
                findings.add(Finding.withoutFigures(
                        BreakCode.ACCOUNT_CLOSED,
                        account,
                        revision.month(),
                        account,
                        "",
                        events + " events after " + closedOn,
                        run.businessDate()));
            }
        }
        return findings;
    }

    /** How many of the month's own events are not before that instant. Only the month of an account's end is read. */
    private long eventsFrom(long instant, Home home, Configuration configuration, StatementRevision revision)
            throws IOException {
        BillingZone zone = configuration.settings().billingZone();
        YearMonth month = YearMonth.parse(revision.month());
        if (instant <= zone.startOf(month)) {
            return revision.events() - revision.facts().events().late();
        }
        if (instant >= Math.min(zone.endOf(month), revision.asOf())) {
            return 0;
        }
        AccountEvents events = new AccountEventsReader(home.lake(), configuration.contextTiers())
                .from(instant)
                .read(lake.paths(revision.shard(), revision.month()), revision.accountId());
        return Arrays.stream(events.occurredAt(), 0, events.size())
                .filter(at -> at < revision.asOf())
                .count();
    }
}
