package io.saldo.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.BillingMode;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.time.Instants;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisputedRevisionTest {
    private static final long FROM = 1_000;
    private static final long TO = 2_000;

    @ParameterizedTest(name = "prepaid until {0}, then as used: {1}")
    @CsvSource({"500, false", "1000, false", "1001, true", "2000, true"})
    void onlyTermsOfTheMonthMakeItPrepaid(long change, boolean expected) {
        List<Terms> terms = List.of(terms(Instants.MIN, BillingMode.PREPAID), terms(change, BillingMode.PAYG));
        assertThat(DisputedRevision.isPrepaid(terms, FROM, TO)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "as used until {0}, then prepaid: {1}")
    @CsvSource({"500, true", "1000, true", "1999, true", "2000, false"})
    void termsThatBeginWithinTheMonthCount(long change, boolean expected) {
        List<Terms> terms = List.of(terms(Instants.MIN, BillingMode.PAYG), terms(change, BillingMode.PREPAID));
        assertThat(DisputedRevision.isPrepaid(terms, FROM, TO)).isEqualTo(expected);
    }

    private static Terms terms(long effectiveFrom, BillingMode mode) {
        return new Terms(
                "acme",
                effectiveFrom,
                mode,
                "list",
                mode == BillingMode.PREPAID ? OveragePolicy.INVOICE : null,
                Amount.of(1),
                null,
                null,
                null,
                null,
                14,
                Place.NOWHERE);
    }
}
