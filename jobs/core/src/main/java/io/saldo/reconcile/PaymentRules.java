package io.saldo.reconcile;

/**
 * Settings of the payment check.
 *
 * @param declinesMax so many declines of one account and method within the window are still no break
 * @param declineWindowDays the length of the window that ends on each day, in days from 1 on
 */
public record PaymentRules(int declinesMax, int declineWindowDays) {
    /** Refuses a window of no days. */
    public PaymentRules {
        if (declinesMax < 0 || declineWindowDays < 1) {
            throw new IllegalArgumentException(declinesMax + " declines in " + declineWindowDays + " days is no limit");
        }
    }
}
