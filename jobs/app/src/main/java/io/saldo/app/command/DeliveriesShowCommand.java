package io.saldo.app.command;

import io.saldo.app.store.ControlFigures;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InboxStore;
import io.saldo.app.store.Json;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.app.store.UsageConflictStore;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows one delivery. */
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
final class DeliveriesShowCommand implements Callable<Integer> {
    private static final int CONFLICTS_SHOWN = 20;

    @ParentCommand
    DeliveriesCommand parent = new DeliveriesCommand();

    @Parameters(paramLabel = "ID|SOURCE/FILE", description = "As 'deliveries list' shows it.")
    String name = "";

    @Override
    public Integer call() throws IOException {
        try (Session session = parent.saldo.open()) {
            Map<String, Object> facts = facts(session, DeliveriesCommand.find(session, name));
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
        InboxStore inbox = session.get(InboxStore.class);
        UntakenStore untaken = session.get(UntakenStore.class);
        OutcomeStore outcomes = session.get(OutcomeStore.class);
        FeedStore feeds = session.get(FeedStore.class);
        long id = delivery.id();
        DeliveryCounts counts = outcomes.counts(id);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", Long.toString(id));
        facts.put("source", delivery.source());
        facts.put("file", delivery.fileName());
        facts.put("state", DeliveriesCommand.state(session, delivery).word());
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
                untaken.rejectionsOf(id).stream()
                        .map(each -> each.code() + ": " + each.records() + " records, first at line " + each.firstLine()
                                + ": " + each.firstMessage())
                        .toList());
        List<String> waitsFor = new ArrayList<>();
        untaken.heldSubjects().stream()
                .filter(each -> each.deliveryId() == id)
                .forEach(each -> waitsFor.add((each.byKey() ? "API key " : "account ") + each.subject() + ", "
                        + each.month() + ": " + each.records() + " records"));
        feeds.heldPlaces().stream()
                .filter(each -> each.deliveryId() == id)
                .forEach(each -> waitsFor.add("account or grant " + each.subject() + ": line " + each.line()));
        facts.put("waits_for", waitsFor);
        facts.put("contradiction", conflicts(session, id, counts));
        facts.put(
                "repeated_by",
                inbox.repeatsOf(id).stream()
                        .map(each -> each.place() + " on " + each.night())
                        .toList());
        if (counts.rejected() > 0) {
            facts.put("next", "saldo deliveries rejected " + id + " --to FILE");
        }
        return facts;
    }

    private static List<String> conflicts(Session session, long id, DeliveryCounts counts) {
        DeliveryStore deliveries = session.get(DeliveryStore.class);
        List<String> conflicts = new ArrayList<>();
        session.get(UsageConflictStore.class)
                .firstOf(id, CONFLICTS_SHOWN)
                .forEach(each -> conflicts.add("line " + each.line() + ", event " + each.namespace() + "/"
                        + each.eventId() + ": "
                        + deliveries.get(each.firstDeliveryId()).place() + ":" + each.firstLine() + " stands"));
        session.get(FeedStore.class)
                .conflictsOf(id, CONFLICTS_SHOWN)
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
