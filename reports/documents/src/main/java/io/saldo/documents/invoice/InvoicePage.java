package io.saldo.documents.invoice;

import static io.saldo.documents.text.PlainText.joined;
import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.invoice.CreditPosition;
import io.saldo.invoice.DailyUsage;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One document's words and numbers, band by band, as the template shows them. */
final class InvoicePage {
    private static final int INFO_LINES = 9;

    private final InvoiceDocument document;
    private final Invoice invoice;
    private final Texts texts;
    private final Texts countries;
    private final InvoiceWords words;
    private final List<Row> rows = new ArrayList<>();

    InvoicePage(InvoiceDocument document, Texts texts, Texts countries) {
        this.document = document;
        this.invoice = document.invoice();
        this.texts = texts;
        this.countries = countries;
        this.words = new InvoiceWords(texts, invoice.kind() == Invoice.Kind.CREDIT_NOTE);
    }

    /** What the document is called, with its number when it has one. */
    String title() {
        String title = texts.text(
                switch (invoice.kind()) {
                    case INVOICE -> "document.invoice";
                    case STATEMENT -> "document.statement";
                    case CREDIT_NOTE -> "document.credit-note";
                });
        return document.number().isEmpty()
                ? title
                : texts.text("document.titled", "title", title, "number", line(document.number()));
    }

    Map<String, Object> parameters() {
        Issuer issuer = document.issuer();
        Party party = issuer.party();
        String period = texts.period(invoice.month());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("draft", document.draft());
        parameters.put("issuerName", line(party.name()));
        parameters.put("issuerContact", lines(party.email(), issuer.website()));
        parameters.put("senderLine", joined(" · ", party.name(), party.address(), town(party)));
        parameters.put("recipient", recipient());
        parameters.put("title", title());

        parameters.put("continuedTitle", joined(" · ", title(), period));
        String amountTitle = texts.text("column.amount", "currency", texts.currency(invoice.currency()));
        String month = texts.month(invoice.month());
        String code = invoice.currency().getCurrencyCode();
        parameters.put("subtitle", texts.text("document.subtitle", "month", month));
        parameters.put("amountTitle", amountTitle);
        parameters.put("creditTitle", texts.text("credit.title", "month", month));
        parameters.put("creditExplanation", texts.text("credit.explanation", "currency", code));
        parameters.put("usageTitle", texts.text("usage.title", "month", month));
        parameters.put("usageExplanation", texts.text("usage.explanation", "currency", code));
        parameters.put("footerAddress", lines(party.name(), party.address(), town(party)));
        parameters.put(
                "footerContact",
                lines(labelled("footer.phone", "phone", issuer.phone()), party.email(), issuer.website()));
        parameters.put(
                "footerBank",
                lines(
                        issuer.bankName(),
                        labelled("footer.iban", "iban", grouped(issuer.iban())),
                        labelled("footer.bic", "bic", issuer.bic())));
        parameters.put(
                "footerRegister",
                lines(
                        issuer.registration(),
                        labelled("footer.directors", "directors", issuer.managingDirectors()),
                        labelled("footer.vat", "vat", party.vatId())));
        information(period).forEach(parameters::put);
        return parameters;
    }

    List<Row> rows() {
        lineTable();
        rows.addAll(new InvoiceTotals(document, texts, words).rows());
        creditStatement();
        dailyUsage();
        for (int index = 1; index < rows.size(); index++) {
            rows.get(index).with("continued");
        }
        return rows;
    }

    private Map<String, String> information(String period) {
        boolean statement = invoice.kind() == Invoice.Kind.STATEMENT;
        List<List<String>> pairs = new ArrayList<>();
        if (!statement) {
            boolean creditNote = invoice.kind() == Invoice.Kind.CREDIT_NOTE;
            String open = texts.text("info.open");
            LocalDate issuedOn = document.issuedOn();
            LocalDate dueOn = document.dueOn();
            pair(
                    pairs,
                    creditNote ? "info.number-credit-note" : "info.number",
                    document.draft() ? open : document.number());
            pair(pairs, creditNote ? "info.date" : "info.issued", issuedOn == null ? open : texts.date(issuedOn));
            if (!creditNote) {
                pair(pairs, "info.due", dueOn == null ? open : texts.date(dueOn));
            }
        } else if (document.issuedOn() != null) {
            pair(pairs, "info.date", texts.date(document.issuedOn()));
        }
        pair(pairs, "info.period", period);
        pair(pairs, "info.account", invoice.accountId());
        pair(pairs, "info.reference", document.buyerReference());
        pair(pairs, "info.buyer-vat", document.buyer().vatId());
        pair(pairs, "info.issuer-vat", document.issuer().party().vatId());
        pair(pairs, "info.currency", invoice.currency().getCurrencyCode());
        Map<String, String> result = new HashMap<>();
        for (int index = 1; index <= INFO_LINES; index++) {
            List<String> pair = index <= pairs.size() ? pairs.get(index - 1) : List.of("", "");
            result.put("infoLabel" + index, pair.get(0));
            result.put("infoValue" + index, pair.get(1));
        }
        return result;
    }

    private void pair(List<List<String>> pairs, String key, String value) {
        if (!value.isEmpty()) {
            pairs.add(List.of(texts.text(key), line(value)));
        }
    }

    private String recipient() {
        Party buyer = document.buyer();
        boolean abroad = !buyer.country().equals(document.issuer().party().country());
        String country = abroad ? countries.textOr(buyer.country(), buyer.country()) : "";
        return lines(buyer.name(), buyer.address(), town(buyer), country);
    }

    private void lineTable() {
        List<List<InvoiceLine>> sections = new ArrayList<>();
        String last = "";
        for (InvoiceLine line : invoice.lines()) {
            String section = words.section(line);
            if (!section.equals(last)) {
                sections.add(new ArrayList<>());
                last = section;
            }
            sections.get(sections.size() - 1).add(line);
        }
        for (List<InvoiceLine> section : sections) {
            String name = words.section(section.get(0));
            if (sections.size() > 1) {
                // A heading shares its block with its first line: it never stands alone at the foot of a page.
                rows.add(inLines("isSection", blockOf(section.get(0))).with("label", name));
            }
            for (InvoiceLine line : section) {
                rows.add(lineRow(line));
            }
            if (sections.size() > 1 && section.size() > 1) {
                Money sum =
                        section.stream().map(InvoiceLine::amount).reduce(Money.zero(invoice.currency()), Money::plus);
                rows.add(inLines("isSum", blockOf(section.get(section.size() - 1)))
                        .with("label", texts.text("section.sum", "section", name))
                        .with("amount", texts.amount(sum)));
            }
        }
    }

    private static String blockOf(InvoiceLine line) {
        return "line " + line.line();
    }

    private static Row inLines(String kind, String block) {
        return new Row(kind).with("inLines").with("part", "lines").with("block", block);
    }

    private Row lineRow(InvoiceLine line) {
        Row row = inLines("isLine", blockOf(line))
                .with("position", String.valueOf(line.line()))
                .with("description", words.description(line))
                .with("amount", texts.amount(line.amount()));
        if (line.kind() == InvoiceLine.Kind.USAGE || line.kind() == InvoiceLine.Kind.LATE_USAGE) {
            row.with("quantity", texts.number(line.quantity(), 0))
                    .with("price", texts.amount(line.unitPrice(), invoice.currency()))
                    .with("per", perUnits(line.perUnits()));
        }
        return row;
    }

    private String perUnits(long perUnits) {
        return texts.has("per." + perUnits)
                ? texts.text("per." + perUnits)
                : texts.text("per.other", "count", texts.number(Amount.of(perUnits), 0));
    }

    private void creditStatement() {
        if (document.credit().isEmpty()) {
            return;
        }
        for (CreditPosition position : document.credit()) {
            rows.add(creditRow("isCredit", position.creditId(), List.of(position))
                    .with("detail", creditDetail(position)));
        }
        rows.add(creditRow("isCreditTotal", texts.text("credit.total"), document.credit()));
    }

    private Row creditRow(String kind, String credit, List<CreditPosition> positions) {
        return new Row(kind)
                .with("inCredit")
                .with("part", "credit")
                .with("block", kind + " " + credit)
                .with("credit", line(credit))
                .with("opening", sum(positions, CreditPosition::opening))
                .with("granted", sum(positions, CreditPosition::granted))
                .with("restored", sum(positions, CreditPosition::restored))
                .with("drawn", sum(positions, CreditPosition::drawn))
                .with("expired", sum(positions, CreditPosition::expired))
                .with("withdrawn", sum(positions, CreditPosition::withdrawn))
                .with("closing", sum(positions, CreditPosition::closing));
    }

    private String sum(List<CreditPosition> positions, Function<CreditPosition, Amount> part) {
        Amount sum = positions.stream().map(part).reduce(Amount.ZERO, Amount::plus);
        return sum.isZero() ? texts.text("number.none") : texts.amount(sum, invoice.currency());
    }

    private String creditDetail(CreditPosition position) {
        String kind = "credit.kind." + position.kind();
        LocalDate expiresOn = position.expiresOn();
        String from = joined(
                " · ",
                texts.has(kind) ? texts.text(kind) : position.kind(),
                labelled("credit.invoice", "invoice", position.purchaseInvoice()));
        String until = expiresOn == null
                ? texts.text("credit.never")
                : texts.text("credit.expires", "date", texts.date(expiresOn));
        // Both fit on one line only where no invoice is named; broken anywhere else, a date would be torn apart.
        return joined(position.purchaseInvoice().isEmpty() ? " · " : "\n", from, until);
    }

    private void dailyUsage() {
        List<DailyUsage> days = document.dailyUsage();
        if (days.isEmpty()) {
            return;
        }
        Amount greatest = days.stream().map(DailyUsage::amount).reduce(Amount.ZERO, InvoicePage::greater);
        int digits = days.stream()
                .mapToInt(day -> day.amount().scale())
                .reduce(Money.minorUnitDigits(invoice.currency()), Math::max);
        Amount sum = Amount.ZERO;
        for (DailyUsage day : days) {
            sum = sum.plus(day.amount());
            rows.add(inUsage("isDay", "day " + day.date())
                    .with("date", texts.date(day.date()))
                    .with("share", share(day.amount(), greatest))
                    .with(
                            "amount",
                            day.amount().isZero() ? texts.text("number.none") : texts.number(day.amount(), digits)));
        }
        rows.add(inUsage("isUsageTotal", "day " + days.get(days.size() - 1).date())
                .with("label", texts.text("usage.total"))
                .with("amount", texts.money(sum, invoice.currency())));
    }

    private static Row inUsage(String kind, String block) {
        return new Row(kind).with("inUsage").with("part", "usage").with("block", block);
    }

    private static Amount greater(Amount one, Amount other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** The part of the greatest amount in ten-thousandths, cut: the length of a bar, not an amount. */
    private static String share(Amount amount, Amount greatest) {
        if (amount.signum() <= 0) {
            return "0";
        }
        int scale = Math.max(amount.scale(), greatest.scale());
        BigInteger part = amount.toBigDecimal().setScale(scale).unscaledValue();
        BigInteger whole = greatest.toBigDecimal().setScale(scale).unscaledValue();
        return part.multiply(BigInteger.valueOf(10_000))
                .divide(whole)
                .max(BigInteger.ONE)
                .toString();
    }

    private String labelled(String key, String name, String value) {
        return value.isEmpty() ? "" : texts.text(key, name, line(value));
    }

    private static String town(Party party) {
        return joined(" ", party.postalCode(), party.city());
    }

    private static String lines(String... parts) {
        return joined("\n", parts);
    }

    /** An IBAN in groups of four, as a person copies it. */
    static String grouped(String iban) {
        return line(iban).replace(" ", "").replaceAll("(.{4})(?=.)", "$1 ");
    }
}
