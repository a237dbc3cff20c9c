package io.saldo.app.dispute;

import io.saldo.app.home.Home;
import io.saldo.app.invoice.Drafts;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.StatementStore;
import io.saldo.invoice.Invoice;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementTotals;
import io.saldo.statement.Statements;
import io.saldo.time.Instants;
import java.io.IOException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Computes again what was known of an account-month at an instant, and compares it with what the books have. */
@Component
public class RepeatedHistory {
    private final StatementStore statements;
    private final CloseStore closes;
    private final RevisionInputs inputs;
    private final InvoiceStore invoices;

    /** Over the books. */
    public RepeatedHistory(StatementStore statements, CloseStore closes, RevisionInputs inputs, InvoiceStore invoices) {
        this.statements = statements;
        this.closes = closes;
        this.inputs = inputs;
        this.invoices = invoices;
    }

    /** A figure as the books have it and as it was computed again. */
    public record Figure(String name, String stored, String repeated) {}

    /**
     * History, repeated.
     *
     * @param revision the revision that was known at the instant
     * @param run the run that made it
     * @param figures the totals, and those of the document where it was invoiced
     * @param isReproduced whether all of the statement, and of its document, is equal to the last digit
     * @param isInvoiced whether this is the closed revision, from which the month was invoiced
     */
    public record Repeated(int revision, long run, List<Figure> figures, boolean isReproduced, boolean isInvoiced) {
        /** Keeps a copy. */
        public Repeated {
            figures = List.copyOf(figures);
        }
    }

    /**
     * The revision that the last run up to that instant left.
     *
     * @throws ProblemException {@code NOT_FOUND} where there was none
     */
    public Repeated of(Home home, String accountId, YearMonth month, Instant asKnownOn) throws IOException {
        StatementRevision revision = statements
                .knownOn(accountId, month.toString(), Instants.toMicros(asKnownOn))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        Place.NOWHERE,
                        "no run up to " + asKnownOn + " knew a statement of " + accountId + " for " + month));
        RevisionInputs.Inputs from = inputs.of(home, revision);
        Statement again = Statements.compute(from.input());
        List<Figure> figures = new ArrayList<>();
        StatementTotals stored = revision.totals();
        StatementTotals totals = again.totals();
        figures.add(
                new Figure("usage", stored.usage().toString(), totals.usage().toString()));
        figures.add(
                new Figure("credit", stored.credit().toString(), totals.credit().toString()));
        figures.add(new Figure("payg", stored.payg().toString(), totals.payg().toString()));
        figures.add(new Figure(
                "overage", stored.overage().toString(), totals.overage().toString()));
        figures.add(new Figure(
                "surcharge", stored.surcharge().toString(), totals.surcharge().toString()));
        figures.add(new Figure(
                "carried", stored.carried().toString(), totals.carried().toString()));
        figures.add(new Figure(
                "closing balance",
                stored.closingBalance().toString(),
                totals.closingBalance().toString()));
        boolean equal = StatementRevision.resultSha256(again).equals(revision.resultSha256());
        CloseStore.Closed closed = closes.closedOfMonth(month.toString()).get(accountId);
        boolean invoiced = closed != null && closed.revision() == revision.revision();
        if (invoiced) {
            for (InvoiceStore.Stored each : invoices.ofMonth(month)) {
                boolean own = each.accountId().equals(accountId)
                        && each.revision() == revision.revision()
                        && each.dispute() == 0
                        && each.state() != InvoiceStore.State.REJECTED;
                if (own) {
                    Invoice document = each.draft().invoice();
                    Invoice repeated = Drafts.amounts(from.configuration().configuration(), again.closed());
                    figures.add(new Figure(
                            "document net",
                            document.net().toString(),
                            repeated.net().toString()));
                    figures.add(new Figure(
                            "document total",
                            document.total().toString(),
                            repeated.total().toString()));
                    equal &= document.equals(repeated);
                }
            }
        }
        return new Repeated(revision.revision(), from.run().id(), figures, equal, invoiced);
    }
}
