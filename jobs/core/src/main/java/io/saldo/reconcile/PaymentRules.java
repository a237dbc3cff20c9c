package io.saldo.reconcile;

import io.saldo.money.Amount;

/**
 * Settings of the payment check.
 *
 * @param declinesMax so many declines of one account and method within the window are still no break
 * @param declineWindowDays the length of the window that ends on each day, in days from 1 on
 * @param tolerance what was paid may differ by so much from what was granted, in any currency; from 0 on
 */
public record PaymentRules(int declinesMax, int declineWindowDays, Amount tolerance) {
    /** Refuses a window of no days, and a tolerance below 0. */
    public PaymentRules {
        if (tolerance.signum() < 0) {
            throw new IllegalArgumentException("a tolerance of " + tolerance);
        }
        if (declinesMax < 0 || declineWindowDays < 1) {
            throw new IllegalArgumentException(declinesMax + " declines in " + declineWindowDays + " days is no limit");
        }
    }
}
