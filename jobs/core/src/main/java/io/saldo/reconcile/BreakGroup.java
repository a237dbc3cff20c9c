package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Breaks that a report tells of in one line.
 *
 * @param code of all of them
 * @param cases in the order of their ids; all of them are stored, also those of a flood
 * @param flood whether they stand together because there are too many to be told one by one
 */
public record BreakGroup(BreakCode code, List<BreakCase> cases, boolean flood) {
    /** Keeps a copy. */
    public BreakGroup {
        cases = List.copyOf(cases);
    }

    /** The sum of the absolute differences per currency; empty text for counts. Gross, so that nothing cancels out. */
    public SortedMap<String, Amount> grossDifferences() {
        TreeMap<String, Amount> sums = new TreeMap<>();
        for (BreakCase each : cases) {
            Amount difference = each.difference();
            if (difference != null) {
                sums.merge(each.currency(), difference.absolute(), Amount::plus);
            }
        }
        return sums;
    }
}
