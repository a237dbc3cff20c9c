package io.saldo.app.command;

import io.saldo.app.home.Home;
import io.saldo.app.intake.Redelivery;
import io.saldo.app.run.Run;
import io.saldo.app.store.ControlFigures;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.Json;
import io.saldo.app.store.RunStore;
import io.saldo.documents.csv.CsvText;
import io.saldo.lake.source.RecordLayout;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deliveries as an operator sees them. */
@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what became of each delivered file, and writes rejected records back to be corrected.",
            "A delivery is one file of a source. Each of its records is in exactly one place: accepted, duplicate,"
                    + " conflict, rejected or held."
        },
        subcommands = {
            DeliveriesCommand.ListCommand.class,
            DeliveriesCommand.ShowCommand.class,
            DeliveriesCommand.RejectedCommand.class
        })
final class DeliveriesCommand implements Runnable {
    private static final int CONFLICTS_SHOWN = 20;

    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "name what to do: list, show or rejected");
    }

    /** What became of a file as a whole, or of some of its records. */
    enum State {
        /** Its records were taken. */
        TAKEN,
        /** It was refused as a whole. */
        NOT_TAKEN,
        /** It was skipped: its content is known. */
        REPEATED,
        /** It lay in the inbox when the last night looked, and stayed there. */
        WAITING,
        /** Its run was interrupted. */
        UNFINISHED,
        /** Taken, but for records that were rejected. */
        REJECTED,
        /** Taken, with records that are held. */
        HELD,
        /** Taken, with records that contradict others. */
        CONFLICT;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static State of(String word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return state;
                }
            }
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    "--state is \"" + Table.printable(word) + "\": it is one of "
                            + Stream.of(values()).map(State::word).collect(Collectors.joining(", ")));
        }
    }

    /** Which files. */
    static final class Filter {
        @Option(names = "--source", paramLabel = "SOURCE", description = "Only files of this source.")
        @Nullable
        String source;

        @Option(names = "--night", paramLabel = "YYYY-MM-DD", description = "Only files that this night met.")
        @Nullable
        LocalDate night;

        @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "Only files of this night and later ones.")
        @Nullable
        LocalDate from;

        boolean accepts(String source, LocalDate night) {
            return (this.source == null || this.source.equals(source))
                    && (this.night == null || this.night.equals(night))
                    && (from == null || !night.isBefore(from));
        }
    }

    /** One line of the list. */
    private record Row(
            long runId,
            String id,
            LocalDate night,
            String source,
            String file,
            State state,
            DeliveryCounts counts,
            String note) {
        private boolean is(State wanted) {
            return switch (wanted) {
                case REJECTED -> counts.rejected() > 0;
                case HELD -> counts.held() > 0;
                case CONFLICT -> counts.conflict() > 0;
                default -> state == wanted;
            };
        }
    }

    private static State state(DeliveryStore deliveries, Delivery delivery) {
        return deliveries.refusal(delivery.id()).isPresent()
                ? State.NOT_TAKEN
                : deliveries.isCounted(delivery.id()) ? State.TAKEN : State.UNFINISHED;
    }

    /** What the last night left in the inbox. */
    private static List<DeliveryStore.Waiting> waiting(Session session) {
        return session.get(RunStore.class).latest(Integer.MAX_VALUE).stream()
                .filter(run -> run.job() == Run.Job.NIGHTLY)
                .findFirst()
                .map(run -> session.get(DeliveryStore.class).waiting(run.id()))
                .orElse(List.of());
    }

    /**
     * The delivery with that id, or of that source and name; a file that only repeated another is that other.
     *
     * @throws ProblemException when there is none, or several have the name
     */
    private static Delivery find(Session session, String name) {
        DeliveryStore deliveries = session.get(DeliveryStore.class);
        String shown = Table.printable(name);
        int slash = name.indexOf('/');
        if (slash < 0) {
            Optional<Delivery> found =
                    name.matches("[0-9]{1,18}") ? deliveries.find(Long.parseLong(name)) : Optional.empty();
            return found.orElseThrow(() -> new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.NOWHERE,
                    "no delivery " + shown + ": name it as 'deliveries list' does, by its id or as SOURCE/FILE"));
        }
        List<Delivery> named = deliveries.ofPlace(name.substring(0, slash), name.substring(slash + 1));
        if (named.size() == 1) {
            return named.get(0);
        }
        if (named.size() > 1) {
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    named.size() + " deliveries are called " + shown + ": name one by its id, "
                            + named.stream()
                                    .map(each -> each.id() + " (night " + each.night() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        for (DeliveryStore.Repeat repeat : deliveries.repeatsOfPlace(name)) {
            return deliveries.get(repeat.deliveryId());
        }
        for (DeliveryStore.Waiting each : waiting(session)) {
            if (each.place().equals(name)) {
                throw new ProblemException(
                        ProblemCode.NOT_FOUND, Place.NOWHERE, shown + " still waits in the inbox: " + each.reason());
            }
        }
        throw new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no delivery " + shown);
    }

    /** Lists. */
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
    static final class ListCommand implements Callable<Integer> {
        @ParentCommand
        DeliveriesCommand parent = new DeliveriesCommand();

        @picocli.CommandLine.Mixin
        Filter filter = new Filter();

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
            State wanted = state == null ? null : State.of(state);
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
            List<Row> rows = new ArrayList<>();
            for (Delivery each : deliveries.all()) {
                rows.add(new Row(
                        each.runId(),
                        Long.toString(each.id()),
                        each.night(),
                        each.source(),
                        each.fileName(),
                        state(deliveries, each),
                        deliveries.counts(each.id()),
                        deliveries
                                .refusal(each.id())
                                .map(DeliveryStore.Refusal::text)
                                .orElse("")));
            }
            for (DeliveryStore.Repeat each : deliveries.allRepeats()) {
                rows.add(new Row(
                        each.runId(),
                        "",
                        each.night(),
                        each.source(),
                        each.fileName(),
                        State.REPEATED,
                        DeliveryCounts.NONE,
                        "same content as " + each.deliveryId() + " "
                                + deliveries.get(each.deliveryId()).place()));
            }
            for (DeliveryStore.Waiting each : waiting(session)) {
                rows.add(new Row(
                        each.runId(),
                        "",
                        each.night(),
                        each.source(),
                        each.fileName(),
                        State.WAITING,
                        DeliveryCounts.NONE,
                        each.reason()));
            }
            rows.sort(Comparator.comparingLong(Row::runId)
                    .thenComparing(Row::source, CsvText.BYTE_ORDER)
                    .thenComparing(Row::file, CsvText.BYTE_ORDER));
            return rows;
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Shows everything about one delivery: where and when it came, what became of its records, why records"
                        + " were rejected and for whom others wait, what repeats it, and why it was not taken if so.",
                "records = accepted + duplicate + conflict + rejected + held. Tokens are those of all records that were"
                        + " not rejected, as logged.",
                "Example: saldo deliveries show gateway/usage-2026-10-05.csv"
            })
    static final class ShowCommand implements Callable<Integer> {
        @ParentCommand
        DeliveriesCommand parent = new DeliveriesCommand();

        @Parameters(paramLabel = "ID|SOURCE/FILE", description = "As 'deliveries list' shows it.")
        String name = "";

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                Map<String, Object> facts = facts(session, find(session, name));
                if (parent.saldo.json) {
                    parent.saldo.out.println(Json.write(facts));
                    return ExitCode.DONE;
                }
                Table table = new Table("field", "value");
                facts.forEach((field, value) -> {
                    if (value instanceof List<?> values) {
                        values.forEach(each -> table.row(field, each));
                    } else {
                        table.row(field, value);
                    }
                });
                table.print(parent.saldo);
                return ExitCode.DONE;
            }
        }

        /** One value, or several, for each field; in the order in which a person asks. */
        private static Map<String, Object> facts(Session session, Delivery delivery) {
            DeliveryStore deliveries = session.get(DeliveryStore.class);
            FeedStore feeds = session.get(FeedStore.class);
            long id = delivery.id();
            DeliveryCounts counts = deliveries.counts(id);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("id", Long.toString(id));
            facts.put("source", delivery.source());
            facts.put("file", delivery.fileName());
            facts.put("state", state(deliveries, delivery).word());
            deliveries.refusal(id).ifPresent(refusal -> {
                facts.put("problem", refusal.text());
                facts.put("remedy", ProblemCode.of(refusal.code()).remedy());
            });
            facts.put("night", delivery.night().toString());
            facts.put("run", Long.toString(delivery.runId()));
            facts.put("profile", delivery.profile());
            facts.put("format", delivery.format());
            facts.put("bytes", Long.toString(delivery.bytes()));
            facts.put("sha256", delivery.sha256());
            facts.put(
                    "archived",
                    session.home().lake().resolve(delivery.archivePath()).toString());
            deliveries.control(id).ifPresent(control -> facts.put("control_file", describe(control.figures())));
            facts.put("records", Long.toString(counts.records()));
            facts.put("accepted", Long.toString(counts.accepted()));
            facts.put("duplicate", Long.toString(counts.duplicate()));
            facts.put("conflict", Long.toString(counts.conflict()));
            facts.put("rejected", Long.toString(counts.rejected()));
            facts.put("held", Long.toString(counts.held()));
            facts.put("not_billable", Long.toString(counts.notBillable()));
            facts.put("input_tokens", counts.inputTokens().toString());
            facts.put("output_tokens", counts.outputTokens().toString());
            facts.put(
                    "day",
                    deliveries.days(id).stream()
                            .map(day -> day.date() + ": " + day.records() + " records")
                            .toList());
            facts.put(
                    "rejection",
                    deliveries.rejectionsOf(id).stream()
                            .map(each -> each.code() + ": " + each.records() + " records, first at line "
                                    + each.firstLine() + ": " + each.firstMessage())
                            .toList());
            List<String> waitsFor = new ArrayList<>();
            deliveries.heldSubjects().stream()
                    .filter(each -> each.deliveryId() == id)
                    .forEach(each -> waitsFor.add((each.byKey() ? "API key " : "account ") + each.subject() + ", "
                            + each.month() + ": " + each.records() + " records"));
            feeds.held().stream()
                    .filter(each -> each.deliveryId() == id)
                    .forEach(each -> waitsFor.add("account or grant " + each.subject() + ": line " + each.line()));
            facts.put("waits_for", waitsFor);
            facts.put("contradiction", conflicts(deliveries, feeds, id, counts));
            facts.put(
                    "repeated_by",
                    deliveries.repeatsOf(id).stream()
                            .map(each -> each.place() + " on " + each.night())
                            .toList());
            if (counts.rejected() > 0) {
                facts.put("next", "saldo deliveries rejected " + id + " --to FILE");
            }
            return facts;
        }

        private static List<String> conflicts(
                DeliveryStore deliveries, FeedStore feeds, long id, DeliveryCounts counts) {
            List<String> conflicts = new ArrayList<>();
            deliveries
                    .conflictsOf(id, CONFLICTS_SHOWN)
                    .forEach(each -> conflicts.add("line " + each.line() + ", event " + each.namespace() + "/"
                            + each.eventId() + ": "
                            + deliveries.get(each.firstDeliveryId()).place() + ":" + each.firstLine() + " stands"));
            feeds.conflictsOf(id, CONFLICTS_SHOWN)
                    .forEach(each -> conflicts.add("line " + each.line() + ", " + each.subject() + ": "
                            + deliveries.get(each.firstDeliveryId()).place() + ":" + each.firstLine() + " stands"));
            if (counts.conflict() > conflicts.size()) {
                conflicts.add("and " + (counts.conflict() - conflicts.size()) + " more: saldo breaks list");
            }
            return conflicts;
        }

        private static String describe(ControlFigures figures) {
            if (!figures.problem().isEmpty()) {
                return figures.problem();
            }
            Map<String, Object> named = new LinkedHashMap<>();
            named.put("records", figures.records());
            named.put("sha256", figures.contentSha256());
            named.put("input_tokens", figures.inputTokens());
            named.put("output_tokens", figures.outputTokens());
            return named.entrySet().stream()
                    .filter(each -> each.getValue() != null)
                    .map(each -> each.getKey() + " " + each.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    /** Writes records back. */
    @Command(
            name = "rejected",
            mixinStandardHelpOptions = true,
            description = {
                "Writes rejected records into a file, exactly as they were delivered and with their own header, ready to"
                        + " be corrected and delivered again.",
                "Correct the file, give it a name of its own, and put it into the inbox of its source. The first"
                        + " delivery keeps its counts; the corrected records are counted with the new file.",
                "Records of different headers or formats cannot stand in one file: then name one delivery at a time.",
                "Example: saldo deliveries rejected gateway/usage-2026-10-05.csv --to corrected.csv"
            })
    static final class RejectedCommand implements Callable<Integer> {
        @ParentCommand
        DeliveriesCommand parent = new DeliveriesCommand();

        @Parameters(
                arity = "0..1",
                paramLabel = "ID|SOURCE/FILE",
                description = "As 'deliveries list' shows it (default: every delivery that the filters leave).")
        @Nullable
        String name;

        @picocli.CommandLine.Mixin
        Filter filter = new Filter();

        @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where to.")
        Path file = Path.of("");

        @Option(names = "--code", paramLabel = "CODE", description = "Only records rejected for this, such as USG-003.")
        String code = "";

        @Option(
                names = "--held",
                description = "Records that are held now, instead. They need no new delivery: the next night takes them"
                        + " by itself once their account or key is known.")
        boolean held;

        @Option(names = "--force", description = "Overwrite the file.")
        boolean force;

        @Override
        public Integer call() throws IOException {
            if (!force && Files.exists(file)) {
                throw new ProblemException(
                        ProblemCode.WRONG_STATE,
                        Place.file(file.toString()),
                        "the file is there already: name another, or overwrite it with --force");
            }
            try (Session session = parent.saldo.open()) {
                DeliveryStore deliveries = session.get(DeliveryStore.class);
                List<Delivery> selected = name == null ? deliveries.all() : List.of(find(session, name));
                Home home = session.home();
                long records = session.get(Redelivery.class)
                        .write(
                                home,
                                new Redelivery.Selection(
                                        selected.stream()
                                                .filter(each -> filter.accepts(each.source(), each.night()))
                                                .toList(),
                                        held,
                                        code,
                                        layouts(session)),
                                file);
                if (parent.saldo.json) {
                    Map<String, String> result = new LinkedHashMap<>();
                    result.put("file", file.toString());
                    result.put("records", Long.toString(records));
                    parent.saldo.out.println(Json.write(result));
                } else {
                    parent.saldo.say(records + " records written to " + file);
                }
                return ExitCode.DONE;
            }
        }

        private static Map<String, RecordLayout> layouts(Session session) throws IOException {
            Map<String, RecordLayout> layouts = new LinkedHashMap<>();
            session.configuration()
                    .configuration()
                    .sources()
                    .forEach((name, source) -> layouts.put(name, source.layout()));
            return layouts;
        }
    }
}
