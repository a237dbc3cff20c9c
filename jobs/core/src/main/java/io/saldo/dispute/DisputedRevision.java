package io.saldo.dispute;

import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditMovement;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.statement.Drawdown;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementInput;
import io.saldo.time.Instants;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a disputed revision of a closed month is computed from. */
public final class DisputedRevision {
    /** The beginning of the ids of withdrawals that stand for credit which is no longer there. */
    public static final String SPENT_SINCE = "spent-since/";

    private DisputedRevision() {}

    /**
     * Entries of the closed month, and for each of its grants a withdrawal of what is no longer there to pay for it: later
     * months spent it, or it expired. A grant pays no more than it paid for the month by now and has left; so every
     * difference can be booked.
     *
     * @param closed the frozen statement
     * @param entries those that it applied
     * @param monthStart its first instant, in microseconds
     * @param usable by credit id, what the grant has paid for the month so far and what it has left
     */
    public static List<CreditEntry> entries(
            Statement closed, List<CreditEntry> entries, long monthStart, Map<String, Amount> usable) {
        Map<String, Amount> spentOtherwise = new HashMap<>();
        for (Drawdown drawdown : closed.drawdowns()) {
            boolean own = drawdown.purpose() == Drawdown.Purpose.USAGE
                    && YearMonth.from(drawdown.usageDate()).equals(closed.month());
            if (!own) {
                spentOtherwise.merge(drawdown.creditId(), drawdown.amount(), Amount::plus);
            }
        }
        List<CreditEntry> all = new ArrayList<>(entries);
        for (CreditMovement grant :
                CreditMovement.of(closed.opening().grants(), closed.closing().grants())) {
            String creditId = grant.grant().creditId();
            Amount could = grant.opening()
                    .plus(grant.granted())
                    .plus(grant.restored())
                    .minus(grant.withdrawn())
                    .minus(spentOtherwise.getOrDefault(creditId, Amount.ZERO));
            Amount gone = could.minus(usable.getOrDefault(creditId, Amount.ZERO));
            if (gone.signum() > 0) {
                boolean begins = grant.opening().isZero() && !grant.granted().isZero();
                all.add(withdrawal(closed, grant, begins ? grant.grant().effectiveAt() : monthStart, gone));
            }
        }
        return all;
    }

    private static CreditEntry withdrawal(Statement closed, CreditMovement grant, long at, Amount gone) {
        return new CreditEntry(
                closed.accountId(),
                SPENT_SINCE + grant.grant().creditId(),
                CreditEntry.Type.WITHDRAW,
                grant.grant().creditId(),
                grant.grant().kind(),
                gone,
                Amount.ZERO,
                closed.currency(),
                Instants.MIN,
                at,
                Instants.MAX,
                0,
                "",
                "",
                "",
                "spent",
                "",
                "");
    }

    /** The account's terms with another price book for the month, from its first instant to its end in microseconds. */
    public static List<Terms> withPriceBook(StatementInput input, List<Terms> terms, String priceBook) {
        long from = input.monthStart();
        long to = input.zone().endOf(input.month());
        TreeSet<Long> starts = new TreeSet<>();
        starts.add(from);
        starts.add(to);
        terms.forEach(each -> starts.add(each.effectiveFrom()));
        List<Terms> all = new ArrayList<>();
        for (long start : starts) {
            Terms inForce = Terms.inForce(terms, start);
            if (inForce != null) {
                all.add(with(inForce, start, start >= from && start < to ? priceBook : inForce.priceBook()));
            }
        }
        return all;
    }

    /**
     * Whether terms in force between two instants are prepaid, under which a book with volume prices is refused.
     *
     * @param terms of the account, sorted by their beginning
     * @param from the first instant, in microseconds
     * @param to the first instant after, in microseconds
     */
    public static boolean isPrepaid(List<Terms> terms, long from, long to) {
        Terms first = Terms.inForce(terms, from);
        return terms.stream()
                .filter(each -> each.equals(first) || (each.effectiveFrom() > from && each.effectiveFrom() < to))
                .anyMatch(each -> each.billingMode() == BillingMode.PREPAID);
    }

    private static Terms with(Terms terms, long effectiveFrom, String priceBook) {
        return new Terms(
                terms.accountId(),
                effectiveFrom,
                terms.billingMode(),
                priceBook,
                terms.overagePolicy(),
                terms.overageMultiplier(),
                terms.monthlyOverageCap(),
                terms.rechargeThreshold(),
                terms.rechargeAmount(),
                terms.rechargeMonthlyCap(),
                terms.paymentTermsDays(),
                terms.place());
    }
}
