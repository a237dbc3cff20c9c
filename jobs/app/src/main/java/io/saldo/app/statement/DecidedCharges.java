package io.saldo.app.statement;

import io.saldo.app.store.CloseStore;
import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakDecision;
import io.saldo.statement.DecidedCharge;
import io.saldo.statement.UnfundedShare;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What decisions leave to charge to the open months of an account. */
final class DecidedCharges {
    private DecidedCharges() {}

    /**
     * By break about usage without credit, what its last decision to charge covers. Of a closed month it is no more than the frozen statement left
     * unpaid, less what closed statements charged.
     *
     * @param decisions to charge, of the account, oldest first
     * @param frozen what closed months leave; null where none is closed
     */
    static List<DecidedCharge> of(List<BreakDecision> decisions, CloseStore.@Nullable Frozen frozen) {
        Map<String, BreakCase> last = new TreeMap<>();
        decisions.stream()
                .filter(each -> each.frozen().code() != BreakCode.USAGE_LATE)
                .forEach(each -> last.put(each.frozen().id(), each.frozen()));
        List<DecidedCharge> charges = new ArrayList<>();
        last.forEach((breakId, decided) -> {
            YearMonth month = YearMonth.parse(decided.period());
            UnfundedShare.Reason reason = reason(decided.code());
            Amount amount = decided.difference() == null ? Amount.ZERO : decided.difference();
            if (frozen != null && !month.isAfter(YearMonth.parse(frozen.lastMonth()))) {
                amount = amount.min(unpaid(frozen, month, reason))
                        .minus(frozen.charged().getOrDefault(breakId, Amount.ZERO));
            }
            if (amount.signum() > 0) {
                charges.add(new DecidedCharge(breakId, month, reason, amount));
            }
        });
        return charges;
    }

    /** Those of the month; those of closed months belong to the oldest open one. */
    static List<DecidedCharge> ofMonth(List<DecidedCharge> all, YearMonth month, boolean oldestOpen) {
        return all.stream()
                .filter(charge -> charge.usageMonth().equals(month)
                        || (oldestOpen && charge.usageMonth().isBefore(month)))
                .toList();
    }

    private static Amount unpaid(CloseStore.Frozen frozen, YearMonth month, UnfundedShare.Reason reason) {
        return frozen.unfunded().getOrDefault(month, List.of()).stream()
                .filter(share -> share.reason() == reason)
                .map(UnfundedShare::amount)
                .reduce(Amount.ZERO, Amount::plus);
    }

    private static UnfundedShare.Reason reason(BreakCode code) {
        return code == BreakCode.OVERAGE_CAP_EXCEEDED
                ? UnfundedShare.Reason.ABOVE_CAP
                : UnfundedShare.Reason.SERVED_WITHOUT_CREDIT;
    }
}
