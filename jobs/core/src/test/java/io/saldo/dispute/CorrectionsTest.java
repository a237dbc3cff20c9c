package io.saldo.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Correction;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes back to a grant that expired before somebody decided. */
class CorrectionsTest {
    private static final long MONTH_START = 1_000;
    private static final Corrections.Extension EXTENSION = new Corrections.Extension(1_500, 9_000);

    @Test
    void beforeTheOpenMonthItIsExtendedOrStaysExpired() {
        assertThat(restored(900, Corrections.Extension.NONE)).isEqualTo(900);
        assertThat(restored(900, EXTENSION)).isEqualTo(9_000);
    }

    @Test
    void afterTheDecisionItKeepsItsLifetime() {
        assertThat(restored(2_000, EXTENSION)).isEqualTo(2_000);
    }

    @Test
    void withinTheOpenMonthAnExtensionWouldReviveWhatElseExpired() {
        assertThat(restored(1_200, Corrections.Extension.NONE)).isEqualTo(1_200);
        assertThatThrownBy(() -> restored(1_200, EXTENSION))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("credit c-1 expired within the open month");
    }

    private static long restored(long expiresAt, Corrections.Extension extension) {
        GrantPosition grant = new GrantPosition(
                "c-1",
                CreditKind.PURCHASE,
                50,
                0,
                0,
                expiresAt,
                "",
                "",
                "",
                Currency.getInstance("EUR"),
                Amount.of(10),
                Amount.of(10),
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO);
        UsageBill difference = new UsageBill(
                YearMonth.of(2026, 10),
                List.of(),
                List.of(new UsageBill.Draw(
                        "c-1",
                        CreditKind.PURCHASE,
                        "",
                        LocalDate.of(2026, 10, 10),
                        Amount.of(5).negated())),
                Amount.ZERO);
        Correction correction =
                Corrections.of(1, difference, new Corrections.Position(List.of(grant), MONTH_START), extension);
        return correction.restored().get(0).expiresAt();
    }
}
