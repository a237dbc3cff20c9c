package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Usage that a closed month left unfunded and that finance decided to charge after the close. It is overage of the open
 * month, and has no quantity: its units stand in the closed statement.
 *
 * @param usageMonth the month in which it was used
 * @param multiplier of the terms at the usage's instant, at least 1
 * @param amount without surcharge, greater than 0
 */
public record LateCharge(YearMonth usageMonth, Amount multiplier, Amount amount) {
    private record Key(YearMonth usageMonth, Amount multiplier) {}

    /** By usage month and multiplier, both rising. */
    static List<LateCharge> of(StatementInput input) {
        Map<Key, Amount> charges =
                new TreeMap<>(Comparator.comparing(Key::usageMonth).thenComparing(Key::multiplier));
        for (ClosedMonth closed : input.closedMonths()) {
            Deque<UnfundedShare> shares = new ArrayDeque<>();
            for (UnfundedShare share : closed.unfunded()) {
                if (share.reason() == UnfundedShare.Reason.SERVED_WITHOUT_CREDIT) {
                    shares.add(share);
                }
            }
            Amount used = Amount.ZERO;
            for (UnfundedDecision decision : input.decisionsOn(closed.month())) {
                Amount left = decision.amount();
                while (left.signum() > 0 && !shares.isEmpty()) {
                    UnfundedShare share = shares.element();
                    Amount part = left.min(share.amount().minus(used));
                    if (decision.outcome() == UnfundedDecision.Outcome.CHARGE) {
                        charges.merge(
                                new Key(input.zone().monthOf(share.firstAt()), share.multiplier()), part, Amount::plus);
                    }
                    left = left.minus(part);
                    used = used.plus(part);
                    if (used.equals(share.amount())) {
                        shares.remove();
                        used = Amount.ZERO;
                    }
                }
            }
        }
        List<LateCharge> result = new ArrayList<>();
        charges.forEach((key, amount) -> result.add(new LateCharge(key.usageMonth(), key.multiplier(), amount)));
        return List.copyOf(result);
    }

    /** {@code amount x (multiplier - 1)}, exact. */
    public Amount surcharge() {
        return new OverageShare(usageMonth, multiplier, amount).surcharge();
    }
}
