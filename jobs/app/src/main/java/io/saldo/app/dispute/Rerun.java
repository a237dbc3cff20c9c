package io.saldo.app.dispute;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.DisputeStore.Dispute;
import io.saldo.app.store.DisputeStore.Outcome;
import io.saldo.app.store.Json;
import io.saldo.credit.Terms;
import io.saldo.dispute.Corrections;
import io.saldo.dispute.DisputedRevision;
import io.saldo.dispute.UsageBill;
import io.saldo.lake.usage.DisputedEvents;
import io.saldo.lake.usage.EventChange;
import io.saldo.lake.usage.EventName;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Correction;
import io.saldo.statement.MonthCounters;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementInput;
import io.saldo.statement.Statements;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Computes a closed account-month anew, from what is known now. */
@Component
public class Rerun {
    private static final String BY_PROGRAM = "saldo";

    private final InvoicedUsage invoicedUsage;
    private final CloseStore closes;
    private final RevisionInputs inputs;
    private final DisputeStore disputes;
    private final DifferenceReporting reporting;

    /** Over the books. */
    public Rerun(
            InvoicedUsage invoicedUsage,
            CloseStore closes,
            RevisionInputs inputs,
            DisputeStore disputes,
            DifferenceReporting reporting) {
        this.invoicedUsage = invoicedUsage;
        this.closes = closes;
        this.inputs = inputs;
        this.disputes = disputes;
        this.reporting = reporting;
    }

    /**
     * A disputed month, computed.
     *
     * @param original the frozen statement
     * @param revised the disputed revision
     * @param outcome what differs
     * @param changes the events that cause it
     */
    record Computed(Statement original, Statement revised, Outcome outcome, List<EventChange> changes) {}

    /**
     * Computes the dispute of a run, writes its difference, and enters both into the books in the caller's transaction. What
     * cannot be computed is discarded with the reason, so that it holds up no later run.
     */
    public void run(Run run, Home home, RunConfiguration configuration) throws IOException {
        Dispute dispute = disputes.ofRun(run.id());
        try (DifferenceReporting.Begun report = reporting.begin()) {
            DisputeStore.Request request = dispute.request();
            Computed computed;
            try {
                computed = computed(
                        run,
                        home,
                        configuration.configuration(),
                        dispute,
                        invoicedUsage.of(home, request.accountId(), request.month()));
            } catch (ProblemException problem) {
                disputes.decide(
                        dispute,
                        false,
                        run.businessDate(),
                        Instants.ofMicros(run.asOf()),
                        BY_PROGRAM,
                        problem.problems().get(0).toString(),
                        run.month(),
                        new Correction(dispute.id(), List.of(), List.of()));
                return;
            }
            report.write(home, dispute, computed);
            disputes.addRevision(
                    dispute.id(),
                    disputes.nextRevision(request.accountId(), request.month().toString()),
                    stored(computed));
        }
    }

    /**
     * Computes a dispute again from what its run knew, whatever came since.
     *
     * @param configuration what the dispute's run fixed
     * @throws ProblemException where it cannot be computed any more
     */
    public DisputeStore.Revision again(Home home, Dispute dispute, Run run, Configuration configuration)
            throws IOException {
        DisputeStore.Request request = dispute.request();
        int frozen = disputes.outcome(dispute.id()).original();
        InvoicedUsage.Invoiced invoiced =
                invoicedUsage.of(home, request.accountId(), request.month(), frozen, run.id());
        return stored(computed(run, home, configuration, dispute, invoiced));
    }

    private static DisputeStore.Revision stored(Computed computed) {
        return new DisputeStore.Revision(
                StatementRevision.resultSha256(computed.revised()),
                Json.write(computed.revised()),
                Json.write(computed.outcome()));
    }

    private Computed computed(
            Run run, Home home, Configuration configuration, Dispute dispute, InvoicedUsage.Invoiced invoiced)
            throws IOException {
        DisputeStore.Request request = dispute.request();
        String accountId = request.accountId();
        YearMonth month = request.month();
        CloseStore.Frozen frozen = closes.frozenBefore(run.id(), accountId).orElseThrow();
        List<Dispute> approved = disputes.approvedOf(accountId, month, run.id());
        Set<EventName> before = new TreeSet<>();
        approved.forEach(each -> before.addAll(each.request().excluded()));
        Set<EventName> excluded = new TreeSet<>(before);
        excluded.addAll(request.excluded());
        DisputedEvents events = new DisputedEvents(
                home.lake(), configuration.contextTiers(), invoiced.inputs().segments(month), accountId, run.id());
        StatementInput original = invoiced.inputs().input();
        StatementInput input = new StatementInput(
                accountId,
                month,
                run.asOf(),
                original.zone(),
                original.currency(),
                original.opening(),
                events.without(excluded),
                DisputedRevision.entries(
                        invoiced.original(),
                        original.entries(),
                        original.monthStart(),
                        usable(invoiced, position(configuration, accountId, frozen))),
                original.closedMonths(),
                inputs.charges(invoiced.inputs(), run),
                terms(configuration, original, priceBook(dispute, approved)),
                configuration.priceBooks(),
                original.closedOn(),
                new long[0]);
        Statement revised = Statements.compute(input).disputed();
        if (revised.unpricedQuantity().compareTo(invoiced.original().unpricedQuantity()) > 0) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    accountId + " " + month + ": usage of "
                            + revised.unpriced().get(0).model() + " has no price in "
                            + "the price book that is now asked; complete the book and run the dispute again");
        }
        MonthCounters counters = revised.counters().stream()
                .filter(each -> each.month().equals(month))
                .findFirst()
                .orElse(MonthCounters.none(month));
        Outcome outcome =
                new Outcome(invoiced.closed().revision(), invoiced.bill(), UsageBill.of(revised, month), counters);
        List<Long> countedBy = Objects.requireNonNull(frozen.usage().get(month)).runs();
        return new Computed(
                invoiced.original(), revised, outcome, events.changes(countedBy, before, request.excluded()));
    }

    /** What a grant has paid for the month by now, and what it has left. */
    private static Map<String, Amount> usable(InvoicedUsage.Invoiced invoiced, Corrections.Position position) {
        Map<String, Amount> usable = new HashMap<>(position.usable());
        invoiced.bill().drawnByCredit().forEach((creditId, paid) -> usable.merge(creditId, paid, Amount::plus));
        return usable;
    }

    /** The dispute's own, or that of the last approved one; empty for that of the terms. */
    private static String priceBook(Dispute dispute, List<Dispute> approved) {
        String book = dispute.request().priceBook();
        for (Dispute each : approved) {
            if (dispute.request().priceBook().isEmpty()
                    && !each.request().priceBook().isEmpty()) {
                book = each.request().priceBook();
            }
        }
        return book;
    }

    private static List<Terms> terms(Configuration configuration, StatementInput original, String priceBook) {
        List<Terms> terms = configuration.terms().getOrDefault(original.accountId(), List.of());
        if (priceBook.isEmpty()) {
            return terms;
        }
        boolean known = configuration
                .priceBooks()
                .currency(priceBook)
                .filter(original.currency()::equals)
                .isPresent();
        if (!known) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.file("price-books.csv"),
                    "there is no price book " + priceBook + " in " + original.currency());
        }
        if (DisputedRevision.isPrepaid(
                        terms, original.monthStart(), original.zone().endOf(original.month()))
                && configuration.priceBooks().hasVolume(priceBook)) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.file("price-books.csv"),
                    "price book " + priceBook + " has volume prices, which prepaid terms cannot have");
        }
        return DisputedRevision.withPriceBook(original, terms, priceBook);
    }

    /** Where the account stands when its oldest open month begins, with everything that disputes move there. */
    static Corrections.Position position(Configuration configuration, String accountId, CloseStore.Frozen frozen) {
        OpeningPosition closing = frozen.closing();
        if (closing == null) {
            Opening golive = configuration.openings().get(accountId);
            closing = golive == null ? OpeningPosition.NONE : golive.position();
        }
        BillingZone zone = configuration.settings().billingZone();
        Corrections.Position position = new Corrections.Position(closing.grants(), zone.startOf(openMonth(frozen)));
        for (Correction correction : frozen.corrections().values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Correction::dispute))
                .toList()) {
            position = position.after(correction);
        }
        return position;
    }

    /** The account's oldest open month. */
    static YearMonth openMonth(CloseStore.Frozen frozen) {
        return YearMonth.parse(frozen.lastMonth()).plusMonths(1);
    }

    /** Where the files of a dispute lie. */
    public static Path folder(Home home, Dispute dispute) {
        return home.out().resolve("disputes").resolve(String.format(Locale.ROOT, "dispute-%06d", dispute.id()));
    }
}
