package io.saldo.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.TaxTreatment;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.statement.AccountMonth;
import io.saldo.statement.ClosedMonth;
import io.saldo.statement.Correction;
import io.saldo.statement.MonthCounters;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementInput;
import io.saldo.statement.StatementLine;
import io.saldo.statement.Statements;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.LateEvents;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What holds of every dispute: October is closed, November bills some of its usage late and is closed, then October is
 * disputed, and December takes the correction.
 */
class DisputeLawsTest {
    private static final long SEED = Long.getLong("saldo.seed", 20261129);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    /** Terms, grants and usage of an account, drawn by a seed. */
    private static final class History {
        final Random random;
        final List<String> base = new ArrayList<>();
        final List<String> late = new ArrayList<>();
        final List<String> known = new ArrayList<>();
        private final int terms;
        private final long grantsSeed;

        History(long seed) {
            random = new Random(seed);
            terms = random.nextInt(4);
            grantsSeed = random.nextLong();
            for (int event = 3 + random.nextInt(10); event > 0; event--) {
                base.add(event());
            }
            for (int event = random.nextInt(4); event > 0; event--) {
                late.add(event());
            }
            known.addAll(base);
            known.addAll(late);
        }

        /** The day, the hour, the model and the tokens. */
        private String event() {
            return String.format(
                    Locale.ROOT,
                    "%02d %02d:%02d %s %d",
                    1 + random.nextInt(31),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextBoolean() ? "gpt" : "mini",
                    1 + random.nextInt(900));
        }

        /** Some events fewer and some more than were billed. */
        void dispute() {
            known.removeIf(event -> random.nextInt(4) == 0);
            for (int event = random.nextInt(3); event > 0; event--) {
                known.add(event());
            }
        }

        AccountMonth month(String month) {
            AccountMonth story = new AccountMonth().month(month).price("mini", "0.0373", 1);
            switch (terms) {
                case 0 -> story.overage("", "1.25", null);
                case 1 -> story.overage("", "1.1", "300");
                case 2 -> story.payg("");
                default -> story.prepaid("", OveragePolicy.BLOCK);
            }
            Random grants = new Random(grantsSeed);
            for (int grant = grants.nextInt(4); grant > 0; grant--) {
                int expires = grants.nextInt(4);
                story.grant(
                        "c-" + grant,
                        CreditKind.values()[grants.nextInt(3)],
                        String.format(Locale.ROOT, "2026-10-%02d 06:00", 1 + grants.nextInt(12)),
                        expires == 0 ? "2026-10-25 00:00" : expires == 1 ? "2026-11-10 00:00" : "",
                        String.valueOf(50 + grants.nextInt(900)),
                        50,
                        "",
                        grants.nextInt(5) == 0 ? "mini" : "");
            }
            return story;
        }

        AccountMonth october(List<String> events) {
            AccountMonth story = month("2026-10");
            for (String event : events) {
                String[] parts = event.split(" ");
                story.use(parts[0] + " " + parts[1], "openai", parts[2], Long.parseLong(parts[3]));
            }
            return story;
        }

        StatementInput november(Statement october) {
            AccountMonth story = month("2026-11")
                    .opening(october.closing())
                    .without(october.appliedEntries())
                    .counted(october.counters());
            for (String event : late) {
                String[] parts = event.split(" ");
                story.useLate("2026-10-" + parts[0] + " " + parts[1], parts[2], Long.parseLong(parts[3]));
            }
            return story.use("2026-11-05 00:00", 1 + random.nextInt(200)).input();
        }
    }

    /** Everything of a dispute. */
    private record Disputed(
            UsageBill invoiced,
            UsageBill revised,
            UsageBill difference,
            Corrections.Position before,
            Correction moved) {}

    private static Disputed dispute(
            History history, Statement october, UsageBill invoiced, Corrections.Position position) {
        StatementInput input = history.october(history.known).input();
        Map<String, Amount> usable = new HashMap<>(position.usable());
        invoiced.drawnByCredit().forEach((credit, paid) -> usable.merge(credit, paid, Amount::plus));
        Statement statement = Statements.compute(new StatementInput(
                input.accountId(),
                input.month(),
                input.asOf(),
                input.zone(),
                input.currency(),
                input.opening(),
                input.events(),
                DisputedRevision.entries(october, input.entries(), input.monthStart(), usable),
                List.of(),
                List.of(),
                input.terms(),
                input.priceBooks(),
                null,
                new long[0]));
        UsageBill revised = UsageBill.of(statement, OCTOBER);
        UsageBill difference = revised.minus(invoiced);
        return new Disputed(
                invoiced,
                revised,
                difference,
                position,
                Corrections.of(1, difference, position, Corrections.Extension.NONE));
    }

    private static Statement december(History history, Statement november, List<Correction> corrections) {
        StatementInput plain = history.month("2026-12")
                .opening(november.closing())
                .without(List.of("grant-c-1", "grant-c-2", "grant-c-3"))
                .input();
        return Statements.compute(new StatementInput(
                plain.accountId(),
                plain.month(),
                plain.asOf(),
                plain.zone(),
                plain.currency(),
                plain.opening(),
                plain.events(),
                plain.entries(),
                List.of(new ClosedMonth(
                        OCTOBER, LateEvents.of(AccountEvents.none()), 0, MonthCounters.none(OCTOBER), corrections)),
                List.of(),
                plain.terms(),
                plain.priceBooks(),
                null,
                new long[0]));
    }

    @Test
    void whatWasInvoicedAndTheDifferenceAreTheRevisionAndTheOldestOpenMonthMovesByTheCredit() {
        System.out.println("saldo.seed=" + SEED);
        int restored = 0;
        int drawn = 0;
        for (long seed = SEED; seed < SEED + 1_500; seed++) {
            History history = new History(seed);
            StatementInput input = history.october(history.base).input();
            Statement october = Statements.compute(input);
            StatementInput next = history.november(october);
            Statement november = Statements.compute(next);
            UsageBill invoiced = UsageBill.of(october, OCTOBER).plus(UsageBill.of(november, OCTOBER));
            Corrections.Position position =
                    new Corrections.Position(november.grants(), next.zone().startOf(YearMonth.of(2026, 12)));
            if (history.late.isEmpty()) {
                assertThat(dispute(history, october, invoiced, position)
                                .difference()
                                .isZero())
                        .as("nothing is new, nothing differs, seed %d", seed)
                        .isTrue();
            }
            history.dispute();
            Disputed first = dispute(history, october, invoiced, position);
            Amount credit = first.difference().sum(StatementLine::credit);
            restored += first.moved().restored().isEmpty() ? 0 : 1;
            drawn += first.moved().drawn().isEmpty() ? 0 : 1;

            assertThat(first.invoiced().plus(first.difference()))
                    .as("line by line, seed %d", seed)
                    .isEqualTo(first.revised());
            assertThat(sum(first.difference().drawnByCredit().values()))
                    .as("grants pay what lines say, seed %d", seed)
                    .isEqualTo(credit);
            Statement plain = december(history, november, List.of());
            Statement corrected = december(history, november, List.of(first.moved()));
            assertThat(corrected
                            .totals()
                            .closingBalance()
                            .plus(corrected.totals().expired()))
                    .as("closing balance, seed %d", seed)
                    .isEqualTo(plain.totals()
                            .closingBalance()
                            .plus(plain.totals().expired())
                            .minus(credit));
            assertThat(UsageBill.of(corrected, OCTOBER).isZero())
                    .as("the month itself bills nothing of it, seed %d", seed)
                    .isTrue();

            UsageBill afterwards = invoiced.plus(first.difference());
            Disputed again = dispute(history, october, afterwards, position.after(first.moved()));
            assertThat(again.difference().isZero())
                    .as("a second dispute finds nothing, seed %d", seed)
                    .isTrue();
            documentSaysIt(first.difference(), october, seed);
        }
        assertThat(restored).as("histories that restore").isGreaterThan(300);
        assertThat(drawn).as("histories that draw").isGreaterThan(50);
    }

    private static void documentSaysIt(UsageBill difference, Statement october, long seed) {
        Optional<Invoice> document =
                CorrectionInvoice.of("acme", difference, october.currency(), new TaxTreatment("S", Amount.of(19), ""));
        Amount due = difference.due();
        if (document.isEmpty()) {
            assertThat(due.absolute()).as("seed %d", seed).isLessThan(Amount.parse("0.01"));
            return;
        }
        Invoice invoice = document.get();
        assertThat(invoice.kind()).isEqualTo(due.signum() < 0 ? Invoice.Kind.CREDIT_NOTE : Invoice.Kind.INVOICE);
        Money zero = Money.zero(october.currency());
        assertThat(invoice.lines().stream().map(InvoiceLine::amount).reduce(zero, Money::plus))
                .isEqualTo(invoice.lineTotal());
        assertThat(invoice.lineTotal()
                        .minus(invoice.allowances().stream()
                                .map(Allowance::amount)
                                .reduce(zero, Money::plus)))
                .isEqualTo(invoice.net());
        assertThat(invoice.lines())
                .allMatch(line ->
                        line.amount().minorUnits() >= 0 && line.quantity().signum() >= 0);
        assertThat(invoice.net().isZero())
                .as("no number for nothing, seed %d", seed)
                .isFalse();
        assertThat(invoice.net().toAmount().minus(due.absolute()).absolute())
                .as("within a cent, seed %d", seed)
                .isLessThan(Amount.parse("0.01"));
    }

    private static Amount sum(Iterable<Amount> amounts) {
        Amount sum = Amount.ZERO;
        for (Amount amount : amounts) {
            sum = sum.plus(amount);
        }
        return sum;
    }
}
