package io.saldo.documents.invoice;

import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.text.Texts;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.InvoiceLine;
import io.saldo.money.Amount;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What lines and allowances are called, the same on the page and in the structured invoice. */
public final class InvoiceWords {
    private static final String FEE_SUFFIX = "_fee";

    private final Texts texts;
    private final boolean creditNote;

    /**
     * In those texts.
     *
     * @param creditNote whether an amount that is taken off is one that is not paid back
     */
    InvoiceWords(Texts texts, boolean creditNote) {
        this.texts = texts;
        this.creditNote = creditNote;
    }

    /** The heading above such lines. */
    public String section(InvoiceLine line) {
        return switch (line.kind()) {
            case USAGE -> texts.text("section.usage", "month", texts.month(line.usageMonth()));
            case LATE_USAGE -> texts.text("section.late", "month", texts.month(line.usageMonth()));
            case CHARGE -> texts.text("section.charge", "month", texts.month(line.usageMonth()));
            case SURCHARGE -> texts.text("section.surcharge");
            case CORRECTION -> texts.text("section.correction");
            case RECEIVABLE -> texts.text(isDebt(line) ? "section.debt" : "section.receivable");
        };
    }

    /** How the name of a text about all receivables of an invoice with those lines ends: about credit, about debt, or about both. */
    public String receivables(List<InvoiceLine> lines) {
        List<InvoiceLine> receivables = lines.stream()
                .filter(line -> line.kind() == InvoiceLine.Kind.RECEIVABLE)
                .toList();
        if (receivables.stream().noneMatch(InvoiceWords::isDebt)) {
            return "";
        }
        return receivables.stream().allMatch(InvoiceWords::isDebt) ? "-debt" : "-both";
    }

    /** What a line charges. */
    public String description(InvoiceLine line) {
        return switch (line.kind()) {
            case CHARGE -> texts.text("line.charge", "break", line(line.model()));
            case SURCHARGE -> texts.text("line.surcharge");
            case CORRECTION -> texts.text("line.correction." + line.meter());
            case RECEIVABLE ->
                isDebt(line) ? texts.text("line.debt") : texts.text("line.receivable", "credit", line(line.meter()));
            case USAGE, LATE_USAGE -> {
                boolean standard =
                        line.serviceTier().isEmpty() || line.serviceTier().equals("standard");
                String usage = texts.fill(
                        standard ? "line.usage" : "line.usage-tier",
                        Map.of(
                                "provider", line(line.provider()),
                                "model", line(line.model()),
                                "meter", meter(line.meter()),
                                "tier", line(line.serviceTier())));
                yield line.packageSize() == null
                        ? usage
                        : texts.fill(
                                "line.packages",
                                Map.of("usage", usage, "size", texts.number(Amount.of(line.packageSize()), 0)));
            }
        };
    }

    /** Whether it is what an account that closed had carried, and no credit that was taken back. */
    private static boolean isDebt(InvoiceLine line) {
        return line.meter().isEmpty();
    }

    private String meter(String meter) {
        if (texts.has("meter." + meter)) {
            return texts.text("meter." + meter);
        }
        if (meter.endsWith(FEE_SUFFIX)) {
            return texts.text("meter-fee", "meter", meter(meter.substring(0, meter.length() - FEE_SUFFIX.length())));
        }
        return line(meter);
    }

    /** Why an amount is taken off the lines. */
    public String allowance(Allowance allowance) {
        String key = (creditNote ? "allowance.back." : "allowance.")
                + allowance.kind().word();
        return allowance.purchaseInvoices().isEmpty()
                ? texts.text(key)
                : texts.text(
                        key + "-invoices",
                        "invoices",
                        allowance.purchaseInvoices().stream()
                                .map(invoiceNumber -> line(invoiceNumber))
                                .collect(Collectors.joining(", ")));
    }
}
