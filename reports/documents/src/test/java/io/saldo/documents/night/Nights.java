package io.saldo.documents.night;

import io.saldo.documents.night.NightReport.Account;
import io.saldo.documents.night.NightReport.Break;
import io.saldo.documents.night.NightReport.Change;
import io.saldo.documents.night.NightReport.CodeCount;
import io.saldo.documents.night.NightReport.Delivery;
import io.saldo.documents.night.NightReport.Verdict;
import io.saldo.money.Amount;
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
        for (var sample : List.of(breaks(), quiet(), flood())) {
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
                "balances/2026-10-05.csv line 14; gap changed on 2026-10-03 by -15.00 and on 2026-10-05 by -9.25;"
                        + " gateway-2026-10-05.csv line 1842 (evt-000181)",
                NIGHT,
                NIGHT,
                1,
                true));
        breaks.add(new Break(
                "B-0c55d2ee",
                "PAYMENT_MISSING",
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
                "credits-2026-10-01.csv line 3: credit CR-2026-0290, 500.00 net and 95.00 tax; no payment with that reference",
                LocalDate.of(2026, 10, 2),
                NIGHT,
                4,
                false));
        breaks.add(new Break(
                "B-91aa0b12",
                "USAGE_UNPRICED",
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
                "gateway-2026-10-05.csv, 42 events, first at line 77 (evt-000412)",
                NIGHT,
                NIGHT,
                1,
                true));
        breaks.add(new Break(
                "B-4410fe77",
                "DECLINES_EXCESSIVE",
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
                "stripe-charges-2026-10-05.csv lines 2-24",
                LocalDate.of(2026, 10, 4),
                NIGHT,
                2,
                false));
        breaks.add(new Break(
                "B-5be10d3a",
                "PAYMENT_AMOUNT_DIFFERS",
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
                "paypal-settlement-2026-09-30.csv line 9",
                LocalDate.of(2026, 9, 30),
                NIGHT,
                6,
                false));
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
                        new CodeCount("BALANCE_DIFFERS", 1, 1, 0),
                        new CodeCount("PAYMENT_MISSING", 1, 0, 2),
                        new CodeCount("USAGE_UNPRICED", 1, 1, 0),
                        new CodeCount("DECLINES_EXCESSIVE", 1, 0, 0),
                        new CodeCount("PAYMENT_AMOUNT_DIFFERS", 0, 0, 1)),
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
                new Change(2, 3, 0),
                500);
    }

    static NightReport quiet() {
        return new NightReport(
                NIGHT,
                "quiet",
                Verdict.RECONCILED,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                new Change(0, 0, 0),
                500);
    }

    static NightReport flood() {
        List<Break> breaks = IntStream.rangeClosed(1, 60)
                .mapToObj(number -> new Break(
                        "B-" + number,
                        number <= 40 ? "USAGE_CONFLICT" : "PAYMENT_MISSING",
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
                        "gateway-2026-10-05.csv line " + number,
                        NIGHT,
                        NIGHT,
                        1,
                        true))
                .toList();
        return new NightReport(
                NIGHT,
                "flood",
                Verdict.INCOMPLETE,
                List.of(),
                breaks,
                List.of(new CodeCount("USAGE_CONFLICT", 40, 40, 0), new CodeCount("PAYMENT_MISSING", 20, 20, 0)),
                List.of(),
                60,
                new Change(60, 0, 0),
                30);
    }
}
