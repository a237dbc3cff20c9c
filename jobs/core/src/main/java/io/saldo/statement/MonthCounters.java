package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.YearMonth;

/**
 * How far a usage month has counted. Late usage goes on from here, so that it is charged as if it had come last.
 *
 * @param month the usage month
 * @param overage what stands against the month's overage cap, without surcharge
 */
public record MonthCounters(YearMonth month, Amount overage) {
    /** Of a month that has counted nothing. */
    public static MonthCounters none(YearMonth month) {
        return new MonthCounters(month, Amount.ZERO);
    }
}
