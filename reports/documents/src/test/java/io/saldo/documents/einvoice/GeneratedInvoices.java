package io.saldo.documents.einvoice;

import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxConversion;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Apportionment;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/** Invoices of every kind, the same ones for the same seed. */
final class GeneratedInvoices {
    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "USD", "JPY");
    private static final List<String> CATEGORIES = List.of("S", "AE", "G", "E");
    private static final List<String> METERS = List.of("input", "cached_input", "output", "request", "output_fee");
    private static final Issuer ISSUER = new Issuer(
            new Party(
                    "Beispiel Gateway GmbH", "Musterstraße 1", "10115", "Berlin", "DE", "DE123456789", "a@example.com"),
            "HRB 123456 B",
            "Dr. Erika Mustermann",
            "+49 30 1234567",
            "",
            "Musterbank",
            "DE02120300000000202051",
            "BYLADEM1001",
            EURO);

    private final Random random;

    GeneratedInvoices(long seed) {
        random = new Random(seed);
    }

    InvoiceDocument next(int number) {
        Currency currency = Currency.getInstance(CURRENCIES.get(random.nextInt(CURRENCIES.size())));
        boolean onlyReceivables = number % 25 == 0;
        boolean creditNote = !onlyReceivables && number % 7 == 0;
        List<InvoiceLine> lines = new ArrayList<>();
        Money zero = Money.zero(currency);
        Money usage = onlyReceivables ? zero : usage(lines, currency, number % 10 == 0 ? 120 : 1 + random.nextInt(12));
        Money surcharge = zero;
        if (!onlyReceivables && random.nextInt(3) == 0) {
            Amount exact = Amount.ofUnscaled(1 + random.nextInt(100_000_000), 6);
            surcharge = Rounding.halfUp(exact, currency);
            lines.add(single(lines.size() + 1, InvoiceLine.Kind.SURCHARGE, "", exact, surcharge));
        }
        Money receivables = zero;
        if (onlyReceivables || (!creditNote && random.nextInt(4) == 0)) {
            Money owed = new Money(currency, 1 + random.nextInt(5000));
            receivables = owed;
            lines.add(single(lines.size() + 1, InvoiceLine.Kind.RECEIVABLE, "CR-" + number, owed.toAmount(), owed));
        }
        List<Allowance> allowances = allowances(usage);
        Money allowed = allowances.stream().map(Allowance::amount).reduce(zero, Money::plus);
        Money lineTotal = usage.plus(surcharge).plus(receivables);
        Money net = lineTotal.minus(allowed);
        Money taxed = net.minus(receivables);
        String category = CATEGORIES.get(number % CATEGORIES.size());
        List<TaxLine> taxes =
                onlyReceivables ? List.of() : List.of(tax(category, rate(category, 19), taxed, List.of()));
        Money late = lateTotal(lines, zero);
        boolean both = lines.stream().anyMatch(line -> line.kind() == InvoiceLine.Kind.LATE_USAGE)
                && lines.stream().anyMatch(line -> line.kind() == InvoiceLine.Kind.USAGE);
        if (both && random.nextBoolean()) {
            Money own = taxed.plus(allowed).minus(late);
            allowances = byTax(allowances, own, late);
            Money offLate = allowances.stream()
                    .map(allowance -> allowance.byTax().get(1))
                    .reduce(zero, Money::plus);
            Money lateNet = late.minus(offLate);
            String other = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
            if (other.equals(category) && !other.equals("S")) {
                other = "S";
            }
            taxes = List.of(
                    tax(category, rate(category, 19), taxed.minus(lateNet), List.of(MONTH)),
                    tax(other, rate(other, 16), lateNet, List.of(MONTH.minusMonths(1))));
        }
        Money tax = taxes.stream().map(TaxLine::tax).reduce(zero, Money::plus);
        Invoice invoice = new Invoice(
                creditNote ? Invoice.Kind.CREDIT_NOTE : Invoice.Kind.INVOICE,
                "acc-" + number,
                MONTH,
                currency,
                lines,
                allowances,
                taxes,
                lineTotal,
                allowed,
                net,
                tax,
                net.plus(tax));
        LocalDate end = MONTH.atEndOfMonth();
        return new InvoiceDocument(
                invoice,
                "INV-2026-" + number,
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 11, 17),
                ISSUER,
                new Party(
                        "Käufer & <Söhne> \"" + number + "\"",
                        "Weg 1",
                        "75001",
                        "Paris",
                        "FR",
                        "FR12345678901",
                        "b@example.org"),
                "REF-" + number,
                random.nextBoolean() ? "de" : "en",
                random.nextBoolean() ? ElectronicInvoice.ZUGFERD : ElectronicInvoice.XRECHNUNG,
                currency.equals(EURO) || tax.isZero()
                        ? null
                        : TaxConversion.of(tax, end, Amount.parse("1.1684"), Amount.of(1), EURO),
                creditNote ? new InvoiceDocument.Original("INV-2026-1", LocalDate.of(2026, 10, 3)) : null,
                List.of(),
                List.of());
    }

    private static Amount rate(String category, int ofStandard) {
        return category.equals("S") ? Amount.of(ofStandard) : Amount.ZERO;
    }

    private static TaxLine tax(String category, Amount rate, Money net, List<YearMonth> months) {
        String text = category.equals("S") ? "" : "No tax: the law's text.";
        return new TaxLine(category, rate, net, Rounding.tax(net, rate), text, months);
    }

    private static Money lateTotal(List<InvoiceLine> lines, Money zero) {
        return lines.stream()
                .filter(line -> line.kind() == InvoiceLine.Kind.LATE_USAGE)
                .map(InvoiceLine::amount)
                .reduce(zero, Money::plus);
    }

    /** Late usage bears a third of each where it can, and more where the month cannot bear the rest. */
    private static List<Allowance> byTax(List<Allowance> allowances, Money own, Money late) {
        List<Allowance> parted = new ArrayList<>();
        long ownLeft = own.minorUnits();
        long lateLeft = late.minorUnits();
        for (Allowance each : allowances) {
            long amount = each.amount().minorUnits();
            long ofLate = Math.max(amount - ownLeft, Math.min(amount / 3, lateLeft));
            ownLeft -= amount - ofLate;
            lateLeft -= ofLate;
            Currency currency = each.amount().currency();
            parted.add(new Allowance(
                    each.kind(),
                    each.amount(),
                    each.purchaseInvoices(),
                    List.of(new Money(currency, amount - ofLate), new Money(currency, ofLate))));
        }
        return parted;
    }

    private Money usage(List<InvoiceLine> lines, Currency currency, int count) {
        List<Amount> exact = new ArrayList<>();
        List<InvoiceLine> raw = new ArrayList<>();
        for (int index = 1; index <= count; index++) {
            boolean late = random.nextInt(8) == 0;
            boolean perMillion = random.nextBoolean();
            Amount quantity = Amount.of(random.nextInt(50_000_000));
            Amount price = Amount.ofUnscaled(random.nextInt(10_000_000), 6);
            exact.add(quantity.times(price).dividedByPowerOfTen(perMillion ? 6 : 3));
            raw.add(new InvoiceLine(
                    index,
                    late ? InvoiceLine.Kind.LATE_USAGE : InvoiceLine.Kind.USAGE,
                    late ? MONTH.minusMonths(1) : MONTH,
                    "openai",
                    "model-" + index,
                    index % 2 == 0 ? "batch" : "standard",
                    METERS.get(random.nextInt(METERS.size())),
                    quantity,
                    price,
                    perMillion ? 1_000_000 : 1000,
                    Money.zero(currency)));
        }
        Money whole = Rounding.halfUp(exact.stream().reduce(Amount.ZERO, Amount::plus), currency);
        List<Money> amounts = Apportionment.of(whole, exact);
        for (int index = 0; index < count; index++) {
            InvoiceLine line = raw.get(index);
            lines.add(new InvoiceLine(
                    line.line(),
                    line.kind(),
                    line.usageMonth(),
                    line.provider(),
                    line.model(),
                    line.serviceTier(),
                    line.meter(),
                    line.quantity(),
                    line.unitPrice(),
                    line.perUnits(),
                    amounts.get(index)));
        }
        return whole;
    }

    private static InvoiceLine single(int number, InvoiceLine.Kind kind, String subject, Amount exact, Money amount) {
        return new InvoiceLine(number, kind, MONTH, "", "", "", subject, Amount.of(1), exact, 1, amount);
    }

    /** Credit that covers nothing, a part, or all. */
    private List<Allowance> allowances(Money usage) {
        List<Allowance> allowances = new ArrayList<>();
        int how = random.nextInt(3);
        if (how == 0 || usage.isZero()) {
            return allowances;
        }
        long part = how == 1 ? usage.minorUnits() : usage.minorUnits() / 2;
        if (part > 1) {
            allowances.add(
                    new Allowance(Allowance.Kind.CREDIT_PROMO, new Money(usage.currency(), part / 2), List.of()));
        }
        if (part > 0) {
            allowances.add(new Allowance(
                    Allowance.Kind.CREDIT_PURCHASE,
                    new Money(usage.currency(), part - (part > 1 ? part / 2 : 0)),
                    List.of("INV-2026-000071", "INV-2026-000094")));
        }
        return allowances;
    }
}
