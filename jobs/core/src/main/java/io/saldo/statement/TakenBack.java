package io.saldo.statement;

import io.saldo.credit.CreditEntry;
import io.saldo.money.Amount;
import io.saldo.money.Rounding;
import io.saldo.usage.TextOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a withdrawal took back of a purchase, and what becomes of the tax that went back with it.
 *
 * <p>The tax that the entry states belongs to the amount that it states, or to all that it took where it states none; each
 * part has its share, half up to the minor unit. Credit that was not used was no supply yet, and credit that was used and
 * is refunded is a price reduction: their tax is reversed. Of a chargeback or void the used part stays a supply that is
 * owed: its tax stays, and is owed too. What was neither left nor used, because it had expired, moves nothing.
 *
 * @param entry the withdrawal
 * @param rest net, of credit that was left
 * @param reduction net, of credit that was used, paid back by a refund
 * @param claimed net, of credit that was used, and is a receivable now
 * @param taxReversed of {@code rest} and {@code reduction}
 * @param taxClaimed of {@code claimed}
 */
public record TakenBack(
        CreditEntry entry, Amount rest, Amount reduction, Amount claimed, Amount taxReversed, Amount taxClaimed) {
    private static final String REFUND = "refund";

    /** What left the cash: all parts with their tax. */
    public Amount cash() {
        return rest.plus(reduction).plus(claimed).plus(taxReversed).plus(taxClaimed);
    }

    /** Net, what is no supply any more. */
    public Amount reversed() {
        return rest.plus(reduction);
    }

    /**
     * What each withdrawal from a purchase took, in the order in which they count.
     *
     * @param creditId the purchase
     * @param withdrawn what the month took of its rest
     * @param applied the entries that the month applied; those of other credits and grants are left out
     * @param afterUse the month's withdrawals that found credit used
     * @param currency the account's
     */
    public static List<TakenBack> of(
            String creditId,
            Amount withdrawn,
            List<CreditEntry> applied,
            List<WithdrawalAfterUse> afterUse,
            Currency currency) {
        Map<String, WithdrawalAfterUse> used = new HashMap<>();
        Amount left = withdrawn;
        for (WithdrawalAfterUse each : afterUse) {
            if (each.creditId().equals(creditId)) {
                used.put(each.entryId(), each);
                left = left.minus(each.taken());
            }
        }
        List<TakenBack> taken = new ArrayList<>();
        for (CreditEntry entry : applied.stream()
                .filter(each -> each.type() == CreditEntry.Type.WITHDRAW
                        && each.creditId().equals(creditId))
                .sorted(Comparator.comparingLong(CreditEntry::effectiveAt)
                        .thenComparingLong(CreditEntry::bookedAt)
                        .thenComparing(CreditEntry::entryId, TextOrder.UTF_8))
                .toList()) {
            WithdrawalAfterUse found = used.get(entry.entryId());
            Amount stated = entry.amount();
            Amount rest = found != null ? found.taken() : stated == null ? left : stated.min(left);
            if (found == null) {
                left = left.minus(rest);
            }
            taken.add(of(entry, rest, found, currency));
        }
        return List.copyOf(taken);
    }

    private static TakenBack of(CreditEntry entry, Amount rest, @Nullable WithdrawalAfterUse found, Currency currency) {
        Amount stated = entry.amount();
        Amount claimed = found == null ? Amount.ZERO : found.owed();
        // A refund without an amount is one of what is left.
        Amount reduction =
                found != null && stated != null && entry.reason().equals(REFUND) ? found.used() : Amount.ZERO;
        Amount all = stated == null ? rest.plus(claimed) : stated;
        Amount tax = entry.taxAmount();
        Amount reversed = Rounding.share(tax, rest.plus(reduction), all, currency);
        Amount owed = Rounding.share(tax, claimed, all, currency).min(tax.minus(reversed));
        return new TakenBack(entry, rest, reduction, claimed, reversed, owed);
    }
}
