package io.saldo.app.export;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.CreditMovement;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.statement.StatementTotals;
import io.saldo.statement.TakenBack;
import io.saldo.statement.WithdrawalAfterUse;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The FOCUS 1.2 rows of one account-month.
 *
 * <ul>
 *   <li>Usage costs effectively what it is worth, but for what nobody pays; it is billed where no credit paid for it.
 *   <li>A purchase of credit is billed when it is granted and costs nothing effectively, because usage that it covers
 *       later does. What of it expires is usage that nobody had.
 *   <li>Credit that was given and not bought takes the effective cost of what it paid for back.
 *   <li>What an invoice asks for is the sum of the billed cost of the rows with its number: usage, surcharge,
 *       receivables, tax and the rounding of the document.
 * </ul>
 *
 * <p>Quantities without a price have no row: the specification knows no usage without a price.
 */
final class FocusRows {
    private static final Amount ONE = Amount.of(1);
    private static final Set<Long> UNITS_OF_PRICES = Set.of(1L, 1_000L, 1_000_000L);
    private static final String USAGE = "Usage";
    private static final String PURCHASE = "Purchase";
    private static final String CREDIT = "Credit";
    private static final String ADJUSTMENT = "Adjustment";
    private static final String TAX = "Tax";
    private static final String USAGE_BASED = "Usage-Based";
    private static final String ONE_TIME = "One-Time";
    private static final String PREPAID_CREDIT = "Prepaid credit";

    /**
     * Whose rows.
     *
     * @param issuerName who sells and invoices
     */
    record Subject(String accountId, String accountName, String currency, YearMonth month, String issuerName) {}

    /** A line of the statement, as the lake has it. */
    record Line(
            YearMonth usageMonth,
            String provider,
            String model,
            String serviceTier,
            String meter,
            Amount unitPrice,
            long perUnits,
            Amount quantity,
            Amount amount,
            Amount payg,
            Amount overage,
            Amount unfunded) {}

    private final Subject subject;
    private final BillingZone zone;
    private final String invoiceId;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    /**
     * @param invoiceId of the account-month's invoice; empty before it is issued
     */
    FocusRows(Subject subject, BillingZone zone, String invoiceId) {
        this.subject = subject;
        this.zone = zone;
        this.invoiceId = invoiceId;
    }

    /** The rows so far, in the order in which they were added. */
    List<List<@Nullable Object>> rows() {
        return rows;
    }

    /** Usage of a line, or what a decision charges. */
    void usage(Line line) {
        boolean correction = line.meter().equals("correction");
        boolean charge = correction || line.meter().equals("charge");
        boolean fee = line.meter().endsWith("_fee");
        boolean metered = !charge && !fee && !isOfPackages(line);
        String unit = unit(line.meter());
        Amount quantity = metered ? divided(line.quantity(), line.perUnits()) : line.quantity();
        String sku = String.join("/", line.provider(), line.model(), line.serviceTier(), line.meter());
        FocusColumns.Row row = row(
                        charge ? line.meter() : line.usageMonth().equals(subject.month()) ? "usage" : "late_usage",
                        charge ? ADJUSTMENT : USAGE,
                        (correction ? "Corrected by dispute " : charge ? "Charged by decision on " : "")
                                + line.model()
                                + (charge ? "" : " " + line.meter()),
                        line.payg().plus(line.overage()),
                        line.amount().minus(line.unfunded()),
                        line.amount())
                .with("ChargeFrequency", charge ? ONE_TIME : USAGE_BASED)
                .with("InvoiceId", line.payg().plus(line.overage()).isZero() ? "" : invoiceId);
        period(row, zone.startOf(line.usageMonth()), zone.endOf(line.usageMonth()));
        if (!charge) {
            row.with("PublisherName", line.provider())
                    .with("ServiceName", line.model())
                    .with("ConsumedQuantity", metered ? line.quantity() : null)
                    .with("ConsumedUnit", metered ? unit : "");
            priced(
                    row,
                    quantity,
                    line.unitPrice(),
                    fee ? "Fees" : line.perUnits() == 1 ? unit : line.perUnits() + " " + unit,
                    sku,
                    line.meter());
        }
        rows.add(row.cells());
    }

    /** The lake does not say it. A size that prices have too tells packages by the amount, which of a price of 0 is always 0. */
    private static boolean isOfPackages(Line line) {
        if (!UNITS_OF_PRICES.contains(line.perUnits())) {
            return true;
        }
        return line.perUnits() != 1
                && !line.unitPrice().isZero()
                && line.quantity().times(line.unitPrice()).equals(line.amount());
    }

    /** The surcharge on overage, and what is owed apart from usage. */
    void totals(StatementTotals totals) {
        if (!totals.surcharge().isZero()) {
            FocusColumns.Row row = row(
                            "surcharge",
                            USAGE,
                            "Surcharge on overage",
                            totals.surcharge(),
                            totals.surcharge(),
                            totals.surcharge())
                    .with("ChargeFrequency", USAGE_BASED)
                    .with("InvoiceId", invoiceId);
            priced(row, ONE, totals.surcharge(), "Surcharges", "surcharge", "surcharge");
            rows.add(row.cells());
        }
        if (!totals.receivable().isZero()) {
            rows.add(row(
                            "receivable",
                            ADJUSTMENT,
                            "Credit taken back after its use, or usage still unpaid at the end",
                            totals.receivable(),
                            Amount.ZERO,
                            totals.receivable())
                    .with("ChargeFrequency", ONE_TIME)
                    .with("InvoiceId", invoiceId)
                    .cells());
        }
    }

    /**
     * What the month moved of a grant.
     *
     * @param entries the account's that the statement applied
     * @param afterUse its withdrawals that found credit used
     */
    void credit(CreditMovement movement, List<CreditEntry> entries, List<WithdrawalAfterUse> afterUse) {
        if (movement.grant().kind() != CreditKind.PURCHASE) {
            Amount drawn = movement.drawn().minus(movement.restored());
            if (!drawn.isZero()) {
                rows.add(row(
                                "credit",
                                CREDIT,
                                movement.grant().kind().word() + " credit applied",
                                Amount.ZERO,
                                drawn.negated(),
                                Amount.ZERO)
                        .with("ChargeFrequency", USAGE_BASED)
                        .with("x_CreditId", movement.grant().creditId())
                        .cells());
            }
            return;
        }
        Amount grantTax = entries.stream()
                .filter(entry ->
                        entry.creditId().equals(movement.grant().creditId()) && entry.type() == CreditEntry.Type.GRANT)
                .map(CreditEntry::taxAmount)
                .reduce(Amount.ZERO, Amount::plus);
        if (!movement.granted().isZero()) {
            purchase("purchase", "Purchase of prepaid credit", movement, movement.granted(), grantTax, "");
        }
        Amount refunded = Amount.ZERO;
        Amount withdrawnTax = Amount.ZERO;
        for (TakenBack each : TakenBack.of(
                movement.grant().creditId(),
                movement.withdrawn(),
                entries,
                afterUse,
                Currency.getInstance(subject.currency()))) {
            refunded = refunded.plus(each.reversed()).plus(each.claimed());
            withdrawnTax = withdrawnTax.plus(each.taxReversed()).plus(each.taxClaimed());
        }
        if (!refunded.isZero()) {
            purchase(
                    "refund",
                    "Refund of prepaid credit",
                    movement,
                    refunded.negated(),
                    withdrawnTax.negated(),
                    movement.granted().isZero() ? "Correction" : "");
        }
        if (!movement.expired().isZero()) {
            FocusColumns.Row row = row(
                            "expiry",
                            USAGE,
                            "Prepaid credit that expired unused",
                            Amount.ZERO,
                            movement.expired(),
                            movement.expired())
                    .with("ChargeFrequency", ONE_TIME)
                    .with("ServiceName", PREPAID_CREDIT)
                    .with("x_CreditId", movement.grant().creditId());
            priced(row, movement.expired(), ONE, subject.currency(), "prepaid-credit", "expiry");
            rows.add(row.cells());
        }
    }

    private void purchase(
            String record, String description, CreditMovement movement, Amount net, Amount tax, String chargeClass) {
        FocusColumns.Row row = row(record, PURCHASE, description, net, Amount.ZERO, net)
                .with("ChargeClass", chargeClass)
                .with("ChargeFrequency", ONE_TIME)
                .with("InvoiceId", movement.grant().purchaseInvoice())
                .with("ServiceName", PREPAID_CREDIT)
                .with("x_CreditId", movement.grant().creditId());
        long from = movement.grant().effectiveAt();
        long to = movement.grant().expiresAt();
        period(row, from, to == Instants.MAX ? Math.max(zone.endOf(subject.month()), from + 1_000_000) : to);
        priced(row, net, ONE, subject.currency(), "prepaid-credit", "credit");
        rows.add(row.cells());
        if (!tax.isZero()) {
            rows.add(row(record + "_tax", TAX, "Tax on prepaid credit", tax, tax, tax)
                    .with("ChargeClass", chargeClass)
                    .with("ChargeFrequency", ONE_TIME)
                    .with("InvoiceId", movement.grant().purchaseInvoice())
                    .with("x_CreditId", movement.grant().creditId())
                    .cells());
        }
    }

    /**
     * What an approved dispute charges more, or less: what came back to grants had been usage that cost something.
     *
     * @param usageMonth that was disputed
     * @param due signed
     * @param restored to grants; what they paid on top is a line of the statement
     */
    void dispute(long number, YearMonth usageMonth, Amount due, Amount restored) {
        Amount usage = due.minus(restored);
        if (due.isZero() && usage.isZero()) {
            return;
        }
        FocusColumns.Row row = row("dispute", ADJUSTMENT, "Difference of dispute " + number, due, usage, usage)
                .with("ChargeClass", "Correction")
                .with("ChargeFrequency", ONE_TIME)
                .with("InvoiceId", due.isZero() ? "" : invoiceId);
        period(row, zone.startOf(usageMonth), zone.endOf(usageMonth));
        rows.add(row.cells());
    }

    /**
     * The tax of the issued document, and what rounding it added.
     *
     * @param exactNet what is charged by it, exact; less than nothing by a credit note
     */
    void document(Invoice invoice, Amount exactNet) {
        boolean back = invoice.kind() == Invoice.Kind.CREDIT_NOTE;
        Amount rounding = signed(invoice.net(), back).minus(exactNet);
        if (!rounding.isZero()) {
            rows.add(row("rounding", ADJUSTMENT, "Rounding of the document", rounding, rounding, rounding)
                    .with("ChargeFrequency", ONE_TIME)
                    .with("InvoiceId", invoiceId)
                    .cells());
        }
        for (TaxLine tax : invoice.taxes()) {
            Amount amount = signed(tax.tax(), back);
            if (!amount.isZero()) {
                rows.add(
                        row("tax", TAX, "Tax " + tax.category() + " " + tax.ratePercent() + "%", amount, amount, amount)
                                .with("ChargeFrequency", ONE_TIME)
                                .with("InvoiceId", invoiceId)
                                .cells());
            }
        }
    }

    private static Amount signed(Money amount, boolean back) {
        return back ? amount.toAmount().negated() : amount.toAmount();
    }

    private FocusColumns.Row row(
            String record, String category, String description, Amount billed, Amount effective, Amount list) {
        FocusColumns.Row row = new FocusColumns.Row()
                .with("x_Record", record)
                .with("BillingAccountId", subject.accountId())
                .with("BillingAccountName", subject.accountName())
                .with("BillingCurrency", subject.currency())
                .with("BillingPeriodStart", instant(zone.startOf(subject.month())))
                .with("BillingPeriodEnd", instant(zone.endOf(subject.month())))
                .with("ChargeCategory", category)
                .with("ChargeDescription", description)
                .with("BilledCost", billed)
                .with("EffectiveCost", effective)
                .with("ListCost", list)
                .with("ContractedCost", list)
                .with("InvoiceIssuerName", subject.issuerName())
                .with("ProviderName", subject.issuerName())
                .with("PublisherName", subject.issuerName())
                .with("ServiceCategory", "AI and Machine Learning")
                .with("ServiceSubcategory", "Generative AI")
                .with("ServiceName", "AI API");
        period(row, zone.startOf(subject.month()), zone.endOf(subject.month()));
        return row;
    }

    private static void period(FocusColumns.Row row, long from, long to) {
        row.with("ChargePeriodStart", instant(from)).with("ChargePeriodEnd", instant(to));
    }

    private static void priced(
            FocusColumns.Row row, Amount quantity, Amount unitPrice, String unit, String sku, String meter) {
        row.with("PricingCategory", "Standard")
                .with("PricingQuantity", quantity)
                .with("PricingUnit", unit)
                .with("ListUnitPrice", unitPrice)
                .with("ContractedUnitPrice", unitPrice)
                .with("SkuId", sku)
                .with("SkuPriceId", sku)
                .with("SkuMeter", meter);
    }

    /** The specification has whole seconds; what is finer is cut. */
    private static String instant(long micros) {
        return Instants.ofMicros(micros).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String unit(String meter) {
        return switch (meter) {
            case "unit" -> "Units";
            case "request" -> "Requests";
            default -> "Tokens";
        };
    }

    /** The quantity in units of a price per 1, 1000 or 1000000. */
    private static Amount divided(Amount quantity, long perUnits) {
        return quantity.dividedByPowerOfTen(Long.toString(perUnits).length() - 1);
    }
}
