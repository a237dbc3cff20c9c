package io.saldo.app.statement;

import io.saldo.app.run.RunConfiguration;
import io.saldo.money.Amount;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One account shard of the statement step: a pure function from this description and the files that it names.
 *
 * @param name names the files that it writes
 * @param shard the account shard
 * @param asOf exclusive, in microseconds
 * @param configurationSha256 of the configuration snapshot that it is computed with
 * @param lakeFolder has the events and gets the details
 * @param segments where the events of the shard are, by month; a month without usage is left out
 * @param tasks its accounts, in the order of their ids
 * @param checkpoints what earlier runs left to go on from, and where this one leaves its own; null where every month is
 *     computed whole
 */
public record StatementPartition(
        String name,
        int shard,
        long asOf,
        String configurationSha256,
        String lakeFolder,
        List<MonthSegments> segments,
        List<StatementTask> tasks,
        @Nullable CheckpointPlace checkpoints) {
    /** Keeps copies that nobody can change, the tasks in the order in which segments hold their accounts. */
    public StatementPartition {
        segments = List.copyOf(segments);
        tasks = tasks.stream()
                .sorted(Comparator.comparing(StatementTask::accountId, TextOrder.UTF_8))
                .toList();
    }

    /**
     * The partition in a home that lies there: the books name files by their place in the home, so that one which was moved or
     * restored goes on with its own files.
     */
    public StatementPartition in(Path home) {
        return new StatementPartition(
                name,
                shard,
                asOf,
                configurationSha256,
                home.resolve(lakeFolder).toString(),
                segments,
                tasks,
                checkpoints == null ? null : checkpoints.in(home));
    }

    /**
     * The segments of a month.
     *
     * @param month the month
     * @param segments all of them
     */
    public record MonthSegments(YearMonth month, List<Segment> segments) {}

    /**
     * A usage segment.
     *
     * @param path relative to the lake
     * @param lastOccurredAt the latest instant in it, in microseconds
     */
    public record Segment(String path, long lastOccurredAt) {}

    /**
     * What the partition made.
     *
     * @param shard the account shard
     * @param accounts one for each task
     * @param files statement details, to be listed in the books
     */
    public record Manifest(int shard, List<AccountResult> accounts, List<StatementTables.Stored> files) {}

    /**
     * What became of one account.
     *
     * @param revisions results that differ from the latest ones
     * @param probes our balances at the instants asked for
     * @param problemCode why there is no new result; empty where there is
     * @param problemMessage the same as a sentence
     */
    public record AccountResult(
            String accountId,
            String dependencySha256,
            List<StatementRevision> revisions,
            List<Probe> probes,
            String problemCode,
            String problemMessage) {}

    /** Our balance at an instant in microseconds. */
    public record Probe(long asOf, Amount balance) {}

    /**
     * Reads, computes, proves, writes. A task that fails holds up its account alone.
     *
     * @param configuration loaded once by whoever works on the partitions of a run
     */
    public Manifest run(RunConfiguration configuration) throws IOException {
        requireConfiguration(configuration);
        List<AccountResult> accounts = new ArrayList<>();
        try (ShardCheckpoints left = new ShardCheckpoints(checkpoints);
                ShardEvents events = shardEvents(configuration, left);
                StatementTables tables = new StatementTables(Path.of(lakeFolder), name, shard)) {
            ShardStatements statements = new ShardStatements(this, configuration, events, left);
            for (StatementTask task : tasks) {
                List<StatementTables.Numbered> computed = new ArrayList<>();
                List<Probe> probes = new ArrayList<>();
                try {
                    List<StatementRevision> revisions = revisions(task, statements, computed, probes);
                    for (StatementTables.Numbered each : computed) {
                        tables.add(each);
                    }
                    accounts.add(
                            new AccountResult(task.accountId(), task.dependencySha256(), revisions, probes, "", ""));
                } catch (ProblemException problem) {
                    accounts.add(new AccountResult(
                            task.accountId(),
                            "",
                            List.of(),
                            List.of(),
                            problem.problems().get(0).code().id(),
                            problem.problems().get(0).toString()));
                }
            }
            left.commit(configuration
                    .configuration()
                    .settings()
                    .billingZone()
                    .monthOf(asOf - 1)
                    .minusMonths(1));
            return new Manifest(shard, accounts, tables.commit());
        }
    }

    /** Takes what came of a task. */
    public interface Computed {
        /** Takes the statements of its months, in order, each opened by the one before. */
        void statements(StatementTask task, List<Statement> statements);

        /** Takes why there are none: a proof failed, or an amount is too large. */
        void problem(StatementTask task, ProblemException problem);
    }

    /** Computes the statements of all tasks whole, one task after the other, and writes nothing. */
    public void compute(RunConfiguration configuration, Computed computed) throws IOException {
        requireConfiguration(configuration);
        try (ShardCheckpoints none = new ShardCheckpoints(null);
                ShardEvents events = shardEvents(configuration, none)) {
            ShardStatements shard = new ShardStatements(this, configuration, events, none);
            for (StatementTask task : tasks) {
                List<Statement> statements;
                try {
                    statements = shard.of(task);
                } catch (ProblemException problem) {
                    computed.problem(task, problem);
                    continue;
                }
                computed.statements(task, statements);
            }
        }
    }

    private void requireConfiguration(RunConfiguration configuration) {
        if (!configuration.snapshot().sha256().equals(configurationSha256)) {
            throw new IllegalArgumentException(name + " belongs to another configuration");
        }
    }

    private ShardEvents shardEvents(RunConfiguration configuration, ShardCheckpoints left) {
        Map<String, Map<YearMonth, Long>> starts = new HashMap<>();
        tasks.forEach(task -> starts.put(task.accountId(), left.starts(task, asOf)));
        return new ShardEvents(
                Path.of(lakeFolder),
                configuration.configuration().contextTiers(),
                segments,
                tasks.stream().map(StatementTask::accountId).toList(),
                starts);
    }

    private List<StatementRevision> revisions(
            StatementTask task,
            ShardStatements shardStatements,
            List<StatementTables.Numbered> computed,
            List<Probe> probes)
            throws IOException {
        List<StatementRevision> revisions = new ArrayList<>();
        List<Statement> statements = shardStatements.of(task);
        for (int index = 0; index < statements.size(); index++) {
            Statement statement = statements.get(index);
            StatementTask.Month month = task.months().get(index);
            long[] instants = shardStatements.probesOf(task, month);
            for (int probe = 0; probe < instants.length; probe++) {
                probes.add(new Probe(instants[probe], statement.probeBalances().get(probe)));
            }
            String result = StatementRevision.resultSha256(statement);
            // Usage that was moved away leaves nothing, which must replace what there was.
            boolean matters = statement.exists() || month.revision() > 0;
            if (matters && !result.equals(month.resultSha256())) {
                int revision = month.revision() + 1;
                computed.add(new StatementTables.Numbered(statement, revision));
                revisions.add(new StatementRevision(
                        task.accountId(),
                        month.month().toString(),
                        revision,
                        shard,
                        statement.asOf(),
                        statement.status(),
                        statement.currency().getCurrencyCode(),
                        result,
                        task.dependencySha256(),
                        statement.events().total(),
                        statement.unpricedQuantity(),
                        statement.totals(),
                        StatementFacts.of(statement)));
            }
        }
        return revisions;
    }
}
