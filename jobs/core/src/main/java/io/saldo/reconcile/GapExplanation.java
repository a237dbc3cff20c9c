package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a balance gap changed: the one set of facts of the interval whose effects sum to the change exactly.
 *
 * @param cause the facts of that set; {@link #UNEXPLAINED} when no set fits, several do, or there are too many facts to
 *     say
 * @param candidates every fact of the interval; empty when one set explains the change
 */
record GapExplanation(String cause, List<BalanceFact> candidates) {
    /** What a break says whose cause was looked for and not found. */
    static final String UNEXPLAINED = "unexplained";

    /** Above this every set can no longer be tried, so that one that fits would not be known to be the only one. */
    static final int FACTS_MAX = 12;

    private static final Comparator<BalanceFact> IN_TIME = Comparator.comparingLong(BalanceFact::occurredAt)
            .thenComparing(BalanceFact::description, TextOrder.BY_BYTES)
            .thenComparing(BalanceFact::effect);

    static GapExplanation of(Amount change, List<BalanceFact> factsOfInterval) {
        List<BalanceFact> facts = factsOfInterval.stream()
                .filter(each -> !each.effect().isZero())
                .sorted(IN_TIME)
                .toList();
        if (facts.size() > FACTS_MAX) {
            return new GapExplanation(UNEXPLAINED, facts);
        }
        Amount[] sums = new Amount[1 << facts.size()];
        sums[0] = Amount.ZERO;
        int fitting = 0;
        int fits = 0;
        for (int set = 1; set < sums.length; set++) {
            BalanceFact lowest = facts.get(Integer.numberOfTrailingZeros(set));
            sums[set] = sums[set & (set - 1)].plus(lowest.effect());
            if (sums[set].equals(change)) {
                fitting = set;
                fits++;
            }
        }
        return fits == 1
                ? new GapExplanation(described(facts, fitting), List.of())
                : new GapExplanation(UNEXPLAINED, facts);
    }

    private static String described(List<BalanceFact> facts, int set) {
        List<String> descriptions = new ArrayList<>();
        for (int index = 0; index < facts.size(); index++) {
            if ((set & (1 << index)) != 0) {
                descriptions.add(facts.get(index).description());
            }
        }
        return descriptions.stream().distinct().collect(Collectors.joining(", "));
    }
}
