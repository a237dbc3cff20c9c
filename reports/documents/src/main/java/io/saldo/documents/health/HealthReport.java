package io.saldo.documents.health;

import io.saldo.health.AccountHealth;
import io.saldo.health.HealthRules;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * How the credit of all prepaid accounts does at the end of a night.
 *
 * @param businessDate the night
 * @param runId the run that looked
 * @param rules from when on a person is told
 * @param declineWindowDays the days that the circuit breaker looks at
 * @param zone in which instants are shown
 * @param lines one for each account, those that need a person first
 */
public record HealthReport(
        LocalDate businessDate,
        String runId,
        HealthRules rules,
        int declineWindowDays,
        BillingZone zone,
        List<Line> lines) {
    /**
     * An account.
     *
     * @param name what people call it
     * @param currency of its amounts
     */
    public record Line(AccountHealth health, String name, String currency) {}

    /** Brings the lines into order. */
    public HealthReport {
        lines = lines.stream()
                .sorted(Comparator.comparing(Line::health, AccountHealth.MOST_URGENT_FIRST))
                .toList();
    }

    /** The lines that need a person. */
    public List<Line> concerned() {
        return lines.stream()
                .filter(each -> !each.health().concerns().isEmpty())
                .toList();
    }
}
