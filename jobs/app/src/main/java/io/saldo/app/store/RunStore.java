package io.saldo.app.store;

import io.saldo.app.run.Run;
import io.saldo.usage.TextOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Runs and the configuration that each of them fixed. */
@Repository
public class RunStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public RunStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The id that the next run gets. */
    public long nextId() {
        return jdbc.sql("SELECT COALESCE(MAX(run_id), 0) + 1 FROM runs")
                .query(Long.class)
                .single();
    }

    /** Enters a run with its configuration files. */
    public void add(Run run, Instant startedAt, Map<String, byte[]> files, Map<String, String> hashes) {
        jdbc.sql(
                        "INSERT INTO runs (run_id, job, business_date, month, as_of, configuration_sha256, program_version, waivers, last_decision, status, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        run.id(),
                        run.job().word(),
                        run.businessDate(),
                        run.month().toString(),
                        run.asOf(),
                        run.configurationSha256(),
                        run.programVersion(),
                        String.join("\n", run.waivers()),
                        run.lastDecision(),
                        run.status().name(),
                        OffsetDateTime.ofInstant(startedAt, ZoneOffset.UTC))
                .update();
        files.forEach((name, content) -> {
            String sha256 = hashes.getOrDefault(name, "");
            boolean known = jdbc.sql("SELECT COUNT(*) FROM reference_version WHERE sha256 = ?")
                            .param(sha256)
                            .query(Long.class)
                            .single()
                    > 0;
            if (!known) {
                jdbc.sql("INSERT INTO reference_version (sha256, content) VALUES (?, ?)")
                        .params(sha256, Base64.getEncoder().encodeToString(content))
                        .update();
            }
            jdbc.sql("INSERT INTO run_reference (run_id, file_name, sha256) VALUES (?, ?, ?)")
                    .params(run.id(), name, sha256)
                    .update();
        });
    }

    /** The configuration files that the run fixed. */
    public SortedMap<String, byte[]> configuration(long runId) {
        return configuration(runId, "");
    }

    /** The configuration files that the run fixed and whose names begin so. */
    public SortedMap<String, byte[]> configuration(long runId, String beginning) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        jdbc.sql(
                        "SELECT r.file_name, v.content FROM run_reference r JOIN reference_version v ON v.sha256 = r.sha256 WHERE r.run_id = ? AND r.file_name LIKE ?")
                .params(runId, beginning + "%")
                .query((row, number) -> Map.entry(
                        row.getString(1),
                        Base64.getDecoder().decode(row.getString(2).getBytes(StandardCharsets.US_ASCII))))
                .list()
                .forEach(entry -> files.put(entry.getKey(), entry.getValue()));
        return files;
    }

    /**
     * A configuration file as a run used it.
     *
     * @param file its name in the configuration folder
     * @param sha256 of its bytes
     * @param firstRun the first run that used these bytes under this name
     * @param runs how many runs did
     */
    public record Reference(String file, String sha256, long firstRun, long runs) {}

    /** The hashes of the files of configuration that the run fixed, by name. */
    public SortedMap<String, String> fileHashes(long runId) {
        SortedMap<String, String> hashes = new TreeMap<>();
        jdbc.sql("SELECT file_name, sha256 FROM run_reference WHERE run_id = ?")
                .param(runId)
                .query((RowCallbackHandler) row -> hashes.put(row.getString(1), row.getString(2)));
        return hashes;
    }

    /** The versions of the configuration files that the run fixed, by name. */
    public List<Reference> references(long runId) {
        return jdbc
                .sql(
                        "SELECT r.file_name, r.sha256, MIN(o.run_id), COUNT(o.run_id) FROM run_reference r JOIN run_reference o ON o.file_name = r.file_name AND o.sha256 = r.sha256 WHERE r.run_id = ? GROUP BY r.file_name, r.sha256")
                .param(runId)
                .query((row, number) ->
                        new Reference(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list()
                .stream()
                .sorted(Comparator.comparing(Reference::file, TextOrder.UTF_8))
                .toList();
    }

    /** Ends a run. */
    public void end(long runId, Run.Status status, String verdict, Instant endedAt) {
        jdbc.sql("UPDATE runs SET status = ?, verdict = ?, ended_at = ? WHERE run_id = ?")
                .params(status.name(), verdict, OffsetDateTime.ofInstant(endedAt, ZoneOffset.UTC), runId)
                .update();
    }

    /** The run with that id. */
    public Optional<Run> find(long runId) {
        return jdbc.sql("SELECT * FROM runs WHERE run_id = ?")
                .param(runId)
                .query(RunStore::run)
                .optional();
    }

    /** Runs that started and did not end well, oldest first. */
    public List<Run> unfinished() {
        return jdbc.sql("SELECT * FROM runs WHERE status <> 'COMPLETED' ORDER BY run_id")
                .query(RunStore::run)
                .list();
    }

    /**
     * The latest run of each combination of versions of the configuration files whose names begin so, newest first, up to that
     * run.
     */
    public List<Long> lastWithEachVersion(List<String> fileNames, long upToRun, int limit) {
        Map<Long, StringBuilder> versions = new TreeMap<>(Comparator.reverseOrder());
        jdbc.sql("SELECT run_id, file_name, sha256 FROM run_reference WHERE run_id <= ? ORDER BY run_id, file_name")
                .param(upToRun)
                .query((RowCallbackHandler) row -> {
                    if (fileNames.stream().anyMatch(row.getString(2)::startsWith)) {
                        versions.computeIfAbsent(row.getLong(1), run -> new StringBuilder())
                                .append(row.getString(2))
                                .append('=')
                                .append(row.getString(3))
                                .append('\n');
                    }
                });
        Set<String> seen = new HashSet<>();
        return versions.entrySet().stream()
                .filter(each -> seen.add(each.getValue().toString()))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    /** The latest runs, newest first. */
    public List<Run> latest(int limit) {
        return jdbc.sql("SELECT * FROM runs ORDER BY run_id DESC FETCH FIRST ? ROWS ONLY")
                .param(limit)
                .query(RunStore::run)
                .list();
    }

    /** The verdict that a run ended with; empty while it has none. */
    public String verdict(long runId) {
        return jdbc.sql("SELECT COALESCE(verdict, '') FROM runs WHERE run_id = ?")
                .param(runId)
                .query(String.class)
                .single();
    }

    /** The latest business date of a completed night. */
    public Optional<LocalDate> lastNight() {
        return jdbc.sql(
                        "SELECT * FROM runs WHERE job = 'nightly' AND status = 'COMPLETED' ORDER BY run_id DESC FETCH FIRST 1 ROWS ONLY")
                .query(RunStore::run)
                .optional()
                .map(Run::businessDate);
    }

    /** The last completed night before that run of which the business date is an earlier one. */
    public Optional<Run> nightOfEarlierDate(Run run) {
        return jdbc.sql(
                        "SELECT * FROM runs WHERE job = 'nightly' AND status = 'COMPLETED' AND run_id < ? AND business_date < ? ORDER BY run_id DESC FETCH FIRST 1 ROWS ONLY")
                .params(run.id(), run.businessDate())
                .query(RunStore::run)
                .optional();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        String waivers = row.getString("waivers");
        return new Run(
                row.getLong("run_id"),
                Run.Job.of(row.getString("job")),
                row.getObject("business_date", LocalDate.class),
                YearMonth.parse(row.getString("month")),
                row.getLong("as_of"),
                row.getString("configuration_sha256"),
                row.getString("program_version"),
                waivers == null || waivers.isEmpty() ? List.of() : List.of(waivers.split("\n")),
                row.getLong("last_decision"),
                Run.Status.valueOf(row.getString("status")));
    }
}
