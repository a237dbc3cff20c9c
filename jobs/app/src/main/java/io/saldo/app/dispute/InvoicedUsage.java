package io.saldo.app.dispute;

import io.saldo.app.home.Home;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.dispute.UsageBill;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import io.saldo.statement.Statements;
import java.io.IOException;
import java.time.YearMonth;
import org.springframework.stereotype.Component;

/**
 * Everything that was invoiced for a closed account-month's usage: its own statement, late sections of later ones, and
 * the corrections of approved disputes. Statements are computed again and must come to what is stored.
 */
@Component
public class InvoicedUsage {
    private final StatementStore statements;
    private final CloseStore closes;
    private final RevisionInputs inputs;
    private final DisputeStore disputes;

    /** Over the books. */
    public InvoicedUsage(StatementStore statements, CloseStore closes, RevisionInputs inputs, DisputeStore disputes) {
        this.statements = statements;
        this.closes = closes;
        this.inputs = inputs;
        this.disputes = disputes;
    }

    /**
     * What was invoiced.
     *
     * @param closed the frozen revision
     * @param inputs what it was computed from
     * @param original the frozen statement
     * @param bill all of it
     */
    public record Invoiced(
            StatementRevision closed, RevisionInputs.Inputs inputs, Statement original, UsageBill bill) {}

    /**
     * Of that account-month.
     *
     * @throws ProblemException {@code WRONG_STATE} where it is open, {@code NOT_FOUND} where its close has no statement,
     *     {@code PROOF_FAILED} where a frozen statement is not reproduced
     */
    public Invoiced of(Home home, String accountId, YearMonth month) throws IOException {
        int revision = requireClosed(accountId, month).revision();
        return of(home, accountId, month, revision, Long.MAX_VALUE);
    }

    /** The same before a run began, when that revision was the frozen one. */
    Invoiced of(Home home, String accountId, YearMonth month, int frozen, long beforeRun) throws IOException {
        StatementRevision revision = statements.get(accountId, month.toString(), frozen);
        RevisionInputs.Inputs from = inputs.of(home, revision);
        Statement original = computedAgain(revision, from);
        UsageBill bill = UsageBill.of(original, month);
        for (StatementRevision later : statements.closedRevisionsAfter(accountId, month.toString(), beforeRun)) {
            boolean mayCharge = !later.facts().charged().isEmpty()
                    || later.facts().counters().stream()
                            .anyMatch(each -> each.month().equals(month));
            if (mayCharge) {
                bill = bill.plus(UsageBill.of(computedAgain(later, inputs.of(home, later)), month));
            }
        }
        for (DisputeStore.Dispute approved : disputes.approvedOf(accountId, month, beforeRun)) {
            bill = bill.plus(disputes.outcome(approved.id()).difference());
        }
        return new Invoiced(revision, from, original, bill);
    }

    /** The close of an account-month that has a statement. */
    public CloseStore.Closed requireClosed(String accountId, YearMonth month) {
        CloseStore.Closed closed = closes.closedOfMonth(month.toString()).get(accountId);
        if (closed == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    month + " of " + accountId + " is not closed: each night computes it anew from what is known, so"
                            + " there is nothing to dispute yet");
        }
        if (closed.revision() == 0) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.NOWHERE,
                    accountId + " has no statement of " + month + ", so nothing was invoiced for it: usage that came"
                            + " since is late usage of its oldest open month");
        }
        return closed;
    }

    private static Statement computedAgain(StatementRevision revision, RevisionInputs.Inputs inputs) {
        Statement again = Statements.compute(inputs.input());
        if (!StatementRevision.resultSha256(again).equals(revision.resultSha256())) {
            throw new ProblemException(
                    ProblemCode.PROOF_FAILED,
                    Place.NOWHERE,
                    revision.accountId() + " " + revision.month() + ": revision " + revision.revision()
                            + " is not reproduced by this version of Saldo; it was made by version "
                            + inputs.run().programVersion());
        }
        return again;
    }
}
