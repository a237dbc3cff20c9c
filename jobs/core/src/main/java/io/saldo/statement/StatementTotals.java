package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.YearMonth;

/**
 * The figures of a statement, exact.
 *
 * <p>{@code usage = credit + payg + overage + carried + unfunded};
 * {@code openingBalance + granted + restored - drawn - expired - withdrawn = closingBalance};
 * {@code drawn = credit + settledDebt}; {@code openingDebt + carried - settledDebt = closingDebt}.
 *
 * @param usage the value of all priced usage
 * @param credit of usage, what grants paid
 * @param payg of usage, what is invoiced as agreed
 * @param overage of usage, what is invoiced beyond credit, without surcharge
 * @param surcharge what overage costs on top of its usage; not in usage
 * @param carried of usage, what became debt
 * @param unfunded of usage, what nobody pays
 * @param receivable what is owed apart from usage
 * @param openingBalance credit left when the month began
 * @param granted credit that began in the month
 * @param restored credit that disputes gave back in the month
 * @param drawn what usage and debt took from grants in the month
 * @param expired what ran out in the month
 * @param withdrawn what was taken back in the month
 * @param closingBalance credit left at the end
 * @param openingDebt debt when the month began
 * @param settledDebt debt that grants of the month paid
 * @param closingDebt debt at the end, also where it becomes a receivable of a closed account
 */
public record StatementTotals(
        Amount usage,
        Amount credit,
        Amount payg,
        Amount overage,
        Amount surcharge,
        Amount carried,
        Amount unfunded,
        Amount receivable,
        Amount openingBalance,
        Amount granted,
        Amount restored,
        Amount drawn,
        Amount expired,
        Amount withdrawn,
        Amount closingBalance,
        Amount openingDebt,
        Amount settledDebt,
        Amount closingDebt) {

    /**
     * Proves the identities among these figures again, as when they were computed: of figures that were stored since.
     *
     * @throws io.saldo.problem.ProblemException {@code PROOF_FAILED} naming account, month and identity with both figures
     */
    public void prove(String accountId, YearMonth month) {
        Proof proof = new Proof(accountId, month);
        prove(proof);
        proof.conclude();
    }

    void prove(Proof proof) {
        proof.equal(
                        "usage = credit + payg + overage + carried + unfunded",
                        usage,
                        credit.plus(payg).plus(overage).plus(carried).plus(unfunded))
                .equal("drawn = credit + settled debt", drawn, credit.plus(settledDebt))
                .equal(
                        "opening + granted + restored - drawn - expired - withdrawn = closing",
                        openingBalance
                                .plus(granted)
                                .plus(restored)
                                .minus(drawn)
                                .minus(expired)
                                .minus(withdrawn),
                        closingBalance)
                .equal(
                        "opening debt + carried - settled = closing debt",
                        openingDebt.plus(carried).minus(settledDebt),
                        closingDebt);
    }
}
