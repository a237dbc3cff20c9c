package io.saldo.app.statement;

import io.saldo.app.config.Opening;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditMovement;
import io.saldo.credit.GrantPosition;
import java.util.List;
import java.util.Map;

/** How a stored statement's month moved each grant: its closing position against what it opened with. */
public final class CreditMovements {
    private final StatementStore statements;
    private final Map<String, Opening> openings;

    /**
     * Over the books.
     *
     * @param openings positions at go-live by account
     */
    public CreditMovements(StatementStore statements, Map<String, Opening> openings) {
        this.statements = statements;
        this.openings = openings;
    }

    /** The movements of the revision's month, in burn order. */
    public List<CreditMovement> of(StatementRevision revision) {
        return CreditMovement.of(opening(revision), revision.facts().closing().grants());
    }

    private List<GrantPosition> opening(StatementRevision revision) {
        return statements
                .before(revision.accountId(), revision.month(), statements.runOf(revision))
                .map(before -> before.facts().closing().grants())
                .orElseGet(() -> {
                    Opening golive = openings.get(revision.accountId());
                    return golive == null ? List.of() : golive.grants();
                });
    }
}
