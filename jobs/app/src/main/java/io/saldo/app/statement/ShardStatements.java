package io.saldo.app.statement;

import io.saldo.app.run.RunConfiguration;
import io.saldo.credit.CreditEntry;
import io.saldo.lake.usage.LateUsageReader;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Checkpoint;
import io.saldo.statement.ClosedMonth;
import io.saldo.statement.DecidedCharge;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementInput;
import io.saldo.statement.Statements;
import io.saldo.statement.UnusableCheckpointException;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes the statements of a shard's accounts from its segments, and goes on from checkpoints where they hold. */
final class ShardStatements {
    private static final Logger LOG = LoggerFactory.getLogger(ShardStatements.class);

    private final StatementPartition partition;
    private final RunConfiguration configuration;
    private final ShardEvents events;
    private final ShardCheckpoints checkpoints;

    /** Of that partition; the caller closes events and checkpoints. */
    ShardStatements(
            StatementPartition partition,
            RunConfiguration configuration,
            ShardEvents events,
            ShardCheckpoints checkpoints) {
        this.partition = partition;
        this.configuration = configuration;
        this.events = events;
        this.checkpoints = checkpoints;
    }

    /**
     * The statements of an account's open months, in order, each opened by the one before.
     *
     * @throws ProblemException when a proof fails or an amount is too large
     */
    List<Statement> of(StatementTask task) throws IOException {
        List<ClosedMonth> closedMonths = closedMonths(task);
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
                            events.of(task.accountId(), month.month())),
                    statements.isEmpty() ? task.late() : List.of());
            statements.add(statement);
            opening = statement.closing();
            applied.addAll(statement.appliedEntries());
        }
        return statements;
    }

    private List<ClosedMonth> closedMonths(StatementTask task) throws IOException {
        return LateUsage.read(
                new LateUsageReader(
                        Path.of(partition.lakeFolder()),
                        configuration.configuration().contextTiers()),
                task.accountId(),
                task.late(),
                month -> partition.segments().stream()
                        .filter(each -> each.month().equals(month))
                        .flatMap(each -> each.segments().stream())
                        .map(StatementPartition.Segment::path)
                        .toList());
    }

    /**
     * Goes on from a checkpoint where there is one that holds, and leaves one at the start of the business date: usage
     * that comes a day late still finds it good.
     *
     * @param input with the events from the checkpoint on, or all
     */
    private Statement statement(
            StatementTask task, StatementTask.Month month, StatementInput input, List<StatementTask.LateMonth> late)
            throws IOException {
        BillingZone zone = input.zone();
        long next = Math.min(zone.startOf(zone.dateOf(partition.asOf() - 1)), zone.endOf(month.month()));
        Statements.Computed computed;
        if (events.areFromACheckpointOn(task.accountId(), month.month())) {
            try {
                Checkpoint from = checkpoints.find(task, month.month(), input.opening(), input.entries(), late);
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
            checkpoints.leave(computed.checkpoint(), input.opening(), input.entries(), late);
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
            AccountEvents events) {
        List<CreditEntry> entries = task.entries().stream()
                .filter(entry -> !applied.contains(entry.entryId()))
                .toList();
        return new StatementInput(
                task.accountId(),
                month.month(),
                partition.asOf(),
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
                probesOf(task, month));
    }

    /** The instants of the month at which our balance is asked for; one at its last instant still sees that month. */
    long[] probesOf(StatementTask task, StatementTask.Month month) {
        BillingZone zone = configuration.configuration().settings().billingZone();
        long from = zone.startOf(month.month());
        long to = Math.min(zone.endOf(month.month()), partition.asOf());
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
}
