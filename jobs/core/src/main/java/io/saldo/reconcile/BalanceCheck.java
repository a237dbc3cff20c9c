package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Compares our balances with those that the live prepaid system recorded (SPEC 8.1). */
public final class BalanceCheck {
    private BalanceCheck() {}

    public static List<Finding> differences(
            List<BalanceReading> readings,
            List<BalanceFact> facts,
            Map<String, Amount> acceptedGaps,
            Amount tolerance,
            LocalDate night) {
        return List.of();
    }

    public static List<Finding> missing(List<BalanceCoverage> coverages, LocalDate night) {
        return List.of();
    }
}
