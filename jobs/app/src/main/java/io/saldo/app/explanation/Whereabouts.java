package io.saldo.app.explanation;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ReassignmentStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.app.store.UsageConflictStore;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.StoredEvent;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Where an event is that a statement does not have. */
@Component
public class Whereabouts {
    private final RunStore runs;
    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final UsageConflictStore usageConflicts;
    private final LakeStore lake;
    private final ReassignmentStore reassignments;
    private final StatementStore statements;

    /** Over the books. */
    public Whereabouts(
            RunStore runs,
            DeliveryStore deliveries,
            UntakenStore untaken,
            UsageConflictStore usageConflicts,
            LakeStore lake,
            ReassignmentStore reassignments,
            StatementStore statements) {
        this.runs = runs;
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.usageConflicts = usageConflicts;
        this.lake = lake;
        this.reassignments = reassignments;
        this.statements = statements;
    }

    /**
     * Sentences about every place where the event is, the most telling first; none where nobody knows it. It reads the
     * whole lake, which may take a while.
     *
     * @param lastRun the run whose knowledge the statement is; what came later is told as such
     */
    public List<String> of(Home home, String accountId, String month, String eventId, long lastRun) throws IOException {
        Set<String> told = new LinkedHashSet<>();
        for (ReassignmentStore.Decision each : reassignments.all()) {
            if (each.eventId().equals(eventId)) {
                told.add("it was reassigned from " + each.fromAccountId() + " to " + each.toAccountId() + " in "
                        + each.month() + ": " + each.reason());
            }
        }
        accepted(home, accountId, month, eventId, lastRun, told);
        for (UsageConflictStore.Conflict each : usageConflicts.ofEvent(eventId)) {
            told.add(deliveries.get(each.deliveryId()).place() + ":" + each.line()
                    + " has it with other content than "
                    + deliveries.get(each.firstDeliveryId()).place() + ":"
                    + each.firstLine() + ", which stands");
        }
        for (Delivery delivery : deliveries.all()) {
            untaken(home, delivery, eventId, told);
        }
        return List.copyOf(told);
    }

    private void accepted(Home home, String accountId, String month, String eventId, long lastRun, Set<String> told)
            throws IOException {
        TreeMap<String, List<String>> months = new TreeMap<>();
        for (UsageSegment segment : lake.segments()) {
            months.computeIfAbsent(segment.month(), each -> new ArrayList<>()).add(segment.path());
        }
        for (String each : months.keySet()) {
            for (StoredEvent row : StoredEvent.find(home.lake(), months.getOrDefault(each, List.of()), eventId)) {
                String owner = row.columns().text(Dimensions.ACCOUNT_ID);
                Delivery delivery = deliveries.get(row.delivery());
                String place = delivery.place() + ":" + row.columns().line();
                if (row.columns().events() < 0) {
                    continue;
                }
                if (owner.equals(accountId) && each.equals(month)) {
                    if (row.run() > lastRun) {
                        told.add(place + " brought it with run " + row.run() + ", after this revision"
                                + lateIn(accountId, YearMonth.parse(month), row.run()));
                    }
                } else {
                    told.add("it is usage of " + owner + " in " + each + ", from " + place);
                }
            }
        }
    }

    /** The first later statement that has late usage of that month, of a run that knew the row. */
    private String lateIn(String accountId, YearMonth month, long run) {
        for (String later : statements.months(accountId)) {
            Optional<StatementRevision> revision = statements.latest(accountId, later);
            if (YearMonth.parse(later).isAfter(month)
                    && revision.isPresent()
                    && statements.runOf(revision.get()) >= run
                    && revision.get().facts().counters().stream()
                            .anyMatch(counters -> counters.month().equals(month))) {
                return "; see the statement of " + later + " for late usage";
            }
        }
        return "";
    }

    private void untaken(Home home, Delivery delivery, String eventId, Set<String> told) throws IOException {
        List<String> rejected = untaken.rejectedFiles(delivery.id());
        List<String> held = untaken.heldFiles(delivery.id());
        if (rejected.isEmpty() && held.isEmpty()) {
            return;
        }
        Source source = RunConfiguration.of(runs.find(delivery.runId()).orElseThrow(), runs)
                .configuration()
                .sources()
                .get(delivery.source());
        SourceFormat format = source == null ? null : source.usage();
        if (format == null) {
            return;
        }
        for (String path : rejected) {
            each(
                    home,
                    delivery,
                    path,
                    format,
                    eventId,
                    "was rejected, see: saldo deliveries show " + delivery.id(),
                    told);
        }
        for (String path : held) {
            each(home, delivery, path, format, eventId, "is held until its account or API key is known", told);
        }
    }

    private static void each(
            Home home,
            Delivery delivery,
            String path,
            SourceFormat format,
            String eventId,
            String what,
            Set<String> told)
            throws IOException {
        try (RawLog log = RawLog.openHeld(home.lake().resolve(path), format.layout())) {
            while (log.next()) {
                boolean has = log.malformation() == null
                        ? log.text(UsageColumn.EVENT_ID).equals(eventId)
                        : new String(log.rawBytes(), StandardCharsets.UTF_8).contains(eventId);
                if (has) {
                    told.add(delivery.place() + ":" + log.line() + " " + what);
                }
            }
        }
    }
}
