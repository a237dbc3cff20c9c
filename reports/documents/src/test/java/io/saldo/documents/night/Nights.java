package io.saldo.documents.night;

import io.saldo.documents.night.NightReport.Account;
import io.saldo.documents.night.NightReport.Break;
import io.saldo.documents.night.NightReport.Change;
import io.saldo.documents.night.NightReport.Decided;
import io.saldo.documents.night.NightReport.Delivery;
import io.saldo.money.Amount;
import io.saldo.reconcile.Verdict;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Nights for the tests. */
final class Nights {
    private static final LocalDate NIGHT = LocalDate.of(2026, 10, 5);

    private Nights() {}

    /** Writes every sample into the folder named by the argument, to be looked at. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        NightReportPdf pdf = new NightReportPdf();
        for (var sample : List.of(breaks(), quiet(), flood(), great(2_000))) {
            String name = "night-" + sample.runId() + ".pdf";
            try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
                pdf.write(sample, out);
            }
        }
    }

    static NightReport breaks() {
        List<Break> breaks = new ArrayList<>();
        breaks.add(new Break(
                "B-7f3a91c0",
                "BALANCE_DIFFERS",
                "balance",
                "error",
                "open",
                "",
                "acme",
                "2026-10",
                "acme",
                Amount.parse("166.33325012"),
                Amount.parse("142.08325012"),
                Amount.parse("-24.25"),
                "EUR",
                "The live system still spent grant CR-2026-0188 after it had expired (15.00), and charged event evt-000181 twice (9.25).",
                "",
                "balances/2026-10-05.csv line 14; gap changed on 2026-10-03 by -15.00 and on 2026-10-05 by -9.25;"
                        + " gateway-2026-10-05.csv line 1842 (evt-000181)",
                List.of(),
                NIGHT,
                NIGHT,
                1,
                Change.NEW,
                ""));
        breaks.add(new Break(
                "B-0c55d2ee",
                "PAYMENT_MISSING",
                "payment",
                "error",
                "acknowledged",
                "",
                "globex",
                "2026-10",
                "pi_3QK29xLkdIwHu7ix1Y2Z",
                Amount.parse("595"),
                Amount.ZERO,
                Amount.parse("-595"),
                "EUR",
                "unexplained",
                "a payment that names no reference: pi_9Z (595.00 on 2026-10-02)",
                "credits-2026-10-01.csv line 3: credit CR-2026-0290, 500.00 net and 95.00 tax; no payment with that reference",
                List.of(new Decided(LocalDate.of(2026, 10, 3), "ack", "Ines Albrecht", "asked the processor")),
                LocalDate.of(2026, 10, 2),
                NIGHT,
                4,
                Change.CARRIED,
                ""));
        breaks.add(new Break(
                "B-91aa0b12",
                "USAGE_UNPRICED",
                "price",
                "error",
                "open",
                "",
                "initech",
                "2026-10",
                "initech gpt-5.2-preview standard output",
                null,
                Amount.parse("1204551"),
                null,
                "",
                "No price row of book 'default' fits model gpt-5.2-preview.",
                "",
                "gateway-2026-10-05.csv, 42 events, first at line 77 (evt-000412)",
                List.of(),
                NIGHT,
                NIGHT,
                1,
                Change.NEW,
                ""));
        breaks.add(new Break(
                "B-4410fe77",
                "DECLINES_EXCESSIVE",
                "payment",
                "warning",
                "open",
                "",
                "globex",
                "2026-10",
                "globex card",
                Amount.parse("15"),
                Amount.parse("23"),
                Amount.parse("8"),
                "",
                "card declined: insufficient_funds (19), expired_card (4)",
                "",
                "stripe-charges-2026-10-05.csv lines 2-24",
                List.of(),
                LocalDate.of(2026, 10, 4),
                NIGHT,
                2,
                Change.CHANGED,
                "difference was 6"));
        breaks.add(new Break(
                "B-5be10d3a",
                "PAYMENT_AMOUNT_DIFFERS",
                "payment",
                "error",
                "resolved",
                "accepted",
                "umbrella",
                "2026-09",
                "PAY-88123",
                Amount.parse("119"),
                Amount.parse("118.4"),
                Amount.parse("-0.6"),
                "USD",
                "The processor's fee was taken from the amount.",
                "",
                "paypal-settlement-2026-09-30.csv line 9",
                List.of(new Decided(NIGHT, "accept", "Ines Albrecht", "0.60 is the fee; booked as cost")),
                LocalDate.of(2026, 9, 30),
                NIGHT,
                6,
                Change.RESOLVED,
                ""));
        return new NightReport(
                NIGHT,
                "2026-10-05-r1",
                Verdict.BREAKS,
                List.of(
                        new Delivery("gateway", "gateway-2026-10-05.csv", 100_000, 99_871, 101, 1, 20, 7, 412, ""),
                        new Delivery(
                                "gateway",
                                "gateway-2026-10-04.csv",
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                "skipped: known delivery of the night of 2026-10-04"),
                        new Delivery(
                                "litellm-spendlogs",
                                "spend_logs_export_eu-central-1_2026-10-05T23-59-59.jsonl.zst",
                                1_204_881,
                                1_204_881,
                                0,
                                0,
                                0,
                                0,
                                0,
                                ""),
                        new Delivery("credits", "credits-2026-10-05.csv", 4, 4, 0, 0, 0, 0, 0, "")),
                breaks,
                List.of(
                        new Account(
                                "acme",
                                "Søren & Müller Übersetzungen GmbH",
                                Verdict.BREAKS,
                                Amount.parse("166.33325012"),
                                Amount.ZERO,
                                "EUR"),
                        new Account(
                                "globex", "Globex", Verdict.BREAKS, Amount.parse("500"), Amount.parse("12.4"), "EUR"),
                        new Account(
                                "initech", "Initech", Verdict.INCOMPLETE, Amount.parse("0.000125"), Amount.ZERO, "USD"),
                        new Account(
                                "umbrella",
                                "Umbrella",
                                Verdict.RECONCILED,
                                Amount.parse("1048.2"),
                                Amount.ZERO,
                                "USD")),
                4,
                500);
    }

    static NightReport quiet() {
        return new NightReport(NIGHT, "quiet", Verdict.RECONCILED, List.of(), List.of(), List.of(), 0, 500);
    }

    /** Names that a spreadsheet would run. */
    static NightReport hostile() {
        Break hostile = new Break(
                "B-1",
                "USAGE_CONFLICT",
                "identity",
                "error",
                "open",
                "",
                "=HYPERLINK(\"https://example.org\")",
                "2026-10",
                "@SUM(A1:A9)",
                null,
                null,
                Amount.parse("-1.50"),
                "EUR",
                "+cmd|' /C calc'!A0",
                "",
                "-2+3",
                List.of(),
                NIGHT,
                NIGHT,
                1,
                Change.NEW,
                "");
        return night("hostile", Verdict.BREAKS, List.of(hostile), 500);
    }

    /** So many breaks, half of them a flood of one code. */
    static NightReport great(int breaks) {
        return night("great", Verdict.BREAKS, many(breaks, breaks / 2), 500);
    }

    static NightReport flood() {
        return night("flood", Verdict.INCOMPLETE, many(60, 40), 30);
    }

    private static NightReport night(String run, Verdict verdict, List<Break> breaks, int floodLimit) {
        return new NightReport(NIGHT, run, verdict, List.of(), breaks, List.of(), breaks.size(), floodLimit);
    }

    /** The first ones are new conflicts, the rest are payments that were missing yesterday. */
    private static List<Break> many(int breaks, int conflicts) {
        return IntStream.rangeClosed(1, breaks)
                .mapToObj(number -> new Break(
                        "B-" + number,
                        number <= conflicts ? "USAGE_CONFLICT" : "PAYMENT_MISSING",
                        number <= conflicts ? "identity" : "payment",
                        "error",
                        "open",
                        "",
                        "account-" + number,
                        "2026-10",
                        "evt-" + number,
                        Amount.of(number),
                        Amount.ZERO,
                        Amount.of(-number),
                        "JPY",
                        "unexplained",
                        "",
                        "gateway-2026-10-05.csv line " + number,
                        List.of(),
                        number <= conflicts ? NIGHT : NIGHT.minusDays(9),
                        NIGHT,
                        1,
                        number <= conflicts ? Change.NEW : Change.CARRIED,
                        ""))
                .toList();
    }
}
