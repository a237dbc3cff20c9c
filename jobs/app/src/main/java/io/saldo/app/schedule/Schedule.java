package io.saldo.app.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/**
 * When something begins: a cron expression in a zone, at most once for each date, so that a clock change can neither double it nor
 * leave it out. A time that the zone skips comes later by what was skipped; one that it repeats is the first.
 */
public final class Schedule {
    private final CronExpression cron;
    private final ZoneId zone;

    /**
     * That expression in that zone.
     *
     * @throws IllegalArgumentException where the expression is none
     */
    public Schedule(String expression, ZoneId zone) {
        this.cron = CronExpression.parse(expression);
        this.zone = zone;
    }

    /** The first time on that date; empty where the date has none. */
    public Optional<Instant> on(LocalDate date) {
        return next(date).filter(local -> local.toLocalDate().equals(date)).map(local -> local.atZone(zone)
                .toInstant());
    }

    /** The first date from that one on that has a time; empty where there is none. */
    Optional<LocalDate> dateFrom(LocalDate date) {
        return next(date).map(LocalDateTime::toLocalDate);
    }

    /** The zone's date at that instant. */
    LocalDate dateOf(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    private Optional<LocalDateTime> next(LocalDate from) {
        return Optional.ofNullable(cron.next(from.atStartOfDay().minusNanos(1)));
    }
}
