package io.saldo.statement;

/** Computes statements. */
@SuppressWarnings("DoNotCallSuggester")
public final class Statements {
    private Statements() {}

    /**
     * The statement, proved.
     *
     * @throws io.saldo.problem.ProblemException with {@code AMOUNT_TOO_LARGE} when a figure passes exact arithmetic, or
     *     {@code PROOF_FAILED} naming account, month and identity with both figures
     * @throws IllegalArgumentException when two grants of the input share a credit id, or the currency of a grant
     *     differs from the account's
     */
    public static Statement compute(StatementInput input) {
        throw new UnsupportedOperationException(input.accountId());
    }
}
