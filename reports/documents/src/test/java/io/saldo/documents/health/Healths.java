package io.saldo.documents.health;

import io.saldo.credit.BillingMode;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.documents.health.HealthReport.Line;
import io.saldo.health.AccountHealth;
import io.saldo.health.CreditAccount;
import io.saldo.health.CreditGap;
import io.saldo.health.HealthRules;
import io.saldo.health.RemainingCredit;
import io.saldo.health.TopUpDeclines;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credit of some accounts for the tests. */
final class Healths {
    private static final LocalDate NIGHT = LocalDate.of(2026, 10, 20);
    private static final HealthRules RULES = new HealthRules(7, 30);

    private Healths() {}

    /** Writes every sample into the folder named by the argument, to be looked at. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (HealthReport sample : List.of(some(), none(), many(400))) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("health-" + sample.runId() + ".pdf"))) {
                new HealthReportPdf().write(sample, out);
            }
        }
    }

    /** One account for each concern, and two that are well. */
    static HealthReport some() {
        List<Line> lines = new ArrayList<>();
        lines.add(line(
                "globex",
                "Globex",
                "USD",
                OveragePolicy.BLOCK,
                List.of(),
                usage(28, "9.5", "14.25", "0.75"),
                "180",
                List.of(
                        new CreditGap(instant("2026-10-12T08:15:30Z"), instant("2026-10-13T09:00:00Z")),
                        new CreditGap(instant("2026-10-19T22:41:07Z"), CreditGap.OPEN)),
                "3.1875",
                List.of(new TopUpDeclines(
                        "card", 17, 15, Map.of("insufficient_funds", 12, "do_not_honor", 4, "", 1), NIGHT))));
        lines.add(line(
                "acme",
                "S\u00f8ren & M\u00fcller \u00dcbersetzungen und Sprachdienstleistungen Aktiengesellschaft & Co. KGaA",
                "EUR",
                OveragePolicy.BLOCK,
                List.of(
                        new RemainingCredit("CR-2026-0188", Amount.parse("40.00012"), 3, false),
                        new RemainingCredit("CR-2026-0201", Amount.parse("26.333"), RemainingCredit.FOR_EVER, false)),
                usage(28, "4", "19.9", "31.25"),
                "460",
                List.of(),
                "0",
                List.of()));
        lines.add(line(
                "=HYPERLINK(\"https://example.org\")",
                "<b>initech</b>",
                "EUR",
                OveragePolicy.CARRY,
                List.of(new RemainingCredit("CR-2026-0300", Amount.parse("12.5"), 200, true)),
                usage(9, "2", "0.004", "1"),
                "0",
                List.of(),
                "0",
                List.of(new TopUpDeclines("paypal", 2, 15, Map.of("denied", 2), NIGHT.minusDays(4)))));
        lines.add(line(
                "umbrella",
                "Umbrella",
                "JPY",
                OveragePolicy.INVOICE,
                List.of(new RemainingCredit("CR-2026-0077", Amount.of(90_000), 11, false)),
                usage(28, "1200", "800", "2500"),
                "0",
                List.of(),
                "0",
                List.of()));
        lines.add(line(
                "wayne",
                "Wayne Enterprises",
                "EUR",
                OveragePolicy.INVOICE,
                List.of(new RemainingCredit("CR-2026-0400", Amount.of(5_000), RemainingCredit.FOR_EVER, false)),
                usage(28, "10.333333", "11", "12"),
                "0",
                List.of(),
                "0",
                List.of()));
        lines.add(line(
                "idle",
                "Nobody",
                "EUR",
                OveragePolicy.BLOCK,
                List.of(new RemainingCredit("CR-2026-0500", Amount.of(5), RemainingCredit.FOR_EVER, false)),
                Collections.nCopies(28, Amount.ZERO),
                "0",
                List.of(),
                "0",
                List.of()));
        return report("some", lines);
    }

    static HealthReport none() {
        return report("none", List.of());
    }

    /** So many accounts, each fourth of them at risk. */
    static HealthReport many(int accounts) {
        List<Line> lines = new ArrayList<>();
        for (int number = 0; number < accounts; number++) {
            lines.add(line(
                    "account-" + number,
                    "Account number " + number,
                    "EUR",
                    OveragePolicy.BLOCK,
                    List.of(new RemainingCredit(
                            "CR-" + number,
                            Amount.of(number % 4 == 0 ? 20 : 300L + number),
                            RemainingCredit.FOR_EVER,
                            false)),
                    usage(28, "5", "6", "7"),
                    "0",
                    List.of(),
                    "0",
                    List.of()));
        }
        return report("many", lines);
    }

    private static HealthReport report(String run, List<Line> lines) {
        return new HealthReport(NIGHT, run, RULES, 30, new BillingZone(ZoneOffset.UTC), lines);
    }

    private static Line line(
            String id,
            String name,
            String currency,
            OveragePolicy policy,
            List<RemainingCredit> credit,
            List<Amount> usage,
            String bought,
            List<CreditGap> gaps,
            String served,
            List<TopUpDeclines> declines) {
        boolean recharges = !bought.equals("0");
        Terms terms = new Terms(
                id,
                0,
                BillingMode.PREPAID,
                "book",
                policy,
                Amount.of(1),
                null,
                optional(recharges, 20),
                optional(recharges, 100),
                optional(recharges, 500),
                14,
                Place.line("terms.csv", 2));
        CreditAccount account = new CreditAccount(
                id, terms, credit, Amount.ZERO, usage, Amount.parse(bought), gaps, Amount.parse(served), declines);
        return new Line(AccountHealth.of(account, RULES, NIGHT), name, currency);
    }

    private static @Nullable Amount optional(boolean there, long amount) {
        return there ? Amount.of(amount) : null;
    }

    /** The amounts one after the other, again and again. */
    private static List<Amount> usage(int days, String... amounts) {
        List<Amount> usage = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            usage.add(Amount.parse(amounts[day % amounts.length]));
        }
        return usage;
    }

    private static long instant(String text) {
        return Instants.toMicros(Instant.parse(text));
    }
}
