package io.saldo.app.schedule;

import io.saldo.app.config.OperationSettings;
import io.saldo.app.run.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that begins by itself. */
public final class Agenda {
    private static final Comparator<Due> IN_ORDER =
            Comparator.comparing(Due::at).thenComparing(Due::businessDate).thenComparing(Due::job);

    private final Map<Run.Job, Schedule> schedules = new EnumMap<>(Run.Job.class);

    /** What the settings say. */
    public Agenda(OperationSettings settings) {
        ZoneId zone = settings.billingZone().id();
        if (!settings.schedule().nightly().isEmpty()) {
            schedules.put(Run.Job.NIGHTLY, new Schedule(settings.schedule().nightly(), zone));
        }
        if (!settings.schedule().close().isEmpty()) {
            schedules.put(Run.Job.MONTH_CLOSE, new Schedule(settings.schedule().close(), zone));
        }
    }

    /**
     * How far the books are.
     *
     * @param lastNight business date of the last completed night; null where none is
     * @param lastClose business date of the last completed close; null where none is
     * @param since of a job that never ran, what was to begin before that is not made up for
     */
    public record Position(
            @Nullable LocalDate lastNight, @Nullable LocalDate lastClose, Instant since) {}

    /** Whether nothing ever begins by itself. */
    public boolean isEmpty() {
        return schedules.isEmpty();
    }

    /**
     * What was to begin by now and has not run, in order: also what a machine that was switched off has missed. Each job is made up for
     * since its own last run.
     */
    public List<Due> due(Position position, Instant now) {
        List<Due> due = new ArrayList<>();
        add(Run.Job.NIGHTLY, position.lastNight(), position.since(), now, due);
        add(Run.Job.MONTH_CLOSE, position.lastClose(), position.since(), now, due);
        due.sort(IN_ORDER);
        return due;
    }

    private void add(Run.Job job, @Nullable LocalDate last, Instant since, Instant now, List<Due> due) {
        Schedule schedule = schedules.get(job);
        if (schedule == null) {
            return;
        }
        LocalDate today = schedule.dateOf(now);
        Optional<LocalDate> day = schedule.dateFrom(last == null ? schedule.dateOf(since) : last.plusDays(2));
        while (day.isPresent() && !day.get().isAfter(today)) {
            Due each = due(job, schedule, day.get());
            if (!each.at().isAfter(now) && (last != null || !each.at().isBefore(since))) {
                due.add(each);
            }
            day = schedule.dateFrom(day.get().plusDays(1));
        }
    }

    private static Due due(Run.Job job, Schedule schedule, LocalDate day) {
        return new Due(job, day.minusDays(1), schedule.on(day).orElseThrow());
    }

    /** What begins first after that instant, whatever has run. */
    public Optional<Due> next(Instant now) {
        return schedules.entrySet().stream()
                .flatMap(each -> after(each.getKey(), each.getValue(), now))
                .min(IN_ORDER);
    }

    private static Stream<Due> after(Run.Job job, Schedule schedule, Instant now) {
        LocalDate today = schedule.dateOf(now);
        return Stream.of(schedule.dateFrom(today), schedule.dateFrom(today.plusDays(1)))
                .flatMap(Optional::stream)
                .map(day -> due(job, schedule, day))
                .filter(each -> each.at().isAfter(now));
    }
}
