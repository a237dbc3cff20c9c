package io.saldo.app.explanation;

import io.saldo.app.run.Run;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.Terms;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.reconcile.BreakCase;
import io.saldo.statement.ClosedMonth;
import io.saldo.statement.Explanation;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.statement.StatementTotals;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Tells how the figures of an account-month came to be. */
@Component
public class StatementExplanation {
    private final CloseStore closes;
    private final InvoiceStore invoices;
    private final BreakStore breaks;

    /** Over the books. */
    public StatementExplanation(CloseStore closes, InvoiceStore invoices, BreakStore breaks) {
        this.closes = closes;
        this.invoices = invoices;
        this.breaks = breaks;
    }

    /** Which revision it is, who made it from what, and whether it can be made again. */
    public Facts header(StatementRevision revision, RevisionInputs.Inputs inputs, Statement again) {
        Run run = inputs.run();
        Optional<CloseStore.Closed> closed = Optional.ofNullable(
                        closes.closedOfMonth(revision.month()).get(revision.accountId()))
                .filter(each -> each.revision() == revision.revision());
        boolean reproduced = StatementRevision.resultSha256(again).equals(revision.resultSha256());
        Facts facts = new Facts()
                .put("account", revision.accountId())
                .put("month", revision.month())
                .put("revision", revision.revision())
                .put(
                        "status",
                        closed.isPresent()
                                ? Statement.Status.CLOSED.word()
                                : revision.status().word())
                .put("closed_on", closed.map(CloseStore.Closed::closedOn).orElse(null))
                .put("currency", revision.currency())
                .put("as_of", Wording.instant(revision.asOf()))
                .put("run", run.id() + ", " + run.job().word() + " of " + run.businessDate())
                .put("program_version", run.programVersion())
                .put("configuration_sha256", run.configurationSha256())
                .put("result_sha256", revision.resultSha256())
                .put("reproduced", reproduced ? "yes" : "no");
        if (!reproduced) {
            facts.put(
                    "note",
                    "This version of Saldo does not come to the stored revision, which stands as it is. It was made by"
                            + " version " + run.programVersion() + ". What follows is what this version computes; "
                            + (again.totals().equals(revision.totals())
                                    ? "its totals are the stored ones."
                                    : "its totals differ: stored " + revision.totals() + "."));
        }
        return facts;
    }

    /** Everything about the account-month. */
    public Facts of(StatementRevision revision, RevisionInputs.Inputs inputs, Explanation explanation) {
        Statement statement = explanation.statement();
        Facts facts = header(revision, inputs, statement);
        facts.put("events", statement.events().total())
                .put("billable_events", statement.events().billable())
                .put("not_billable_events", statement.events().notBillable())
                .put("late_events", statement.events().late());
        facts.put("totals", totals(statement.totals()));
        facts.texts("adds_up", addsUp(statement.totals()));
        Map<StatementLine, List<PriceRow>> rows = new HashMap<>();
        explanation.rows().forEach(line -> rows.put(line.line(), line.rows()));
        facts.each("lines", statement.lines(), (line, each) -> line(line, rows.getOrDefault(line, List.of()), each));
        facts.each("drawdowns", statement.drawdowns(), (drawdown, each) -> each.put("credit_id", drawdown.creditId())
                .put("usage_date", drawdown.usageDate())
                .put("purpose", drawdown.purpose().word())
                .put("amount", drawdown.amount()));
        facts.each("grants", statement.grants(), (grant, each) -> each.put("credit_id", grant.creditId())
                .put("kind", grant.kind().word())
                .put("priority", grant.priority())
                .put("effective", Wording.range(grant.effectiveAt(), grant.expiresAt()))
                .put("amount", grant.amount())
                .put("drawn", grant.drawn())
                .put("expired", grant.expired())
                .put("withdrawn", grant.withdrawn())
                .put("restored", grant.restored())
                .put("remaining", grant.remaining()));
        facts.each("exhausted", statement.exhaustions(), (spent, each) -> each.put("at", Wording.instant(spent.at()))
                .put("credit_id", spent.creditId())
                .put("balance_then", spent.balance()));
        facts.each("unpriced", statement.unpriced(), (unpriced, each) -> each.put("usage_month", unpriced.usageMonth())
                .put("provider", unpriced.provider())
                .put("model", unpriced.model())
                .put("service_tier", unpriced.serviceTier())
                .put("meter", unpriced.meter().word())
                .put("quantity", unpriced.quantity())
                .put("first_at", Wording.instant(unpriced.firstAt())));
        facts.each("overage", statement.overage(), (share, each) -> each.put("usage_month", share.usageMonth())
                .put("multiplier", share.multiplier())
                .put("amount", share.amount())
                .put("surcharge", share.surcharge()));
        facts.each("receivables", statement.receivables(), (owed, each) -> each.put("credit_id", owed.creditId())
                .put("entry_id", owed.withdrawalEntryId())
                .put("at", Wording.instant(owed.at()))
                .put("amount", owed.amount()));
        facts.each("breaks", breaks(revision), (found, each) -> each.put("break_id", found.id())
                .put("code", found.code().name())
                .put("state", found.state().word())
                .put("subject", found.subject())
                .put("difference", found.difference())
                .put("cause", found.cause()));
        facts.put("computed_from", computedFrom(inputs, statement));
        invoice(revision).ifPresent(stored -> facts.put("invoice", invoice(stored, statement)));
        return facts;
    }

    /** The figures by the names that exports have for them. */
    public static Facts totals(StatementTotals totals) {
        return new Facts()
                .put("usage_amount", totals.usage())
                .put("credit_amount", totals.credit())
                .put("payg_amount", totals.payg())
                .put("overage_amount", totals.overage())
                .put("surcharge_amount", totals.surcharge())
                .put("carried_amount", totals.carried())
                .put("unfunded_amount", totals.unfunded())
                .put("receivable_amount", totals.receivable())
                .put("opening_balance", totals.openingBalance())
                .put("granted_amount", totals.granted())
                .put("restored_amount", totals.restored())
                .put("drawn_amount", totals.drawn())
                .put("expired_amount", totals.expired())
                .put("withdrawn_amount", totals.withdrawn())
                .put("closing_balance", totals.closingBalance())
                .put("opening_debt", totals.openingDebt())
                .put("settled_debt", totals.settledDebt())
                .put("closing_debt", totals.closingDebt());
    }

    /** The identities, which the kernel has proved, with their figures. */
    private static List<String> addsUp(StatementTotals totals) {
        return List.of(
                "usage " + totals.usage() + " = credit " + totals.credit() + " + payg " + totals.payg() + " + overage "
                        + totals.overage() + " + carried " + totals.carried() + " + unfunded " + totals.unfunded(),
                "opening " + totals.openingBalance() + " + granted " + totals.granted() + " + restored "
                        + totals.restored() + " - drawn " + totals.drawn() + " - expired " + totals.expired()
                        + " - withdrawn " + totals.withdrawn() + " = closing " + totals.closingBalance(),
                "opening debt " + totals.openingDebt() + " + carried " + totals.carried() + " - settled "
                        + totals.settledDebt() + " = closing debt " + totals.closingDebt());
    }

    private static void line(StatementLine line, List<PriceRow> rows, Facts facts) {
        facts.put("usage_month", line.usageMonth())
                .put("provider", line.provider())
                .put("model", line.model())
                .put("service_tier", line.serviceTier())
                .put("meter", line.meterWord())
                .put(
                        "calculation",
                        Wording.calculation(
                                line.kind(),
                                line.quantity(),
                                line.units(),
                                line.unitPrice(),
                                line.perUnits(),
                                line.amount()))
                .put("quantity", line.quantity())
                .put("unit_price", line.unitPrice())
                .put("per_units", line.isPriced() ? line.perUnits() : null)
                .put("amount", line.amount())
                .put("credit_amount", line.credit())
                .put("payg_amount", line.payg())
                .put("overage_amount", line.overage())
                .put("carried_amount", line.carried())
                .put("unfunded_amount", line.unfunded())
                .texts("price_rows", rows.stream().map(Wording::row).toList());
    }

    private static Facts computedFrom(RevisionInputs.Inputs inputs, Statement statement) {
        Map<String, String> files = new TreeMap<>();
        statement.priceRows().forEach(row -> addFile(files, row.place().file(), inputs));
        List<Terms> terms = inputs.input().terms();
        terms.forEach(each -> addFile(files, each.place().file(), inputs));
        return new Facts()
                .texts("segments", inputs.segments(inputs.input().month()))
                .put("usage_known_to", "run " + inputs.run().id())
                .texts(
                        "late_usage",
                        inputs.input().closedMonths().stream()
                                .filter(month -> month.late().events().size() > 0)
                                .map(StatementExplanation::late)
                                .toList())
                .texts(
                        "entries",
                        inputs.input().entries().stream()
                                .map(StatementExplanation::entry)
                                .toList())
                .texts("terms", terms.stream().map(Wording::terms).toList())
                .each("files", files.entrySet(), (file, each) -> each.put("file", file.getKey())
                        .put("sha256", file.getValue()));
    }

    private static void addFile(Map<String, String> files, String file, RevisionInputs.Inputs inputs) {
        files.put(file, inputs.configuration().snapshot().sha256(file));
    }

    private static String late(ClosedMonth month) {
        int events = month.late().events().size();
        return month.month() + ": " + events + (events == 1 ? " event" : " events");
    }

    private static String entry(CreditEntry entry) {
        return entry.entryId() + ": " + entry.type().word() + " " + entry.creditId() + " "
                + (entry.amount() == null ? "all" : entry.amount()) + ", effective "
                + Wording.instant(entry.effectiveAt());
    }

    private List<BreakCase> breaks(StatementRevision revision) {
        return breaks.select(new BreakStore.Selection(false, null, revision.accountId(), revision.month()));
    }

    private Optional<InvoiceStore.Stored> invoice(StatementRevision revision) {
        return invoices.ofAccountMonth(revision.accountId(), YearMonth.parse(revision.month())).stream()
                .filter(each -> each.revision() == revision.revision()
                        && each.dispute() == 0
                        && each.state() != InvoiceStore.State.REJECTED)
                .reduce((earlier, later) -> later);
    }

    /** How the exact figures became those of the document: rounded once, and apportioned to the parts. */
    private static Facts invoice(InvoiceStore.Stored stored, Statement statement) {
        Invoice invoice = stored.draft().invoice();
        Amount rounded = Amount.ZERO;
        Amount exact = Amount.ZERO;
        for (InvoiceLine line : invoice.lines()) {
            if (line.kind() != InvoiceLine.Kind.SURCHARGE && line.kind() != InvoiceLine.Kind.RECEIVABLE) {
                rounded = rounded.plus(Amount.of(line.amount().toBigDecimal()));
                exact = exact.plus(exact(line, statement));
            }
        }
        return new Facts()
                .put("id", stored.id())
                .put("kind", invoice.kind() == Invoice.Kind.STATEMENT ? "statement, nothing is due" : "invoice")
                .put("number", stored.number())
                .put("state", stored.state().word())
                .put("issued_on", stored.issuedOn())
                .put("usage_exact", exact)
                .put("usage_document", rounded)
                .put("residue", rounded.minus(exact))
                .each("lines", invoice.lines(), (line, each) -> {
                    Amount exactLine = exact(line, statement);
                    Amount document = Amount.of(line.amount().toBigDecimal());
                    each.put("line", line.line())
                            .put("kind", line.kind().word())
                            .put("usage_month", line.usageMonth())
                            .put(
                                    "what",
                                    String.join(" ", line.provider(), line.model(), line.serviceTier(), line.meter())
                                            .strip())
                            .put("exact", exactLine)
                            .put("document", document)
                            .put("residue", document.minus(exactLine));
                })
                .each("allowances", invoice.allowances(), (allowance, each) -> each.put(
                                "kind", allowance.kind().word())
                        .put("document", allowance.amount().toBigDecimal().toPlainString()))
                .put("net", invoice.net().toBigDecimal().toPlainString())
                .put("tax", invoice.tax().toBigDecimal().toPlainString())
                .put("total", invoice.total().toBigDecimal().toPlainString())
                .put("file", stored.fileName())
                .put("sha256", stored.sha256());
    }

    private static Amount exact(InvoiceLine line, Statement statement) {
        return switch (line.kind()) {
            case USAGE, LATE_USAGE ->
                statement.lines().stream()
                        .filter(each -> each.isPriced()
                                && each.usageMonth().equals(line.usageMonth())
                                && each.provider().equals(line.provider())
                                && each.model().equals(line.model())
                                && each.serviceTier().equals(line.serviceTier())
                                && each.meterWord().equals(line.meter())
                                && Objects.equals(each.unitPrice(), line.unitPrice())
                                && each.perUnits() == line.pricedUnits())
                        .map(StatementLine::amount)
                        .reduce(Amount.ZERO, Amount::plus);
            case SURCHARGE, CHARGE, CORRECTION, RECEIVABLE -> line.unitPrice();
        };
    }
}
