package io.saldo.credit;

import io.saldo.money.Amount;
import io.saldo.problem.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed with an account from an instant on, until the next terms begin.
 *
 * @param accountId whose terms they are
 * @param effectiveFrom first instant in microseconds; {@code Instants.MIN} when open
 * @param billingMode how the account pays
 * @param priceBook the book that rates its usage
 * @param overagePolicy what happens without credit; null only under {@link BillingMode#PAYG}
 * @param overageMultiplier at least 1; the surcharge on overage is its excess over 1
 * @param monthlyOverageCap where the month's overage without surcharge stops; null when it does not
 * @param rechargeThreshold informative; null when not set
 * @param rechargeAmount informative; null when not set
 * @param rechargeMonthlyCap informative; null when not set
 * @param paymentTermsDays days from issue to due date, from 0 on
 * @param place the line that defines them
 */
public record Terms(
        String accountId,
        long effectiveFrom,
        BillingMode billingMode,
        String priceBook,
        @Nullable OveragePolicy overagePolicy,
        Amount overageMultiplier,
        @Nullable Amount monthlyOverageCap,
        @Nullable Amount rechargeThreshold,
        @Nullable Amount rechargeAmount,
        @Nullable Amount rechargeMonthlyCap,
        int paymentTermsDays,
        Place place) {
    private static final Amount ONE = Amount.of(1);

    /**
     * Checks what the loader must have refused.
     *
     * @throws IllegalArgumentException when prepaid terms name no overage policy, the multiplier is below 1 or the cap
     *     is negative
     */
    public Terms {
        if (billingMode == BillingMode.PREPAID && overagePolicy == null) {
            throw new IllegalArgumentException("prepaid terms without an overage policy");
        }
        if (overageMultiplier.compareTo(ONE) < 0) {
            throw new IllegalArgumentException("an overage multiplier below 1");
        }
        if (monthlyOverageCap != null && monthlyOverageCap.signum() < 0) {
            throw new IllegalArgumentException("a negative overage cap");
        }
    }

    /**
     * The terms in force at that instant; null before the first.
     *
     * @param terms of one account, sorted by their beginning
     */
    public static @Nullable Terms inForce(List<Terms> terms, long micros) {
        Terms inForce = null;
        for (Terms each : terms) {
            if (each.effectiveFrom() <= micros) {
                inForce = each;
            }
        }
        return inForce;
    }

    /** What covers usage that no grant pays, before any cap. */
    public Coverage withoutCredit() {
        if (billingMode == BillingMode.PAYG || overagePolicy == null) {
            return Coverage.PAYG;
        }
        return switch (overagePolicy) {
            case INVOICE -> Coverage.OVERAGE;
            case CARRY -> Coverage.CARRIED;
            case BLOCK -> Coverage.UNFUNDED;
        };
    }
}
