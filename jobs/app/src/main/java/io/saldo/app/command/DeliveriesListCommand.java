package io.saldo.app.command;

import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.InboxStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists delivered files with what became of them. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists deliveries, oldest first, with what became of their records.",
            "States: taken; not-taken (refused as a whole, nothing of it counts); repeated (skipped, its content is"
                    + " known); waiting (the last night left it in the inbox); unfinished (its run was"
                    + " interrupted: saldo resume).",
            "Example: saldo deliveries list --from 2026-10-01 --state rejected"
        })
final class DeliveriesListCommand implements Callable<Integer> {
    @ParentCommand
    DeliveriesCommand parent = new DeliveriesCommand();

    @Mixin
    DeliveryFilter filter = new DeliveryFilter();

    @Option(names = "--to", paramLabel = "YYYY-MM-DD", description = "Only files of nights before this one.")
    @Nullable
    LocalDate to;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only files in this state, or taken with such records: rejected, held, conflict.")
    @Nullable
    String state;

    @Override
    public Integer call() throws IOException {
        DeliveryState wanted = state == null ? null : DeliveryState.of(state);
        try (Session session = parent.saldo.open()) {
            Table table = new Table(
                    "id",
                    "night",
                    "source",
                    "file",
                    "state",
                    "records",
                    "accepted",
                    "duplicate",
                    "conflict",
                    "rejected",
                    "held",
                    "note");
            for (Row row : rows(session)) {
                if (filter.accepts(row.source(), row.night())
                        && (to == null || row.night().isBefore(to))
                        && (wanted == null || row.is(wanted))) {
                    DeliveryCounts counts = row.counts();
                    table.row(
                            row.id(),
                            row.night(),
                            row.source(),
                            row.file(),
                            row.state().word(),
                            counts.records(),
                            counts.accepted(),
                            counts.duplicate(),
                            counts.conflict(),
                            counts.rejected(),
                            counts.held(),
                            row.note());
                }
            }
            table.print(parent.saldo);
            return ExitCode.DONE;
        }
    }

    private static List<Row> rows(Session session) {
        DeliveryStore deliveries = session.get(DeliveryStore.class);
        InboxStore inbox = session.get(InboxStore.class);
        OutcomeStore outcomes = session.get(OutcomeStore.class);
        List<Row> rows = new ArrayList<>();
        for (Delivery each : deliveries.all()) {
            rows.add(new Row(
                    each.runId(),
                    Long.toString(each.id()),
                    each.night(),
                    each.source(),
                    each.fileName(),
                    DeliveriesCommand.state(session, each),
                    outcomes.counts(each.id()),
                    deliveries
                            .refusal(each.id())
                            .map(DeliveryStore.Refusal::text)
                            .orElse("")));
        }
        for (InboxStore.Repeat each : inbox.allRepeats()) {
            rows.add(new Row(
                    each.runId(),
                    "",
                    each.night(),
                    each.source(),
                    each.fileName(),
                    DeliveryState.REPEATED,
                    DeliveryCounts.NONE,
                    "same content as " + each.deliveryId() + " "
                            + deliveries.get(each.deliveryId()).place()));
        }
        for (InboxStore.Waiting each : DeliveriesCommand.waiting(session)) {
            rows.add(new Row(
                    each.runId(),
                    "",
                    each.night(),
                    each.source(),
                    each.fileName(),
                    DeliveryState.WAITING,
                    DeliveryCounts.NONE,
                    each.reason()));
        }
        rows.sort(Comparator.comparingLong(Row::runId)
                .thenComparing(Row::source, TextOrder.UTF_8)
                .thenComparing(Row::file, TextOrder.UTF_8));
        return rows;
    }

    /** One line of the list. */
    private record Row(
            long runId,
            String id,
            LocalDate night,
            String source,
            String file,
            DeliveryState state,
            DeliveryCounts counts,
            String note) {
        private boolean is(DeliveryState wanted) {
            return switch (wanted) {
                case REJECTED -> counts.rejected() > 0;
                case HELD -> counts.held() > 0;
                case CONFLICT -> counts.conflict() > 0;
                default -> state == wanted;
            };
        }
    }
}
