package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import org.junit.jupiter.api.Test;

/** What an approved dispute of September draws when October begins, of a grant that has 5 then. */
class CorrectionTest {
    private static AccountMonth october() {
        Statement september = new AccountMonth()
                .month("2026-09")
                .prepaid("", OveragePolicy.INVOICE)
                .grant("c", CreditKind.PURCHASE, "2026-09-01 00:00", "5")
                .compute();
        return new AccountMonth().prepaid("", OveragePolicy.INVOICE).opening(september.closing());
    }

    @Test
    void aWithdrawalOfTheFirstInstantTakesWhatIsLeft() {
        Statement october = october()
                .corrected("c", "2026-09-10", "2")
                .withdraw("back", "c", "2026-09-30 00:00", "", "refund")
                .compute();

        assertThat(october.closing().grants())
                .extracting(grant -> grant.drawn() + " " + grant.withdrawn() + " " + grant.remaining())
                .containsExactly("2 3 0");
        assertThat(october.exhaustions()).as("nobody spent it").isEmpty();
    }

    @Test
    void creditThatBeginsWithTheMonthIsThereWhenTheLastIsDrawn() {
        Statement october = october()
                .corrected("c", "2026-09-10", "5")
                .grant("new", CreditKind.PURCHASE, "01 00:00", "7")
                .compute();

        assertThat(october.exhaustions())
                .extracting(each -> each.creditId() + " " + each.balance())
                .containsExactly("c 7");
    }
}
