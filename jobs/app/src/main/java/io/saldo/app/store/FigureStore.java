package io.saldo.app.store;

import io.saldo.app.run.Run;
import io.saldo.app.schedule.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is told of the books as a whole, to who watches over them. */
@Repository
public class FigureStore {
    private static final String COMPLETED = "status = 'COMPLETED'";

    private final JdbcClient jdbc;

    /** Over the books. */
    public FigureStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The books at one moment.
     *
     * @param lastNight the last completed night; null where there is none
     * @param lastClose business date of the last completed close that closed the month before its own, as a scheduled one does; null
     *     where there is none
     * @param unfinishedRuns runs that were interrupted
     * @param completedRuns how many ended, by job and verdict
     * @param records of all deliveries, by where they are
     * @param unresolvedBreaks by code
     * @param stepDurations of the last completed run of each job, by step, over all its attempts
     */
    public record Figures(
            @Nullable Night lastNight,
            @Nullable LocalDate lastClose,
            long unfinishedRuns,
            Map<Ended, Long> completedRuns,
            DeliveryCounts records,
            Map<String, Long> unresolvedBreaks,
            Map<Run.Job, Map<String, Duration>> stepDurations) {}

    /** A night that ended. */
    public record Night(LocalDate businessDate, String verdict, Instant endedAt) {}

    /** How runs end. */
    public record Ended(Run.Job job, String verdict) {}

    /** The books as they are. */
    public Figures figures() {
        Map<Run.Job, Map<String, Duration>> durations = new TreeMap<>();
        for (Run.Job job : Run.Job.values()) {
            jdbc.sql("SELECT MAX(run_id) FROM runs WHERE job = ? AND " + COMPLETED)
                    .param(job.word())
                    .query(Long.class)
                    .optional()
                    .ifPresent(run -> durations.put(job, stepDurations(run)));
        }
        return new Figures(
                lastNight().orElse(null),
                lastClose().orElse(null),
                jdbc.sql("SELECT COUNT(*) FROM runs WHERE NOT " + COMPLETED)
                        .query(Long.class)
                        .single(),
                completedRuns(),
                records("", List.of()),
                unresolvedBreaks(),
                durations);
    }

    /** Records by where they are: what that run did. */
    public DeliveryCounts recordsOf(long runId) {
        return records(" WHERE run_id = ?", List.of(runId));
    }

    /** How many breaks are not resolved, by code. */
    public SortedMap<String, Long> unresolvedBreaks() {
        SortedMap<String, Long> counts = new TreeMap<>();
        jdbc.sql("SELECT code, COUNT(*) FROM break_case WHERE state <> 'RESOLVED' GROUP BY code")
                .query((RowCallbackHandler) row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    /** The completed nights and closes after that run, the latest of them, oldest first. */
    public List<Long> completedAfter(long runId, int most) {
        return jdbc
                .sql("SELECT run_id FROM runs WHERE run_id > ? AND job <> ? AND " + COMPLETED
                        + " ORDER BY run_id DESC FETCH FIRST ? ROWS ONLY")
                .params(runId, Run.Job.RERUN.word(), most)
                .query(Long.class)
                .list()
                .stream()
                .sorted()
                .toList();
    }

    private DeliveryCounts records(String where, List<Long> parameters) {
        return jdbc.sql("SELECT COALESCE(SUM(records), 0), COALESCE(SUM(accepted), 0), COALESCE(SUM(duplicate), 0),"
                        + " COALESCE(SUM(conflict), 0), COALESCE(SUM(rejected), 0), COALESCE(SUM(held), 0),"
                        + " COALESCE(SUM(not_billable), 0), COALESCE(SUM(input_tokens), 0),"
                        + " COALESCE(SUM(output_tokens), 0) FROM delivery_outcome" + where)
                .params(parameters)
                .query((row, number) -> new DeliveryCounts(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getBigDecimal(8).toBigIntegerExact(),
                        row.getBigDecimal(9).toBigIntegerExact()))
                .single();
    }

    private Optional<Night> lastNight() {
        return jdbc.sql("SELECT business_date, verdict, ended_at FROM runs WHERE job = ? AND " + COMPLETED
                        + " ORDER BY run_id DESC FETCH FIRST 1 ROWS ONLY")
                .param(Run.Job.NIGHTLY.word())
                .query((row, number) -> new Night(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .optional();
    }

    private Optional<LocalDate> lastClose() {
        return jdbc
                .sql("SELECT business_date, month FROM runs WHERE job = ? AND " + COMPLETED
                        + " ORDER BY business_date DESC")
                .param(Run.Job.MONTH_CLOSE.word())
                .query((row, number) -> Map.entry(row.getObject(1, LocalDate.class), YearMonth.parse(row.getString(2))))
                .list()
                .stream()
                .filter(close -> Due.monthOf(close.getKey()).equals(close.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Map<Ended, Long> completedRuns() {
        Map<Ended, Long> runs = new HashMap<>();
        jdbc.sql("SELECT job, verdict, COUNT(*) FROM runs WHERE " + COMPLETED + " GROUP BY job, verdict")
                .query((RowCallbackHandler)
                        row -> runs.put(new Ended(Run.Job.of(row.getString(1)), row.getString(2)), row.getLong(3)));
        return runs;
    }

    /** Partitions are steps of their own for Spring Batch, and work at the same time: their step says how long they took. */
    private SortedMap<String, Duration> stepDurations(long runId) {
        SortedMap<String, Duration> durations = new TreeMap<>();
        jdbc.sql("SELECT s.step_name, s.start_time, s.end_time FROM batch_step_execution s"
                        + " JOIN batch_job_execution_params p ON p.job_execution_id = s.job_execution_id"
                        + " WHERE p.parameter_name = 'runId' AND p.parameter_value = ?"
                        + " AND s.start_time IS NOT NULL AND s.end_time IS NOT NULL"
                        + " AND s.step_name NOT LIKE '%-partition%'")
                .param(Long.toString(runId))
                .query((RowCallbackHandler) row -> durations.merge(
                        row.getString(1),
                        Duration.between(row.getObject(2, LocalDateTime.class), row.getObject(3, LocalDateTime.class)),
                        Duration::plus));
        return durations;
    }
}
