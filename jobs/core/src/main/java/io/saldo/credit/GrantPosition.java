package io.saldo.credit;

import io.saldo.money.Amount;
import io.saldo.usage.TextOrder;
import java.util.Comparator;
import java.util.Currency;

/**
 * A grant and what became of it since it began. Amounts are cumulative, exact and never negative.
 *
 * @param creditId unique per account
 * @param kind where the credit comes from
 * @param priority 0 to 100, lower is spent first
 * @param effectiveAt first instant at which it pays, in microseconds, as delivered, also when backdated
 * @param bookedAt when it was booked, in microseconds
 * @param expiresAt first instant at which it no longer pays, in microseconds; {@code Instants.MAX} for never
 * @param scopeProvider the only provider whose usage it pays; empty for any
 * @param scopeModel the only model, after alias, whose usage it pays; empty for any
 * @param purchaseInvoice number of the invoice by which it was bought; may be empty
 * @param currency of every amount
 * @param amount what it gave
 * @param drawn what usage and debt took
 * @param expired what ran out
 * @param withdrawn what was taken back
 * @param restored what disputes gave back
 * @param claimed of {@code drawn}, what was made a receivable because the purchase was taken back after use
 */
public record GrantPosition(
        String creditId,
        CreditKind kind,
        int priority,
        long effectiveAt,
        long bookedAt,
        long expiresAt,
        String scopeProvider,
        String scopeModel,
        String purchaseInvoice,
        Currency currency,
        Amount amount,
        Amount drawn,
        Amount expired,
        Amount withdrawn,
        Amount restored,
        Amount claimed) {
    /** The order in which grants are spent (SPEC 6.2); it is total because the credit id is unique. */
    public static final Comparator<GrantPosition> BURN_ORDER = Comparator.comparingInt(GrantPosition::priority)
            .thenComparingLong(GrantPosition::expiresAt)
            .thenComparing(GrantPosition::kind)
            .thenComparingLong(GrantPosition::effectiveAt)
            .thenComparingLong(GrantPosition::bookedAt)
            .thenComparing(GrantPosition::creditId, TextOrder.UTF_8);

    /**
     * The position in which a grant begins: nothing of it is spent.
     *
     * @throws IllegalArgumentException when the entry is a withdrawal
     */
    public static GrantPosition begin(CreditEntry grant) {
        Amount amount = grant.amount();
        if (grant.type() != CreditEntry.Type.GRANT || amount == null) {
            throw new IllegalArgumentException("entry " + grant.entryId() + " is no grant");
        }
        return new GrantPosition(
                grant.creditId(),
                grant.kind(),
                grant.priority(),
                grant.effectiveAt(),
                grant.bookedAt(),
                grant.expiresAt(),
                grant.scopeProvider(),
                grant.scopeModel(),
                grant.purchaseInvoice(),
                grant.currency(),
                amount,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO);
    }

    /** What is left: {@code amount + restored - drawn - expired - withdrawn}. */
    public Amount remaining() {
        return amount.plus(restored).minus(drawn).minus(expired).minus(withdrawn);
    }

    /** The position after more was drawn, expired, withdrawn and claimed. */
    public GrantPosition moved(Amount moreDrawn, Amount moreExpired, Amount moreWithdrawn, Amount moreClaimed) {
        return new GrantPosition(
                creditId,
                kind,
                priority,
                effectiveAt,
                bookedAt,
                expiresAt,
                scopeProvider,
                scopeModel,
                purchaseInvoice,
                currency,
                amount,
                drawn.plus(moreDrawn),
                expired.plus(moreExpired),
                withdrawn.plus(moreWithdrawn),
                restored,
                claimed.plus(moreClaimed));
    }

    /** The position after a dispute gave back some of what was drawn. */
    public GrantPosition restored(Amount more) {
        return with(expiresAt, restored.plus(more));
    }

    /** The same with another expiry, in microseconds. */
    public GrantPosition expiring(long at) {
        return with(at, restored);
    }

    private GrantPosition with(long otherExpiresAt, Amount otherRestored) {
        return new GrantPosition(
                creditId,
                kind,
                priority,
                effectiveAt,
                bookedAt,
                otherExpiresAt,
                scopeProvider,
                scopeModel,
                purchaseInvoice,
                currency,
                amount,
                drawn,
                expired,
                withdrawn,
                otherRestored,
                claimed);
    }

    /** Whether it may pay for usage, or debt, of that provider and model. */
    public boolean fits(String provider, String model) {
        return (scopeProvider.isEmpty() || scopeProvider.equals(provider))
                && (scopeModel.isEmpty() || scopeModel.equals(model));
    }
}
