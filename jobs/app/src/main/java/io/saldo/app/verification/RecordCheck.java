package io.saldo.app.verification;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.BroughtUsage;
import io.saldo.app.store.VerificationStore.ListedFile;
import io.saldo.app.store.VerificationStore.MonthShard;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.table.TableSchema;
import io.saldo.lake.usage.SegmentCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts the rows of the lake again: what came for each account-month, and where each record of a delivery is. */
@Component
public class RecordCheck {
    private final VerificationStore books;
    private final DeliveryStore deliveries;
    private final OutcomeStore outcomes;

    /** Over the books. */
    public RecordCheck(VerificationStore books, DeliveryStore deliveries, OutcomeStore outcomes) {
        this.books = books;
        this.deliveries = deliveries;
        this.outcomes = outcomes;
    }

    /** What was counted of deliveries, by delivery. */
    private static final class Tally {
        private final Map<Long, Long> records = new HashMap<>();
        private final Map<Long, Long> notBillable = new HashMap<>();

        synchronized void add(SegmentCounts counts) {
            for (SegmentCounts.OfDelivery each : counts.ofDeliveries()) {
                records.merge(each.delivery(), each.records(), Long::sum);
                notBillable.merge(each.delivery(), each.notBillable(), Long::sum);
            }
        }

        synchronized void add(Map<Long, Long> rows) {
            rows.forEach((delivery, count) -> records.merge(delivery, count, Long::sum));
        }

        long of(long delivery) {
            return records.getOrDefault(delivery, 0L);
        }

        long notBillable(long delivery) {
            return notBillable.getOrDefault(delivery, 0L);
        }
    }

    /**
     * Proves usage, and where it is the whole lake, deliveries too.
     *
     * @param files of the lake that retention did not drop
     * @param damaged files that cannot be read
     */
    void prove(
            Home home,
            List<ListedFile> files,
            Set<String> damaged,
            Scope scope,
            int shardOfAccount,
            Protocol protocol,
            Provers provers)
            throws IOException {
        Tally accepted = new Tally();
        Map<MonthShard, List<ListedFile>> segments =
                new TreeMap<>(Comparator.comparing(MonthShard::month).thenComparingInt(MonthShard::shard));
        books.usageShards().forEach(place -> segments.put(place, new ArrayList<>()));
        for (ListedFile each : files) {
            if (each.kind().equals("usage")) {
                segments.computeIfAbsent(place(each.path()), place -> new ArrayList<>())
                        .add(each);
            }
        }
        List<Provers.Proof> proofs = new ArrayList<>();
        segments.forEach((place, listed) -> {
            if (scope.has(place.month()) && (scope.accountId() == null || place.shard() == shardOfAccount)) {
                proofs.add(() -> usage(home, place, listed, damaged, scope, accepted, protocol));
            }
        });
        provers.run(Check.USAGE, proofs);
        if (!scope.isWhole()) {
            return;
        }
        if (!damaged.isEmpty()) {
            protocol.note(
                    Check.DELIVERIES, "deliveries are not counted again: " + damaged.size() + " files are damaged");
            return;
        }
        deliveries(home, files, accepted, protocol, provers);
    }

    /** {@code FOLDER/month=YYYY-MM/shard=NN/NAME}. */
    static MonthShard place(String path) {
        String[] parts = path.split("/");
        return new MonthShard(
                parts[1].substring("month=".length()), Integer.parseInt(parts[2].substring("shard=".length())));
    }

    private void usage(
            Home home,
            MonthShard place,
            List<ListedFile> listed,
            Set<String> damaged,
            Scope scope,
            Tally accepted,
            Protocol protocol)
            throws IOException {
        SegmentCounts counts = new SegmentCounts();
        for (ListedFile each : listed) {
            if (damaged.contains(each.path())) {
                protocol.note(
                        Check.USAGE,
                        "usage of " + place.month() + ", shard " + place.shard() + ", is not counted again: lake/"
                                + each.path() + " is damaged");
                return;
            }
            protocol.compare(
                    Check.USAGE, "lake/" + each.path(), "rows", each.records(), counts.add(home.lake(), each.path()));
        }
        accepted.add(counts);
        Map<String, Map<Long, BroughtUsage>> expected = books.brought(place);
        for (SegmentCounts.OfAccount each : counts.ofAccounts()) {
            Map<Long, BroughtUsage> ofAccount = expected.computeIfAbsent(each.accountId(), account -> new TreeMap<>());
            BroughtUsage known = ofAccount.remove(each.run());
            BroughtUsage found = new BroughtUsage(
                    each.accountId(), each.run(), each.events(), each.restated(), each.notBillable(), each.quantity());
            if (inScope(scope, each.accountId())) {
                protocol.compare(Check.USAGE, placeOf(found, place), "", told(known), told(found));
            }
        }
        expected.values().forEach(runs -> runs.values().forEach(known -> {
            if (inScope(scope, known.accountId())) {
                protocol.fail(Check.USAGE, placeOf(known, place), "", told(known), "nothing");
            }
        }));
    }

    private static boolean inScope(Scope scope, String accountId) {
        return scope.accountId() == null || scope.accountId().equals(accountId);
    }

    private static String placeOf(BroughtUsage usage, MonthShard place) {
        return "usage of " + usage.accountId() + " of " + place.month() + " from run " + usage.run();
    }

    private static String told(@Nullable BroughtUsage usage) {
        return usage == null
                ? "nothing"
                : usage.events() + " events (" + usage.notBillable() + " not billable), " + usage.restated()
                        + " restated, " + usage.quantity() + " units";
    }

    private void deliveries(Home home, List<ListedFile> files, Tally accepted, Protocol protocol, Provers provers)
            throws IOException {
        Tally repeated = new Tally();
        Tally conflicts = new Tally();
        Tally rejected = new Tally();
        Tally held = new Tally();
        List<Provers.Proof> proofs = new ArrayList<>();
        for (ListedFile each : files) {
            switch (each.kind()) {
                case GatherManifest.REPEATS ->
                    proofs.add(() -> {
                        SegmentCounts counts = new SegmentCounts();
                        counts.add(home.lake(), each.path());
                        repeated.add(counts);
                    });
                case "conflicts" -> proofs.add(() -> conflicts.add(rows(home, each, GatherManifest.CONFLICTS)));
                case "rejected" -> proofs.add(() -> rejected.add(rows(home, each, UntakenRecords.SCHEMA)));
                case "held" -> proofs.add(() -> held.add(rows(home, each, UntakenRecords.SCHEMA)));
                default -> {}
            }
        }
        provers.run(Check.DELIVERIES, proofs);
        rejected.add(books.droppedRejections());
        held.add(books.heldEntries());
        accepted.add(books.entered());
        Map<Long, Long> knownConflicts = books.conflicts();
        for (Delivery each : deliveries.all()) {
            long id = each.id();
            if (!outcomes.isCounted(id)) {
                continue;
            }
            DeliveryCounts counts = outcomes.counts(id);
            long conflict = knownConflicts.getOrDefault(id, 0L);
            // Of feeds nothing is kept of a record that repeats another: the books' count of it stands alone.
            boolean isUsage = Source.Profile.of(each.profile()).isUsage();
            long duplicate = isUsage ? repeated.of(id) - conflict : counts.duplicate();
            DeliveryCounts found = new DeliveryCounts(
                    accepted.of(id) + duplicate + conflict + rejected.of(id) + held.of(id),
                    accepted.of(id),
                    duplicate,
                    conflict,
                    rejected.of(id),
                    held.of(id),
                    accepted.notBillable(id),
                    counts.inputTokens(),
                    counts.outputTokens());
            boolean same = protocol.compare(
                    Check.DELIVERIES, each.place() + " (delivery " + id + ")", "", told(counts), told(found));
            if (same && isUsage && conflicts.of(id) != conflict) {
                protocol.fail(
                        Check.DELIVERIES,
                        each.place() + " (delivery " + id + ")",
                        "conflicts in the lake",
                        conflict,
                        conflicts.of(id));
            }
        }
    }

    private static String told(DeliveryCounts counts) {
        return counts.records() + " records (" + counts.accepted() + " accepted, " + counts.duplicate()
                + " duplicate, " + counts.conflict() + " conflict, " + counts.rejected() + " rejected, "
                + counts.held() + " held), " + counts.notBillable() + " not billable";
    }

    /** How many rows of a table are of each delivery, which its first column names. */
    private static Map<Long, Long> rows(Home home, ListedFile file, TableSchema schema) throws IOException {
        Map<Long, Long> rows = new HashMap<>();
        TableSchema first = new TableSchema(schema.name(), schema.columns().subList(0, 1));
        try (TableReader reader = TableReader.open(home.lake().resolve(file.path()), first)) {
            for (List<@Nullable Object> row = reader.next(); row != null; row = reader.next()) {
                rows.merge((Long) Objects.requireNonNull(row.get(0)), 1L, Long::sum);
            }
        }
        return rows;
    }
}
