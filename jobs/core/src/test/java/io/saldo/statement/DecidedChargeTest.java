package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How usage that nobody paid is charged once a person decided so; the statement is that of October 2026. */
class DecidedChargeTest {
    private static final UnfundedShare.Reason BLOCKED = UnfundedShare.Reason.SERVED_WITHOUT_CREDIT;
    private static final UnfundedShare.Reason CAPPED = UnfundedShare.Reason.ABOVE_CAP;

    private static List<String> charges(Statement statement) {
        return statement.lines().stream()
                .filter(line -> line.kind() == StatementLine.Kind.CHARGE)
                .map(line -> line.usageMonth() + " " + line.model() + " " + line.amount() + " " + line.overage())
                .toList();
    }

    @Test
    void itIsOverageInALineOfItsOwnBesideTheUsage() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .use("02 00:00", 5)
                .charge("B-1", "2026-10", BLOCKED, "3")
                .compute();

        assertThat(charges(statement)).containsExactly("2026-10 B-1 3 3");
        assertThat(statement.totals().usage()).hasToString("8");
        assertThat(statement.totals().overage()).hasToString("3");
        assertThat(statement.totals().unfunded()).hasToString("5");
        assertThat(statement.unfunded())
                .extracting(share -> share.amount().toString())
                .as("the break that was decided on stays as it was")
                .containsExactly("5");
    }

    @Test
    void theCapDoesNotLimitItAndItHasNoSurcharge() {
        Statement statement = new AccountMonth()
                .overage("", "1.5", "2")
                .use("02 00:00", 5)
                .charge("B-1", "2026-10", CAPPED, "3")
                .compute();

        assertThat(statement.totals().overage()).hasToString("5");
        assertThat(statement.totals().surcharge()).hasToString("1");
        assertThat(statement.counters().get(0).overage())
                .as("against the cap of late usage")
                .hasToString("2");
    }

    @Test
    void creditThatWasBookedMeanwhileComesFirst() {
        AccountMonth month = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .use("02 00:00", 5)
                .charge("B-1", "2026-10", BLOCKED, "5");

        assertThat(charges(month.grant("a", CreditKind.PROMO, "01 00:00", "4").compute()))
                .containsExactly("2026-10 B-1 1 1");
        assertThat(charges(month.grant("b", CreditKind.PROMO, "01 00:00", "1").compute()))
                .isEmpty();
    }

    @Test
    void itIsForItsReasonAlone() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .use("02 00:00", 5)
                .charge("B-1", "2026-10", CAPPED, "5")
                .compute();

        assertThat(charges(statement)).isEmpty();
    }

    @Test
    void aChargeOfAClosedMonthMakesAStatementByItself() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .charge("B-1", "2026-09", BLOCKED, "3")
                .compute();

        assertThat(statement.exists()).isTrue();
        assertThat(charges(statement)).containsExactly("2026-09 B-1 3 3");
        assertThat(statement.overage())
                .extracting(share -> share.usageMonth() + " " + share.amount() + " " + share.surcharge())
                .containsExactly("2026-09 3 0");
    }
}
