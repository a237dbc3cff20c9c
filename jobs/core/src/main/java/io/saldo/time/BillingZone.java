package io.saldo.time;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * The zone that decides usage dates and months.
 *
 * @param id an IANA zone or UTC
 */
public record BillingZone(ZoneId id) {
    /** The first instant of the date, in microseconds. A midnight that a clock change skips begins after the gap. */
    public long startOf(LocalDate date) {
        return Instants.toMicros(date.atStartOfDay(id).toInstant());
    }

    /** The first instant of the month, in microseconds. */
    public long startOf(YearMonth month) {
        return startOf(month.atDay(1));
    }

    /** The first instant after the month, in microseconds. */
    public long endOf(YearMonth month) {
        return startOf(month.plusMonths(1));
    }

    /** The end of the business date: the as-of of its night. */
    public long endOf(LocalDate date) {
        return startOf(date.plusDays(1));
    }

    /** The date on which the instant falls. */
    public LocalDate dateOf(long micros) {
        return Instants.ofMicros(micros).atZone(id).toLocalDate();
    }

    /** The month in which the instant falls. */
    public YearMonth monthOf(long micros) {
        return YearMonth.from(dateOf(micros));
    }

    /** The instant as short as it can be told: nothing for an open end, a date for its beginning, else the instant. */
    public String text(long micros) {
        if (micros == Instants.MIN || micros == Instants.MAX) {
            return "";
        }
        LocalDate date = dateOf(micros);
        return startOf(date) == micros
                ? date.toString()
                : Instants.ofMicros(micros).toString();
    }
}
