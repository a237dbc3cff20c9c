package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grant of the credit feed with what was withdrawn from it.
 *
 * @param creditId unique within the account
 * @param accountId the account
 * @param kind {@code purchase}, {@code promo} or {@code adjustment}; only a purchase needs a payment
 * @param amount net of tax
 * @param taxAmount the tax on it; with the amount it is what the customer paid
 * @param currency the grant's currency
 * @param paymentReference how the processor names the payment; empty when the feed gives none
 * @param paymentMethod as the feed names it
 * @param bookedOn the billing-zone date of booking; its month is the period of the breaks
 * @param withdrawals what was taken back, in order
 */
public record GrantedCredit(
        String creditId,
        String accountId,
        String kind,
        Amount amount,
        Amount taxAmount,
        String currency,
        String paymentReference,
        String paymentMethod,
        LocalDate bookedOn,
        List<Withdrawal> withdrawals) {
    /** Keeps a copy. */
    public GrantedCredit {
        withdrawals = List.copyOf(withdrawals);
    }

    /**
     * A withdrawal from the grant.
     *
     * @param amount net of tax as the feed states it; null when it states none: all that remained
     * @param taxAmount as the feed states it; where it is zero although the grant is taxed, the tax goes back with the
     *     amount in the grant's proportion
     * @param reason as the feed names it
     */
    public record Withdrawal(@Nullable Amount amount, Amount taxAmount, String reason) {
        /** Whether the reason says that the customer has the money back, or never gave it. */
        boolean returnsMoney() {
            return reason.equals("refund") || reason.equals("chargeback") || reason.equals("void");
        }
    }

    /** What the customer paid for it. */
    public Amount amountGross() {
        return amount.plus(taxAmount);
    }

    boolean isPurchase() {
        return kind.equals("purchase");
    }

    /** Whether nothing of the credit is left to be paid for. */
    boolean isWithdrawnEntirely() {
        return withdrawals.stream().anyMatch(each -> each.amount() == null)
                || (!withdrawals.isEmpty() && withdrawnNet().compareTo(amount) >= 0);
    }

    /** The net that withdrawals state; those of all that remained state none. */
    Amount withdrawnNet() {
        Amount sum = Amount.ZERO;
        for (Withdrawal each : withdrawals) {
            Amount net = each.amount();
            sum = net == null ? sum : sum.plus(net);
        }
        return sum;
    }

    /** The gross of the credit that still stands, by what the withdrawals state. */
    Amount standingGross() {
        if (isWithdrawnEntirely()) {
            return Amount.ZERO;
        }
        Amount sum = amountGross();
        for (Withdrawal each : withdrawals) {
            Amount net = each.amount();
            sum = net == null ? sum : sum.minus(net).minus(each.taxAmount());
        }
        return sum.signum() < 0 ? Amount.ZERO : sum;
    }

    /** What withdrawals that return money have returned at least, gross; the whole net brings the whole tax with it. */
    Amount returnedGross() {
        Amount net = Amount.ZERO;
        Amount tax = Amount.ZERO;
        for (Withdrawal each : withdrawals) {
            Amount stated = each.amount();
            if (stated != null && each.returnsMoney()) {
                net = net.plus(stated);
                tax = tax.plus(each.taxAmount());
            }
        }
        return net.compareTo(amount) >= 0 ? amountGross() : net.plus(tax).min(amountGross());
    }

    /** Whether all that remained was withdrawn for a reason that returns money; how much that was the feed leaves open. */
    boolean returnsTheRest() {
        return withdrawals.stream().anyMatch(each -> each.amount() == null && each.returnsMoney());
    }

    /** Whether the grant is taxed and a withdrawal leaves its tax to be worked out. */
    boolean leavesTaxOpen() {
        return !taxAmount.isZero()
                && withdrawals.stream()
                        .anyMatch(each ->
                                each.amount() != null && each.taxAmount().isZero());
    }
}
