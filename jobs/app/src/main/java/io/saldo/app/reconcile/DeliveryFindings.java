package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Source;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.DeliveryStore.Refusal;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InboxStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.money.Amount;
import io.saldo.problem.ProblemCode;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** The check of deliveries: what was expected, what came, and what of it could not be taken. */
@Component
public class DeliveryFindings {
    /** A file that comes late is a day's where at least one in so many of its records is of that day. */
    private static final long SHARE_OF_A_DAY = 10;

    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final OutcomeStore outcomes;
    private final InboxStore inbox;
    private final FeedStore feeds;
    private final RunStore runs;

    /** Over the books. */
    public DeliveryFindings(
            DeliveryStore deliveries,
            UntakenStore untaken,
            OutcomeStore outcomes,
            InboxStore inbox,
            FeedStore feeds,
            RunStore runs) {
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.outcomes = outcomes;
        this.inbox = inbox;
        this.feeds = feeds;
        this.runs = runs;
    }

    /** Everything that it sees tonight. */
    List<Finding> of(Run run, Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        refused(run, findings);
        due(run, configuration).forEach((name, days) -> {
            Source source = Objects.requireNonNull(configuration.sources().get(name));
            days.all().forEach(day -> expected(run, source, day, findings));
        });
        rejected(run, findings);
        contradicted(run, findings);
        held(run, configuration, findings);
        return findings;
    }

    /** Whether tonight says anything about a break of this check: absence from the findings proves nothing without. */
    Predicate<BreakCase> judged(Run run, Configuration configuration) {
        Map<String, DueDays> due = due(run, configuration);
        return each -> {
            if (each.code() == BreakCode.DELIVERY_INCOMPLETE) {
                return deliveries.isTakenSince(each.subject(), LocalDate.parse(each.period()));
            }
            Source source = configuration.sources().get(each.subject());
            DueDays days = due.get(each.subject());
            boolean ofADay = each.code() == BreakCode.DELIVERY_MISSING || each.code() == BreakCode.SOURCE_SILENT;
            if (!ofADay || source == null || days == null) {
                return true;
            }
            LocalDate day = LocalDate.parse(each.period());
            return days.contains(day)
                    || (each.code() == BreakCode.DELIVERY_MISSING
                            ? isDelivered(source, day)
                            : hasRecordsOf(source, day));
        };
    }

    /** The days that are judged tonight, by the name of each source that is expected daily. */
    private Map<String, DueDays> due(Run run, Configuration configuration) {
        Map<String, LocalDate> last = lastDays(run, configuration.sources());
        if (last.isEmpty()) {
            return Map.of();
        }
        Map<String, LocalDate> lastBefore = runs.nightOfEarlierDate(run)
                .map(before -> lastDays(before, RunConfiguration.sources(before.id(), runs)))
                .orElse(Map.of());
        Map<String, DueDays> due = new LinkedHashMap<>();
        last.forEach((name, day) -> due.put(name, DueDays.of(day, lastBefore.get(name))));
        return due;
    }

    /** The day whose delivery is due that night: its date less the grace that the source has then. */
    private static Map<String, LocalDate> lastDays(Run night, Map<String, Source> sources) {
        Map<String, LocalDate> days = new LinkedHashMap<>();
        sources.values().stream()
                .filter(Source::expectedDaily)
                .forEach(source -> days.put(source.name(), night.businessDate().minusDays(source.graceDays())));
        return days;
    }

    private void refused(Run run, List<Finding> findings) {
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            deliveries.refusal(delivery.id()).ifPresent(refusal -> findings.add(refused(run, delivery, refusal)));
        }
    }

    private static Finding refused(Run run, Delivery delivery, Refusal refusal) {
        BigInteger expected = refusal.expected();
        BigInteger actual = refusal.actual();
        if (expected == null || actual == null) {
            return Finding.withoutFigures(
                    BreakCode.DELIVERY_INCOMPLETE,
                    delivery.place(),
                    run.businessDate().toString(),
                    "",
                    ProblemCode.of(refusal.code()).title(),
                    refusal.text(),
                    run.businessDate());
        }
        return new Finding(
                BreakCode.DELIVERY_INCOMPLETE,
                delivery.place(),
                run.businessDate().toString(),
                "",
                Amount.of(new BigDecimal(expected)),
                Amount.of(new BigDecimal(actual)),
                Amount.of(new BigDecimal(actual.subtract(expected))),
                "",
                ProblemCode.of(refusal.code()).title(),
                refusal.text(),
                run.businessDate());
    }

    private void expected(Run run, Source source, LocalDate day, List<Finding> findings) {
        if (!isDelivered(source, day)) {
            findings.add(Finding.withoutFigures(
                    BreakCode.DELIVERY_MISSING,
                    source.name(),
                    day.toString(),
                    "",
                    "",
                    "sources/" + source.name() + ".yml expects a delivery every day, with " + source.graceDays()
                            + " days of grace" + waiting(run, source),
                    run.businessDate()));
        } else if (source.profile().isUsage() && isReadInTime(source, day) && !hasRecordsOf(source, day)) {
            findings.add(Finding.withoutFigures(
                    BreakCode.SOURCE_SILENT,
                    source.name(),
                    day.toString(),
                    "",
                    "",
                    "no record of its deliveries is of that day",
                    run.businessDate()));
        }
    }

    private String waiting(Run run, Source source) {
        List<String> names = inbox.waiting(run.id()).stream()
                .filter(each -> each.source().equals(source.name()))
                .map(each -> each.fileName() + " waits: " + each.reason())
                .toList();
        return names.isEmpty() ? "" : "; " + String.join("; ", names);
    }

    /**
     * Whether the source has delivered for that day: any file within the grace, whatever is in it; later one that was
     * taken and is of that day by its records. A file that repeats another with records is not a delivery of its own.
     */
    private boolean isDelivered(Source source, LocalDate day) {
        LocalDate graceEnd = day.plusDays(source.graceDays());
        List<Delivery> since = since(source, day);
        return since.stream().anyMatch(delivery -> !delivery.night().isAfter(graceEnd) || isOf(delivery, day))
                || inbox.repeatsOfNights(day, graceEnd.plusDays(1)).stream()
                        .anyMatch(repeat -> repeat.source().equals(source.name())
                                && outcomes.isCounted(repeat.deliveryId())
                                && outcomes.counts(repeat.deliveryId()).records() == 0);
    }

    private boolean isOf(Delivery delivery, LocalDate day) {
        if (deliveries.refusal(delivery.id()).isPresent()) {
            return false;
        }
        long all = 0;
        long ofTheDay = 0;
        for (DeliveryStore.Day each : deliveries.days(delivery.id())) {
            all += each.records();
            ofTheDay += each.date().equals(day) ? each.records() : 0;
        }
        return ofTheDay > 0 && ofTheDay >= all / SHARE_OF_A_DAY;
    }

    /** Whether everything that came within the grace could be read, so that silence is silence. */
    private boolean isReadInTime(Source source, LocalDate day) {
        return since(source, day).stream()
                .noneMatch(delivery -> deliveries.refusal(delivery.id()).isPresent());
    }

    private boolean hasRecordsOf(Source source, LocalDate day) {
        return deliveries.hasRecordsOf(source.name(), day);
    }

    private List<Delivery> since(Source source, LocalDate day) {
        return deliveries.ofSourceSince(source.name(), day);
    }

    private void rejected(Run run, List<Finding> findings) {
        for (UntakenStore.Rejection rejection : untaken.rejections(run.id())) {
            Delivery delivery = deliveries.get(rejection.deliveryId());
            findings.add(notTaken(
                    run,
                    delivery,
                    ProblemCode.of(rejection.code()),
                    rejection.records(),
                    "first at line " + rejection.firstLine() + ": " + rejection.firstMessage()));
        }
    }

    /** Entries and balances that contradict what was taken: the contract has no code of its own for them. */
    private void contradicted(Run run, List<Finding> findings) {
        Map<Long, List<FeedStore.Conflict>> byDelivery = new TreeMap<>();
        feeds.conflicts(run.id()).forEach(conflict -> byDelivery
                .computeIfAbsent(conflict.deliveryId(), id -> new ArrayList<>())
                .add(conflict));
        byDelivery.forEach((id, conflicts) -> {
            FeedStore.Conflict first = conflicts.get(0);
            Delivery delivery = deliveries.get(id);
            findings.add(notTaken(
                    run,
                    delivery,
                    ProblemCode.ENTRY_CONFLICT,
                    conflicts.size(),
                    "first " + first.subject() + ": "
                            + deliveries.get(first.firstDeliveryId()).place() + ":" + first.firstLine() + " stands, "
                            + delivery.place() + ":" + first.line() + " differs"));
        });
    }

    private static Finding notTaken(Run run, Delivery delivery, ProblemCode code, long records, String evidence) {
        return new Finding(
                BreakCode.RECORDS_REJECTED,
                delivery.place() + "#" + code.id(),
                run.businessDate().toString(),
                "",
                Amount.ZERO,
                Amount.of(records),
                Amount.of(records),
                "",
                code.title(),
                evidence,
                run.businessDate());
    }

    private void held(Run run, Configuration configuration, List<Finding> findings) {
        Map<List<String>, List<UntakenStore.HeldSubject>> held = new TreeMap<>(
                Comparator.comparing((List<String> key) -> key.get(0)).thenComparing(key -> key.get(1)));
        untaken.heldSubjects().forEach(subject -> held.computeIfAbsent(
                        List.of(subject.subject(), subject.month()), key -> new ArrayList<>())
                .add(subject));
        held.forEach((key, subjects) -> {
            long records = subjects.stream()
                    .mapToLong(UntakenStore.HeldSubject::records)
                    .sum();
            findings.add(new Finding(
                    BreakCode.RECORDS_HELD,
                    key.get(0),
                    key.get(1),
                    owner(subjects.get(0), configuration),
                    Amount.ZERO,
                    Amount.of(records),
                    Amount.of(records),
                    "",
                    subjects.get(0).byKey() ? "unknown API key" : "unknown account",
                    String.join(
                            "; ",
                            subjects.stream()
                                    .map(UntakenStore.HeldSubject::evidence)
                                    .toList()),
                    run.businessDate()));
        });
        Map<List<String>, List<String>> entries = new LinkedHashMap<>();
        for (FeedStore.HeldPlace entry : feeds.heldPlaces()) {
            Delivery delivery = deliveries.get(entry.deliveryId());
            entries.computeIfAbsent(
                            List.of(
                                    entry.subject(),
                                    YearMonth.from(delivery.night()).toString()),
                            key -> new ArrayList<>())
                    .add(delivery.place() + ":" + entry.line());
        }
        entries.forEach((key, places) -> findings.add(Finding.withoutFigures(
                BreakCode.RECORDS_HELD,
                key.get(0),
                key.get(1),
                "",
                "unknown account or grant",
                String.join("; ", places),
                run.businessDate())));
    }

    /** A key that once led to one account only concerns that account, even where it is not valid any more. */
    private static String owner(UntakenStore.HeldSubject subject, Configuration configuration) {
        Set<String> owners = new TreeSet<>();
        if (subject.byKey()) {
            configuration
                    .accountDirectory()
                    .keys()
                    .getOrDefault(subject.subject(), List.of())
                    .forEach(key -> owners.add(key.accountId()));
        }
        return owners.size() == 1 ? owners.iterator().next() : "";
    }
}
