package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.money.Amount;
import io.saldo.time.Instants;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the tax of purchased credit that is taken back, by how much of it was left and used. */
class TakenBackTest {
    private static final Currency EUR = Currency.getInstance("EUR");

    private static CreditEntry withdrawal(String id, long at, String amount, String tax, String reason) {
        return new CreditEntry(
                "acme",
                id,
                CreditEntry.Type.WITHDRAW,
                "c-1",
                CreditKind.PURCHASE,
                amount == null ? null : Amount.parse(amount),
                Amount.parse(tax),
                EUR,
                at,
                at,
                Instants.MAX,
                50,
                "",
                "",
                "",
                reason,
                "",
                "");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "all of it is left,              100, 19, refund,     100,   0,  0, 100,  0,  0,   19,    0",
        "a refund finds part used,       100, 19, refund,      40,  60,  0,  40, 60,  0,   19,    0",
        "a refund finds all used,        100, 19, refund,       0, 100,  0,   0, 100, 0,   19,    0",
        "a refund finds part expired,    100, 19, refund,      40,  20,  0,  40, 20,  0, 11.4,    0",
        "a refund of what is left,          , 7.6, refund,     40,  60,  0,  40,  0,  0,  7.6,    0",
        "a chargeback finds part used,   100, 19, chargeback,  40,  60, 60,  40,  0, 60,  7.6, 11.4",
        "a chargeback finds all used,    100, 19, chargeback,   0, 100, 100,  0,  0, 100,   0,   19",
        "part of it was claimed before,  100, 19, chargeback,   0,  60, 60,   0,  0, 60,    0, 11.4",
        "a chargeback of all,               , 19, chargeback,  40,  60, 60,  40,  0, 60,  7.6, 11.4",
        "revoked after use,              100, 19, revoked,     40,  60,  0,  40,  0,  0,  7.6,    0",
        "half a cent each,                 2, 0.05, chargeback, 1,   1,  1,   1,  0,  1, 0.03, 0.02",
        "without tax,                    100,  0, chargeback,  40,  60, 60,  40,  0, 60,    0,    0"
    })
    void taxFollowsWhatBecomesOfTheCredit(
            String what,
            String amount,
            String tax,
            String reason,
            String taken,
            String used,
            String owed,
            String rest,
            String reduction,
            String claimed,
            String taxReversed,
            String taxClaimed) {
        CreditEntry entry = withdrawal("w", 1, amount, tax, reason);
        List<WithdrawalAfterUse> afterUse = used.equals("0")
                ? List.of()
                : List.of(new WithdrawalAfterUse(
                        "w",
                        "c-1",
                        CreditKind.PURCHASE,
                        reason,
                        1,
                        Amount.parse(taken),
                        Amount.parse(used),
                        Amount.parse(owed)));
        TakenBack back = TakenBack.of("c-1", Amount.parse(taken), List.of(entry), afterUse, EUR)
                .get(0);
        assertThat(List.of(back.rest(), back.reduction(), back.claimed(), back.taxReversed(), back.taxClaimed()))
                .as(what)
                .containsExactly(
                        Amount.parse(rest),
                        Amount.parse(reduction),
                        Amount.parse(claimed),
                        Amount.parse(taxReversed),
                        Amount.parse(taxClaimed));
        assertThat(back.cash())
                .as("nothing leaves the cash twice")
                .isEqualTo(back.reversed()
                        .plus(back.claimed())
                        .plus(back.taxReversed())
                        .plus(back.taxClaimed()))
                .isLessThanOrEqualTo(
                        Amount.parse(amount == null ? "1000" : amount).plus(Amount.parse(tax)));
    }

    @Test
    void whatWasLeftGoesToWithdrawalsInTheirOrder() {
        List<CreditEntry> entries = new ArrayList<>(List.of(
                withdrawal("b", 2, null, "0", "refund"),
                withdrawal("a", 1, "3", "0", "refund"),
                withdrawal("c", 3, "5", "0.95", "refund")));
        assertThat(TakenBack.of("c-1", Amount.parse("10"), entries, List.of(), EUR))
                .extracting(back -> back.entry().entryId() + " " + back.rest() + " " + back.taxReversed())
                .containsExactly("a 3 0", "b 7 0", "c 0 0");
        assertThat(TakenBack.of("c-2", Amount.parse("10"), entries, List.of(), EUR))
                .isEmpty();
    }
}
