package io.saldo.app.config;

import io.saldo.health.HealthRules;
import io.saldo.money.Amount;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code reconciliation.yml} lets pass, and for how long.
 *
 * @param graceDaysByBreakCode how many days a break of that code stays pending; a code not listed has none
 * @param balanceTolerance a gap up to this is no break
 * @param paymentTolerance a difference up to this is no break
 * @param declinesLimit more declines of one account and method within the window are a break
 * @param declinesWindowDays the window
 * @param health from when on the credit health report tells a person
 */
public record ReconciliationSettings(
        Map<String, Integer> graceDaysByBreakCode,
        Amount balanceTolerance,
        Amount paymentTolerance,
        int declinesLimit,
        int declinesWindowDays,
        HealthRules health) {
    /** Keeps a copy that nobody can change. */
    public ReconciliationSettings {
        graceDaysByBreakCode = Collections.unmodifiableMap(new TreeMap<>(graceDaysByBreakCode));
    }

    /** How many days a break of that code stays pending. */
    public int graceDays(String breakCode) {
        return graceDaysByBreakCode.getOrDefault(breakCode, 0);
    }
}
