package io.saldo.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A flood is one cause: more new breaks of a code than a person can read are reported as one (SPEC 8.2). */
public final class BreakFlood {
    private BreakFlood() {}

    /**
     * The groups of a night's new breaks, by code and then id: one per break, or one for a code that has more than the
     * limit.
     *
     * @param newCases those seen for the first time tonight
     * @param limit {@code break-flood-limit}: so many are still told one by one
     */
    public static List<BreakGroup> groups(Collection<BreakCase> newCases, int limit) {
        Map<BreakCode, List<BreakCase>> byCode = new EnumMap<>(BreakCode.class);
        newCases.stream().sorted(Comparator.comparing(BreakCase::id)).forEach(each -> byCode.computeIfAbsent(
                        each.code(), code -> new ArrayList<>())
                .add(each));
        List<BreakGroup> groups = new ArrayList<>();
        byCode.forEach((code, cases) -> {
            if (cases.size() > limit) {
                groups.add(new BreakGroup(code, cases, true));
            } else {
                cases.forEach(each -> groups.add(new BreakGroup(code, List.of(each), false)));
            }
        });
        return groups;
    }
}
