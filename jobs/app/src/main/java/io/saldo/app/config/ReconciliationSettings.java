package io.saldo.app.config;

import io.saldo.health.HealthRules;
import io.saldo.money.Amount;
import io.saldo.provider.Tolerance;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code reconciliation.yml} lets pass, and for how long.
 *
 * @param graceDaysByBreakCode how many days a break of that code stays pending; a code not listed has none
 * @param balanceTolerance a gap up to this is no break
 * @param paymentTolerance a difference up to this is no break
 * @param providerUsageTolerance a gross difference of tokens up to this is no break
 * @param providerCostTolerance a gross difference of money up to this is no break
 * @param costBooks the price book with a provider's own prices for us, by provider as we log it
 * @param declinesLimit more declines of one account and method within the window are a break
 * @param declinesWindowDays the window
 * @param health from when on the credit health report tells a person
 */
public record ReconciliationSettings(
        Map<String, Integer> graceDaysByBreakCode,
        Amount balanceTolerance,
        Amount paymentTolerance,
        Tolerance providerUsageTolerance,
        Tolerance providerCostTolerance,
        Map<String, String> costBooks,
        int declinesLimit,
        int declinesWindowDays,
        HealthRules health) {
    /** Keeps copies that nobody can change. */
    public ReconciliationSettings {
        costBooks = Collections.unmodifiableMap(new TreeMap<>(costBooks));
        graceDaysByBreakCode = Collections.unmodifiableMap(new TreeMap<>(graceDaysByBreakCode));
    }

    /** How many days a break of that code stays pending. */
    public int graceDays(String breakCode) {
        return graceDaysByBreakCode.getOrDefault(breakCode, 0);
    }
}
