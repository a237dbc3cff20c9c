package io.saldo.app.explanation;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.DeliveredSources;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementTask;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.UsageConflictStore;
import io.saldo.credit.Coverage;
import io.saldo.credit.Terms;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.EncodedEvent;
import io.saldo.lake.usage.StoredEvent;
import io.saldo.money.Amount;
import io.saldo.statement.ClosedMonth;
import io.saldo.statement.Explanation;
import io.saldo.statement.Explanation.EventCharge;
import io.saldo.statement.Explanation.GrantStep;
import io.saldo.statement.Explanation.Part;
import io.saldo.statement.StatementInput;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells how one event came to its amounts, from the delivered line on. */
@Component
public class EventExplanation {
    private final RunStore runs;
    private final DeliveryStore deliveries;
    private final UsageConflictStore usageConflicts;

    /** Over the books. */
    public EventExplanation(RunStore runs, DeliveryStore deliveries, UsageConflictStore usageConflicts) {
        this.runs = runs;
        this.deliveries = deliveries;
        this.usageConflicts = usageConflicts;
    }

    /**
     * The rows of the event that the run knew, in every namespace: of the statement's month, and of a closed month where
     * the event is late in the statement.
     */
    public List<StoredEvent> rows(Home home, RevisionInputs.Inputs inputs, String eventId) throws IOException {
        List<StoredEvent> rows =
                new ArrayList<>(rows(home, inputs, eventId, inputs.input().month()));
        for (ClosedMonth closed : inputs.input().closedMonths()) {
            Map<String, List<StoredEvent>> byNamespace = rows(home, inputs, eventId, closed.month()).stream()
                    .collect(Collectors.groupingBy(StoredEvent::namespace));
            byNamespace.values().stream()
                    .filter(each -> !indexes(each, closed.late().events()).isEmpty())
                    .forEach(rows::addAll);
        }
        return rows;
    }

    private static List<StoredEvent> rows(Home home, RevisionInputs.Inputs inputs, String eventId, YearMonth month)
            throws IOException {
        return StoredEvent.find(
                        home.lake(), inputs.segments(month), inputs.input().accountId(), Set.of(eventId))
                .stream()
                .filter(row -> row.run() <= inputs.run().id())
                .toList();
    }

    /**
     * Which events of the statement these rows are, by usage month: several where equal records of a log without ids are
     * several; none where the statement has none of them.
     */
    public Map<YearMonth, Set<Integer>> indexes(List<StoredEvent> rows, StatementInput input) {
        Map<YearMonth, Set<Integer>> indexes = new HashMap<>();
        indexes.put(input.month(), indexes(rows, input.events()));
        input.closedMonths()
                .forEach(closed ->
                        indexes.put(closed.month(), indexes(rows, closed.late().events())));
        indexes.values().removeIf(Set::isEmpty);
        return indexes;
    }

    private static Set<Integer> indexes(List<StoredEvent> rows, AccountEvents events) {
        Set<Integer> indexes = new TreeSet<>();
        for (int index = 0; index < events.size(); index++) {
            for (StoredEvent row : rows) {
                if (row.columns().events() >= 0
                        && row.columns().occurredAt() == events.occurredAt()[index]
                        && row.delivery() == events.delivery()[index]
                        && row.columns().line() == events.line()[index]) {
                    indexes.add(index);
                }
            }
        }
        return indexes;
    }

    /** Adds what is to be told of those events, which are of one namespace and id. */
    public void tell(
            Home home, RevisionInputs.Inputs inputs, Explanation explanation, List<StoredEvent> rows, Facts facts)
            throws IOException {
        StoredEvent first = rows.get(0);
        EncodedEvent columns = first.columns();
        facts.put("event", columns.eventId())
                .put("namespace", first.namespace())
                .put("occurred_at", Wording.instant(columns.occurredAt()))
                .put("usage_date", inputs.input().zone().dateOf(columns.occurredAt()));
        List<Facts> records = new ArrayList<>();
        for (StoredEvent row : rows) {
            records.add(delivered(home, row));
        }
        facts.each("delivered", records, (each, told) -> each.values().forEach(told::put));
        String model = columns.text(Dimensions.MODEL);
        String provider = columns.text(Dimensions.PROVIDER);
        String aliased = inputs.input().priceBooks().model(provider, model);
        facts.put("provider", provider)
                .put("model", model.equals(aliased) ? model : model + ", an alias of " + aliased)
                .put("billable", billable(first))
                .put("context_tier", contextTier(inputs, first));
        YearMonth usageMonth = inputs.input().zone().monthOf(columns.occurredAt());
        for (StatementTask.LateMonth late : inputs.late()) {
            if (late.month().equals(usageMonth)) {
                facts.put("late", new LateFigures(runs, inputs, late, rows).told(explanation.charges()));
            }
        }
        facts.each("charges", explanation.charges(), EventExplanation::charge);
        Amount amount = Amount.ZERO;
        for (EventCharge charge : explanation.charges()) {
            amount = amount.plus(charge.amount());
        }
        facts.put("amount", amount);
        for (Coverage coverage : Coverage.values()) {
            facts.put(
                    coverage.word() + "_amount",
                    explanation.charges().stream()
                            .map(charge -> charge.covered(coverage))
                            .reduce(Amount.ZERO, Amount::plus));
        }
        facts.each(
                "contradicted_by",
                usageConflicts.ofEvent(columns.eventId()).stream()
                        .filter(each -> each.namespace().equals(first.namespace()))
                        .toList(),
                (conflict, each) -> each.put(
                                "file", deliveries.get(conflict.deliveryId()).place())
                        .put("line", conflict.line())
                        .put(
                                "stands",
                                deliveries.get(conflict.firstDeliveryId()).place() + ":" + conflict.firstLine()));
    }

    private static String contextTier(RevisionInputs.Inputs inputs, StoredEvent row) {
        return inputs.configuration().configuration().sources().values().stream()
                .filter(source -> source.usage() != null
                        && source.declaresContext()
                        && source.usage().namespace().equals(row.namespace()))
                .findFirst()
                .map(source -> "more than " + source.contextTier() + " input tokens a request, as source "
                        + source.name() + " declares")
                .orElse("");
    }

    private String billable(StoredEvent event) {
        if (event.columns().billable()) {
            return "yes";
        }
        Delivery delivery = deliveries.get(event.delivery());
        Source source = new DeliveredSources(runs).of(delivery);
        SourceFormat format = source == null ? null : source.usage();
        return format != null && !format.isBilling()
                ? "no: its source is there to be compared (purpose)"
                : "no: its status is " + event.columns().text(Dimensions.STATUS);
    }

    private Facts delivered(Home home, StoredEvent row) throws IOException {
        Delivery delivery = deliveries.get(row.delivery());
        DeliveredRecord delivered =
                DeliveredRecord.read(home, runs, delivery, row.columns().line());
        return new Facts()
                .put("source", delivery.source())
                .put("file", delivery.fileName())
                .put("line", row.columns().line())
                .put("night", delivery.night())
                .put("sha256", delivery.sha256())
                .put("archived", "lake/" + delivery.archivePath())
                .put(
                        "taken_by",
                        "run " + row.run()
                                + (row.columns().events() == 1
                                        ? ""
                                        : row.columns().events() == 0
                                                ? ", as a restatement"
                                                : ", which took the event back"))
                .put("account_found_by", delivered == null ? "" : delivered.accountBy())
                .put("record", delivered == null ? "the archive does not have it any more" : delivered.raw());
    }

    private static void charge(EventCharge charge, Facts facts) {
        facts.put("meter", charge.meter().word())
                .put("quantity", charge.quantity())
                .put("outcome", charge.outcome().word())
                .put("terms", Wording.terms(charge.terms()));
        if (charge.meter() == Meter.INPUT) {
            facts.put("total_input", charge.totalInput());
        }
        List<String> considered = new ArrayList<>();
        if (charge.search() != null) {
            charge.search()
                    .considered()
                    .forEach(row -> considered.add(
                            row.set().tiers().stream().map(Wording::row).collect(Collectors.joining("; ")) + ": "
                                    + row.verdict().words()));
        }
        facts.texts("price_rows", considered);
        facts.texts(
                "tiers",
                charge.tiers().stream()
                        .map(step -> step.set().mode().word() + ": the month's units went from " + step.before()
                                + " to " + step.after())
                        .toList());
        facts.each("parts", charge.parts(), EventExplanation::part);
        facts.put("amount", charge.amount());
        facts.each("grants", charge.grants(), EventExplanation::grant);
        facts.texts("not_paid_by_credit", rest(charge));
    }

    private static void part(Part part, Facts facts) {
        facts.put(
                        "calculation",
                        Wording.calculation(
                                part.kind(),
                                part.quantity(),
                                part.units(),
                                part.unitPrice(),
                                part.perUnits(),
                                part.amount()))
                .put("meter", part.meter().word())
                .put("unit_price", part.unitPrice())
                .put("per_units", part.unitPrice() == null ? null : part.perUnits())
                .put("quantity", part.quantity())
                .put("amount", part.amount())
                .put(
                        "price_row",
                        String.join(
                                "; ",
                                part.rows().stream()
                                        .map(row -> row.place().toString())
                                        .toList()));
    }

    private static void grant(GrantStep step, Facts facts) {
        facts.put("credit_id", step.grant().creditId())
                .put("kind", step.grant().kind().word())
                .put("priority", step.grant().priority())
                .put("before", step.before())
                .put("paid", step.paid())
                .put("after", step.after())
                .put("why", why(step));
    }

    private static String why(GrantStep step) {
        return switch (step.step()) {
            case PAID, EMPTY, NOT_NEEDED -> step.step().words();
            case NOT_BEGUN -> step.step().words() + ", it begins at " + Wording.instant(step.beginsAt());
            case EXPIRED ->
                step.step().words() + " at " + Wording.instant(step.grant().expiresAt());
            case OUT_OF_SCOPE ->
                step.step().words() + ": "
                        + String.join(
                                        " ",
                                        step.grant().scopeProvider(),
                                        step.grant().scopeModel())
                                .strip();
        };
    }

    private static List<String> rest(EventCharge charge) {
        List<String> told = new ArrayList<>();
        Terms terms = charge.terms();
        for (Coverage coverage : Coverage.values()) {
            Amount part = charge.covered(coverage);
            if (coverage == Coverage.CREDIT || part.isZero() || terms == null) {
                continue;
            }
            told.add(coverage.word() + " " + part
                    + switch (coverage) {
                        case PAYG -> ": invoiced, the account pays as it goes";
                        case OVERAGE ->
                            ": invoiced, with a surcharge of " + part + " x (" + terms.overageMultiplier() + " - 1) = "
                                    + part.times(terms.overageMultiplier().minus(Amount.of(1)))
                                    + "; the month's overage was " + charge.overageBefore() + ", is "
                                    + charge.overageAfter()
                                    + (terms.monthlyOverageCap() == null
                                            ? ", without a cap"
                                            : ", and stops at " + terms.monthlyOverageCap());
                        case CARRIED ->
                            ": debt, settled from the next grant; the open debt was " + charge.debtBefore() + ", is "
                                    + charge.debtAfter();
                        case UNFUNDED ->
                            terms.withoutCredit() == Coverage.OVERAGE
                                    ? ": above the monthly overage cap of " + terms.monthlyOverageCap()
                                            + ", charged to nobody until finance decides"
                                    : ": served without credit, charged to nobody until finance decides";
                        case CREDIT -> "";
                    });
        }
        return told;
    }
}
