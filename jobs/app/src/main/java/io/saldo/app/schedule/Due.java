package io.saldo.app.schedule;

import io.saldo.app.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * A run that is to begin.
 *
 * @param job which one
 * @param businessDate the date before the one on which it is to begin
 * @param at when
 */
public record Due(Run.Job job, LocalDate businessDate, Instant at) {
    /** What a close closes: the month before the one in which it begins. */
    public YearMonth month() {
        return monthOf(businessDate);
    }

    /** What a close of that business date closes where nobody says another month. */
    public static YearMonth monthOf(LocalDate businessDate) {
        return YearMonth.from(businessDate.plusDays(1)).minusMonths(1);
    }
}
