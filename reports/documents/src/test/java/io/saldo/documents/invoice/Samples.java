package io.saldo.documents.invoice;

import io.saldo.invoice.Allowance;
import io.saldo.invoice.CreditPosition;
import io.saldo.invoice.DailyUsage;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Documents for the tests: made up, but with amounts that add up. */
final class Samples {
    static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    static final Currency EURO = Currency.getInstance("EUR");
    static final Currency DOLLAR = Currency.getInstance("USD");
    static final Currency YEN = Currency.getInstance("JPY");

    static final Issuer ISSUER = new Issuer(
            new Party(
                    "Beispiel Gateway GmbH",
                    "Musterstraße 1",
                    "10115",
                    "Berlin",
                    "DE",
                    "DE123456789",
                    "billing@example.com"),
            "Amtsgericht Charlottenburg, HRB 123456 B",
            "Änne Größmann, Jürgen Weiß",
            "+49 30 1234567",
            "https://example.com",
            "Musterbank",
            "DE02120300000000202051",
            "BYLADEM1001",
            EURO);

    static final Party BUYER = new Party(
            "Søren & Müller Übersetzungen GmbH",
            "Königsallee 77",
            "40212",
            "Düsseldorf",
            "DE",
            "DE987654321",
            "rechnung@example.org");

    private Samples() {}

    /** Every section, every allowance, a full credit statement and a whole month of days. */
    static InvoiceDocument full(String language) {
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "openai", "gpt-5.1", "standard", "input", 182_450_112, "1.25", 1_000_000, "228.06");
        usage(lines, "openai", "gpt-5.1", "standard", "cached_input", 96_003_584, "0.125", 1_000_000, "12.00");
        usage(lines, "openai", "gpt-5.1", "standard", "output", 21_007_731, "10", 1_000_000, "210.08");
        usage(lines, "openai", "gpt-5.1", "batch", "input", 44_120_008, "0.625", 1_000_000, "27.58");
        usage(lines, "azure", "gpt-4o-mini-transcribe", "standard", "audio_input", 3_180_442, "3", 1_000_000, "9.54");
        usage(lines, "azure", "gpt-image-1", "standard", "unit", 412, "0.042", 1, "17.30");
        usage(lines, "anthropic", "claude-sonnet-4-5", "standard", "input", 61_223_904, "3", 1_000_000, "183.67");
        usage(
                lines,
                "anthropic",
                "claude-sonnet-4-5",
                "standard",
                "cache_write",
                8_120_330,
                "3.75",
                1_000_000,
                "30.45");
        usage(lines, "anthropic", "claude-sonnet-4-5", "standard", "output", 9_442_871, "15", 1_000_000, "141.64");
        usage(lines, "anthropic", "claude-sonnet-4-5", "standard", "output_fee", 1, "25", 1, "25.00");
        usage(lines, "mistral", "mistral-small", "standard", "request", 12_050, "0.4", 1000, "4.82");
        lines.add(line(
                lines.size() + 1, InvoiceLine.Kind.SURCHARGE, OCTOBER, "", "", "", "", 1, "23.8455", 1, "23.85", EURO));
        lines.add(line(
                lines.size() + 1,
                InvoiceLine.Kind.LATE_USAGE,
                YearMonth.of(2026, 9),
                "openai",
                "gpt-5.1",
                "standard",
                "input",
                1_204_551,
                "1.25",
                1_000_000,
                "1.51",
                EURO));
        lines.add(line(
                lines.size() + 1,
                InvoiceLine.Kind.LATE_USAGE,
                YearMonth.of(2026, 9),
                "openai",
                "gpt-5.1",
                "standard",
                "output",
                88_210,
                "10",
                1_000_000,
                "0.88",
                EURO));
        lines.add(line(
                lines.size() + 1,
                InvoiceLine.Kind.RECEIVABLE,
                OCTOBER,
                "",
                "",
                "",
                "CR-2026-0311",
                1,
                "40",
                1,
                "40.00",
                EURO));
        List<Allowance> allowances = List.of(
                new Allowance(Allowance.Kind.CREDIT_PROMO, euro("25.00"), List.of()),
                new Allowance(Allowance.Kind.CREDIT_ADJUSTMENT, euro("5.50"), List.of()),
                new Allowance(
                        Allowance.Kind.CREDIT_PURCHASE,
                        euro("500.00"),
                        List.of("INV-2026-000071", "INV-2026-000094", "INV-2026-000102")),
                new Allowance(Allowance.Kind.CARRIED, euro("12.40"), List.of()),
                new Allowance(Allowance.Kind.UNFUNDED, euro("3.10"), List.of()));
        return document(
                EURO,
                lines,
                allowances,
                "S",
                "19",
                "",
                euro("40.00"),
                "INV-2026-000123",
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 11, 17),
                BUYER,
                language,
                credit(),
                days(31));
    }

    /** Twelve plain lines of an account without credit, net of tax in another country. */
    static InvoiceDocument twelveLines(String language) {
        return document(
                DOLLAR,
                manyLines(12, DOLLAR),
                List.of(),
                "AE",
                "0",
                "Reverse charge: the recipient is liable for the VAT (Article 196 of Directive 2006/112/EC).",
                Money.zero(DOLLAR),
                "INV-2026-000124",
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 12, 3),
                new Party("Atelier Élan SARL", "12 rue de la Paix", "75002", "Paris", "FR", "FR12345678901", ""),
                language,
                List.of(),
                days(31));
    }

    static InvoiceDocument draft(String language) {
        InvoiceDocument full = full(language);
        return new InvoiceDocument(
                full.invoice(),
                "",
                null,
                null,
                full.issuer(),
                full.buyer(),
                "PO 4711",
                language,
                ElectronicInvoice.NONE,
                null,
                null,
                full.credit(),
                full.dailyUsage());
    }

    static InvoiceDocument statement(String language) {
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "openai", "gpt-5.1", "standard", "input", 8_000_000, "1.25", 1_000_000, "10.00");
        usage(lines, "openai", "gpt-5.1", "flex", "output", 500_000, "5", 1_000_000, "2.50");
        Invoice invoice = new Invoice(
                Invoice.Kind.STATEMENT,
                "acme",
                OCTOBER,
                EURO,
                lines,
                List.of(new Allowance(Allowance.Kind.CREDIT_PURCHASE, euro("12.50"), List.of("INV-2026-000071"))),
                List.of(),
                euro("12.50"),
                euro("12.50"),
                euro("0.00"),
                euro("0.00"),
                euro("0.00"));
        return new InvoiceDocument(
                invoice,
                "",
                LocalDate.of(2026, 11, 3),
                null,
                ISSUER,
                BUYER,
                "",
                language,
                ElectronicInvoice.NONE,
                null,
                null,
                credit(),
                days(31));
    }

    static InvoiceDocument manyPages(String language) {
        return document(
                EURO,
                manyLines(120, EURO),
                List.of(),
                "S",
                "19",
                "",
                Money.zero(EURO),
                "INV-2026-000125",
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 11, 17),
                BUYER,
                language,
                IntStream.rangeClosed(1, 40)
                        .mapToObj(number -> grant("CR-2026-" + number, "purchase", "INV-2025-" + number))
                        .toList(),
                days(31));
    }

    /** Names without a blank, quantities and prices as long as they can get. */
    static InvoiceDocument longNames(String language) {
        String endless = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "openai", "gpt-5.1", "standard", "input", 1_000_000, "1.25", 1_000_000, "1.25");
        lines.add(line(
                2,
                InvoiceLine.Kind.USAGE,
                OCTOBER,
                "a-provider-with-a-rather-long-name",
                endless + "-" + endless + "-2026-10-01-preview",
                "provisioned-throughput",
                "cached_input",
                Long.MAX_VALUE,
                "0.000000123456789012",
                1_000_000,
                "1138687.44",
                EURO));
        usage(lines, "openai", "gpt-5.1", "standard", "output", 1_000_000, "10", 2_500, "4000.00");
        Issuer issuer = new Issuer(
                new Party(
                        endless + " mbH & Co. KGaA",
                        "Straße des siebzehnten Juni hundertfünfunddreißig, Hinterhaus, vierter Aufgang",
                        "10623",
                        "Berlin-Charlottenburg-Wilmersdorf",
                        "DE",
                        "DE123456789",
                        "the-department-for-invoices-and-payments@subsidiary.example.com"),
                "Amtsgericht Charlottenburg (Berlin), Handelsregister Abteilung B, HRB 123456789 B",
                "Karl-Theodor Maria Nikolaus Johann Jacob Philipp Franz Joseph Sylvester, Änne Größmann-Löwenstein",
                "+49 30 1234567-89012",
                "https://www.a-very-long-website-name.example.com",
                "Genossenschaftliche Zentralbank für Handel und Gewerbe eG",
                "MT84MALT011000012345MTLCAST001S",
                "BYLADEM1001",
                EURO);
        Invoice invoice = invoice(EURO, lines, List.of(), "S", "19", "", Money.zero(EURO));
        return new InvoiceDocument(
                invoice,
                "INV-2026-CONSOLIDATED-SUBSIDIARIES-EMEA-000000126",
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 11, 17),
                issuer,
                new Party(
                        endless + " und Söhne, Niederlassung Nordrhein-Westfalen, Abteilung für künstliche Intelligenz",
                        "Gewerbepark am alten Güterbahnhof, Gebäude siebenundzwanzig, Aufgang C, dritte Etage",
                        "99999",
                        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
                        "GB",
                        "GB999999973",
                        ""),
                "Kostenstelle 4711-0815 / Bestellung 2026-10-31-A-00000000001 / Frau Größmann",
                language,
                ElectronicInvoice.NONE,
                null,
                null,
                List.of(new CreditPosition(
                        endless,
                        "purchase",
                        "INV-2026-CONSOLIDATED-SUBSIDIARIES-EMEA-000000001",
                        null,
                        Amount.parse("1234567890.123456789012"),
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.parse("0.000000000012"),
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.parse("1234567890.123456789"))),
                List.of(new DailyUsage(OCTOBER.atDay(3), Amount.parse("1142688.693456789012"))));
    }

    static InvoiceDocument yen(String language) {
        return document(
                YEN,
                manyLines(3, YEN),
                List.of(new Allowance(Allowance.Kind.CREDIT_PROMO, new Money(YEN, 1000), List.of())),
                "G",
                "0",
                "Export of services, not subject to VAT.",
                Money.zero(YEN),
                "INV-2026-000127",
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 11, 17),
                new Party("Kabushiki Kaisha Rei", "1-1 Chiyoda", "100-8111", "Tokyo", "JP", "", ""),
                language,
                List.of(),
                days(5));
    }

    /** Every text tries to be a program, markup or a turned direction of writing. */
    static InvoiceDocument hostile(String language) {
        String attack = "<style isBold=\"true\">$P{REPORT_CONNECTION}</style> ${7*7} \u202Eevil\u0007";
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "$F{amount}", attack, "<b>x</b>", "$R{x}", 1_000_000, "1.25", 1_000_000, "1.25");
        return document(
                EURO,
                lines,
                List.of(),
                "S",
                "19",
                "<a href=\"https://example.org\">click</a>",
                Money.zero(EURO),
                "INV-2026-000128",
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 11, 17),
                new Party(attack, "<script>alert(1)</script>", "$V{x}", "new java.io.File(\"x\")", "DE", "{name}", ""),
                language,
                List.of(),
                days(1));
    }

    /** Names in many scripts, some of which no font of ours has, and half of a surrogate pair. */
    static InvoiceDocument scripts(String language) {
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "яндекс", "модель-γ", "standard", "новый_счётчик", 1_000_000, "1.25", 1_000_000, "1.25");
        usage(lines, "通义", "模型-3", "standard", "input", 1_000_000, "1.25", 1_000_000, "1.25");
        usage(lines, "emoji \uD83D\uDE00", "half \uD83D pair", "standard", "input", 1, "1.25", 1_000_000, "0.00");
        return document(
                EURO,
                lines,
                List.of(),
                "S",
                "19",
                "",
                Money.zero(EURO),
                "INV-2026-000129",
                LocalDate.of(2026, 11, 3),
                LocalDate.of(2026, 11, 17),
                new Party("Łódź Şirketi · Ελληνική ΑΕ", "ул. Ленина 1", "123", "北京", "X1", "", ""),
                language,
                List.of(),
                days(1));
    }

    private static InvoiceDocument document(
            Currency currency,
            List<InvoiceLine> lines,
            List<Allowance> allowances,
            String category,
            String rate,
            String legalText,
            Money untaxed,
            String number,
            @Nullable LocalDate issuedOn,
            @Nullable LocalDate dueOn,
            Party buyer,
            String language,
            List<CreditPosition> credit,
            List<DailyUsage> days) {
        return new InvoiceDocument(
                invoice(currency, lines, allowances, category, rate, legalText, untaxed),
                number,
                issuedOn,
                dueOn,
                ISSUER,
                buyer,
                "PO 4711",
                language,
                ElectronicInvoice.NONE,
                null,
                null,
                credit,
                days);
    }

    private static Invoice invoice(
            Currency currency,
            List<InvoiceLine> lines,
            List<Allowance> allowances,
            String category,
            String rate,
            String legalText,
            Money untaxed) {
        Money lineTotal = lines.stream().map(InvoiceLine::amount).reduce(Money.zero(currency), Money::plus);
        Money allowanceTotal = allowances.stream().map(Allowance::amount).reduce(Money.zero(currency), Money::plus);
        Money net = lineTotal.minus(allowanceTotal);
        Money taxed = net.minus(untaxed);
        Money tax = Rounding.tax(taxed, Amount.parse(rate));
        return new Invoice(
                Invoice.Kind.INVOICE,
                "acme",
                OCTOBER,
                currency,
                lines,
                allowances,
                List.of(new TaxLine(category, Amount.parse(rate), taxed, tax, legalText)),
                lineTotal,
                allowanceTotal,
                net,
                tax,
                net.plus(tax));
    }

    static void usage(
            List<InvoiceLine> lines,
            String provider,
            String model,
            String tier,
            String meter,
            long quantity,
            String price,
            long perUnits,
            String amount) {
        lines.add(line(
                lines.size() + 1,
                InvoiceLine.Kind.USAGE,
                OCTOBER,
                provider,
                model,
                tier,
                meter,
                quantity,
                price,
                perUnits,
                amount,
                EURO));
    }

    private static InvoiceLine line(
            int position,
            InvoiceLine.Kind kind,
            YearMonth month,
            String provider,
            String model,
            String tier,
            String meter,
            long quantity,
            String price,
            long perUnits,
            String amount,
            Currency currency) {
        return new InvoiceLine(
                position,
                kind,
                month,
                provider,
                model,
                tier,
                meter,
                Amount.of(quantity),
                Amount.parse(price),
                perUnits,
                Money.of(currency, new BigDecimal(amount)));
    }

    private static List<InvoiceLine> manyLines(int count, Currency currency) {
        List<String> meters = List.of("input", "cached_input", "output");
        return IntStream.rangeClosed(1, count)
                .mapToObj(position -> new InvoiceLine(
                        position,
                        InvoiceLine.Kind.USAGE,
                        OCTOBER,
                        "openai",
                        "model-" + (position + 2) / 3,
                        "standard",
                        meters.get((position - 1) % 3),
                        Amount.of(position * 1_234_567L),
                        Amount.parse("2.5"),
                        1_000_000,
                        new Money(currency, position * 309L)))
                .toList();
    }

    private static List<CreditPosition> credit() {
        return List.of(
                new CreditPosition(
                        "CR-2026-0188",
                        "promo",
                        "",
                        LocalDate.of(2026, 11, 1),
                        Amount.parse("40"),
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.parse("25"),
                        Amount.parse("15"),
                        Amount.ZERO,
                        Amount.ZERO),
                grant("CR-2026-0201", "adjustment", ""),
                grant("CR-2026-0244", "purchase", "INV-2026-000071"),
                new CreditPosition(
                        "CR-2026-0311",
                        "purchase",
                        "INV-2026-000102",
                        null,
                        Amount.ZERO,
                        Amount.parse("500"),
                        Amount.parse("10.000125"),
                        Amount.parse("487.33312508"),
                        Amount.ZERO,
                        Amount.parse("20"),
                        Amount.parse("2.66699992")));
    }

    private static CreditPosition grant(String creditId, String kind, String invoice) {
        return new CreditPosition(
                creditId,
                kind,
                invoice,
                LocalDate.of(2027, 4, 1),
                Amount.parse("100"),
                Amount.ZERO,
                Amount.ZERO,
                Amount.parse("18.1668749"),
                Amount.ZERO,
                Amount.ZERO,
                Amount.parse("81.8331251"));
    }

    static List<DailyUsage> days(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(day -> new DailyUsage(
                        OCTOBER.atDay(day),
                        day % 7 == 4
                                ? Amount.ZERO
                                : Amount.ofUnscaled(
                                        (day * 7_919L + 13L * day * day * (day % 3 + 1)) % 60_000 * 1_000 + day, 6)))
                .toList();
    }

    static Money euro(String amount) {
        return Money.of(EURO, new BigDecimal(amount));
    }
}
