package io.saldo.app.statement;

import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.Json;
import io.saldo.credit.CreditEntry;
import io.saldo.lake.usage.LateUsageReader;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Checkpoint;
import io.saldo.statement.ClosedMonth;
import io.saldo.statement.DailyBalance;
import io.saldo.statement.DecidedCharge;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementInput;
import io.saldo.statement.Statements;
import io.saldo.statement.UnusableCheckpointException;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Identity;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(StatementPartition.class);

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
            for (StatementTask task : tasks) {
                List<StatementTables.Numbered> computed = new ArrayList<>();
                List<Probe> probes = new ArrayList<>();
                try {
                    List<StatementRevision> revisions = revisions(task, configuration, events, left, computed, probes);
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

    /**
     * The statements of the only task's months, in order, each opened by the one before.
     *
     * @throws ProblemException when a proof fails or an amount is too large
     */
    public List<Statement> statements(RunConfiguration configuration) throws IOException {
        requireConfiguration(configuration);
        if (tasks.size() != 1) {
            throw new IllegalStateException(name + " is of " + tasks.size() + " accounts, not of one");
        }
        try (ShardCheckpoints none = new ShardCheckpoints(null);
                ShardEvents events = shardEvents(configuration, none)) {
            return statements(tasks.get(0), configuration, events, none);
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

    private List<ClosedMonth> closedMonths(StatementTask task, RunConfiguration configuration) throws IOException {
        return LateUsage.read(
                new LateUsageReader(
                        Path.of(lakeFolder), configuration.configuration().contextTiers()),
                task.accountId(),
                task.late(),
                month -> segments.stream()
                        .filter(each -> each.month().equals(month))
                        .flatMap(each -> each.segments().stream())
                        .map(Segment::path)
                        .toList());
    }

    private List<Statement> statements(
            StatementTask task, RunConfiguration configuration, ShardEvents events, ShardCheckpoints left)
            throws IOException {
        List<ClosedMonth> closedMonths = closedMonths(task, configuration);
        List<Statement> statements = new ArrayList<>();
        OpeningPosition opening = task.opening();
        Set<String> applied = new HashSet<>();
        for (StatementTask.Month month : task.months()) {
            Statement statement = statement(
                    task,
                    month,
                    input(
                            task,
                            month,
                            statements.isEmpty() ? closedMonths : List.of(),
                            DecidedCharges.ofMonth(task.charges(), month.month(), statements.isEmpty()),
                            opening,
                            applied,
                            configuration,
                            events.of(task.accountId(), month.month())),
                    statements.isEmpty() ? task.late() : List.of(),
                    events,
                    left);
            statements.add(statement);
            opening = statement.closing();
            applied.addAll(statement.appliedEntries());
        }
        return statements;
    }

    private List<StatementRevision> revisions(
            StatementTask task,
            RunConfiguration configuration,
            ShardEvents events,
            ShardCheckpoints left,
            List<StatementTables.Numbered> computed,
            List<Probe> probes)
            throws IOException {
        List<StatementRevision> revisions = new ArrayList<>();
        List<Statement> statements = statements(task, configuration, events, left);
        for (int index = 0; index < statements.size(); index++) {
            Statement statement = statements.get(index);
            StatementTask.Month month = task.months().get(index);
            long[] instants = probesOf(task, month, configuration);
            for (int probe = 0; probe < instants.length; probe++) {
                probes.add(new Probe(instants[probe], statement.probeBalances().get(probe)));
            }
            String result = resultSha256(statement);
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

    /**
     * Goes on from a checkpoint where there is one that holds, and leaves one at the start of the business date: usage
     * that comes a day late still finds it good.
     *
     * @param input with the events from the checkpoint on, or all
     */
    private Statement statement(
            StatementTask task,
            StatementTask.Month month,
            StatementInput input,
            List<StatementTask.LateMonth> late,
            ShardEvents events,
            ShardCheckpoints left)
            throws IOException {
        BillingZone zone = input.zone();
        long next = Math.min(zone.startOf(zone.dateOf(asOf - 1)), zone.endOf(month.month()));
        Statements.Computed computed;
        if (events.areFromACheckpointOn(task.accountId(), month.month())) {
            try {
                Checkpoint from = left.find(task, month.month(), input.opening(), input.entries(), late);
                proveRead(task, month, input.events(), from);
                computed = Statements.compute(input, from, next);
            } catch (UnusableCheckpointException | ProblemException unusable) {
                // Also where a proof failed: only what was computed whole is an account's problem.
                LOG.info(
                        "{} {} is computed whole, its checkpoint is of no use: {}",
                        task.accountId(),
                        month.month(),
                        unusable.getMessage());
                AccountEvents whole = events.whole(task.accountId(), month.month());
                proveRead(task, month, whole, null);
                computed = Statements.compute(input.with(whole), null, next);
            }
        } else {
            proveRead(task, month, input.events(), null);
            computed = Statements.compute(input, null, next);
        }
        if (computed.checkpoint() != null) {
            left.leave(computed.checkpoint(), input.opening(), input.entries(), late);
        }
        return computed.statement();
    }

    private StatementInput input(
            StatementTask task,
            StatementTask.Month month,
            List<ClosedMonth> closedMonths,
            List<DecidedCharge> charges,
            OpeningPosition opening,
            Set<String> applied,
            RunConfiguration configuration,
            AccountEvents events) {
        List<CreditEntry> entries = task.entries().stream()
                .filter(entry -> !applied.contains(entry.entryId()))
                .toList();
        return new StatementInput(
                task.accountId(),
                month.month(),
                asOf,
                configuration.configuration().settings().billingZone(),
                task.currency(),
                opening,
                events,
                entries,
                closedMonths,
                charges,
                configuration.configuration().terms().getOrDefault(task.accountId(), List.of()),
                configuration.configuration().priceBooks(),
                task.closedOn(),
                probesOf(task, month, configuration));
    }

    /** A probe at a month's last instant still sees that month. */
    private long[] probesOf(StatementTask task, StatementTask.Month month, RunConfiguration configuration) {
        BillingZone zone = configuration.configuration().settings().billingZone();
        long from = zone.startOf(month.month());
        long to = Math.min(zone.endOf(month.month()), asOf);
        return task.probes().stream()
                .mapToLong(Long::longValue)
                .filter(probe -> probe > from && probe <= to)
                .toArray();
    }

    private static void proveRead(
            StatementTask task, StatementTask.Month month, AccountEvents events, @Nullable Checkpoint from) {
        int first = 0;
        while (from != null && first < events.size() && events.occurredAt()[first] < from.at()) {
            first++;
        }
        long size = events.size() - first + (from == null ? 0 : from.events());
        BigInteger quantity = from == null ? BigInteger.ZERO : from.quantity();
        for (long[] column : events.quantities()) {
            long low = 0;
            for (int row = first; row < events.size(); row++) {
                long sum = low + column[row];
                if (sum < 0) {
                    quantity = quantity.add(BigInteger.valueOf(low));
                    sum = column[row];
                }
                low = sum;
            }
            quantity = quantity.add(BigInteger.valueOf(low));
        }
        if (size != month.events() || !quantity.equals(month.quantity())) {
            String message = task.accountId() + " " + month.month() + ": the books know " + month.events()
                    + " events with " + month.quantity() + " units, the lake has " + size + " with " + quantity;
            if (from != null) {
                throw new UnusableCheckpointException(message);
            }
            throw new ProblemException(ProblemCode.PROOF_FAILED, Place.NOWHERE, message);
        }
    }

    /**
     * The hash of what a reader sees of a statement. Days after the last movement repeat its balances, so they are left
     * out: a night on which nothing happens makes no revision.
     */
    public static String resultSha256(Statement statement) {
        List<DailyBalance> days = statement.dailyBalances();
        int size = days.size();
        while (size > 1
                && days.get(size - 1).usage().isZero()
                && days.get(size - 1).closingBalance().equals(days.get(size - 2).closingBalance())
                && days.get(size - 1).closingDebt().equals(days.get(size - 2).closingDebt())) {
            size--;
        }
        return new Identity()
                .contentId(List.of(
                        statement.accountId(),
                        statement.month().toString(),
                        statement.status().word(),
                        statement.currency().getCurrencyCode(),
                        Json.write(statement.events()),
                        Json.write(statement.totals()),
                        Json.write(statement.quantities()),
                        Json.write(statement.lines()),
                        Json.write(statement.unpriced()),
                        Json.write(statement.drawdowns()),
                        Json.write(days.subList(0, size)),
                        Json.write(statement.exhaustions()),
                        Json.write(statement.overage()),
                        Json.write(statement.unfunded()),
                        Json.write(statement.receivables()),
                        Json.write(statement.withdrawalsAfterUse()),
                        Json.write(statement.backdatedEntries()),
                        Json.write(statement.appliedEntries()),
                        Json.write(statement.fallen()),
                        Json.write(statement.counters()),
                        Json.write(statement.opening()),
                        Json.write(statement.closing())));
    }
}
