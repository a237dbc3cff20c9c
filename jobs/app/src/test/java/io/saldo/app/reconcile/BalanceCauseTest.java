package io.saldo.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a recorded balance differs: each kind of fact, found in a night's books and lake. */
class BalanceCauseTest {
    private static final String BALANCES = "account_id,as_of,balance,currency\n";
    private static final String NIGHT = "2026-10-05";

    @TempDir
    Path folder;

    private SmallHome home;

    /** An account with 100, of which the night uses 1.234: one event in the morning, one at noon. */
    @BeforeEach
    void accountWithCredit() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("sources/balances.yml", "profile: balances\nformat: csv\n");
        home.deliverCredits("credits.csv", "g-1,c-1,a-1,grant,promo,100,0,EUR,2026-10-01T00:00:00Z,,,,");
        home.deliverUsage(
                "usage.csv", "e-1,2026-10-05T08:00:00Z,a-1,,p,m,1000", "e-2,2026-10-05T12:00:00Z,a-1,,p,m,234");
    }

    private void recorded(String balance) throws IOException {
        home.deliverFile("balances", "b.csv", BALANCES + "a-1,2026-10-06T00:00:00Z," + balance + ",EUR\n");
    }

    private String cause() {
        home.night(NIGHT);
        return row().get("cause");
    }

    private Map<String, String> row() {
        return DemoRun.rows(home.root().resolve("out/nights/" + NIGHT + "/night-report.csv")).stream()
                .filter(each -> "BALANCE_DIFFERS".equals(each.get("code")))
                .findFirst()
                .orElse(Map.of("cause", "no break"));
    }

    @Test
    void balancesThatAgreeAreNoBreak() throws IOException {
        recorded("98.766");
        assertThat(cause()).isEqualTo("no break");
    }

    @Test
    void aDuplicateThatTheLiveSystemCharged() throws IOException {
        home.deliverUsage("usage-again.csv", "e-1,2026-10-05T08:00:00Z,a-1,,p,m,1000");
        recorded("97.766");
        assertThat(cause()).isEqualTo("duplicate usage/usage.csv:2");
    }

    @Test
    void oneOfTwoDuplicatesAlike() throws IOException {
        String line = "e-1,2026-10-05T08:00:00Z,a-1,,p,m,1000";
        home.deliverUsage("usage-0.csv", line, line, line);
        recorded("97.766");
        assertThat(cause())
                .isEqualTo("1 of 3 alike (duplicate usage/usage-0.csv:3, duplicate usage/usage-0.csv:4, duplicate"
                        + " usage/usage.csv:2)");
    }

    @Test
    void aContradictingRecordThatItChargedBesideOrInstead() throws IOException {
        home.deliverUsage("usage-corrected.csv", "e-2,2026-10-05T12:00:00Z,a-1,,p,m,300");
        // The corrected one was taken first, by name of file; 234 contradicts it.
        recorded("98.466");
        assertThat(cause()).isEqualTo("contradicting record usage/usage.csv:3");
    }

    @Test
    void aContradictingRecordThatItChargedInPlaceOfWhatStands() throws IOException {
        home.deliverUsage("usage-corrected.csv", "e-2,2026-10-05T12:00:00Z,a-1,,p,m,300");
        recorded("98.766");
        assertThat(cause()).isEqualTo("contradicting record usage/usage.csv:3 in place of what stands");
    }

    @Test
    void aRejectedRecord() throws IOException {
        home.deliverUsage("usage-bad.csv", "e-3,2026-10-05T13:00:00,a-1,,p,m,7", ",2026-10-05T14:00:00Z,a-1,,p,m,500");
        recorded("98.266");
        assertThat(cause()).isEqualTo("rejected record usage/usage-bad.csv:3 (USG-005)");
    }

    @Test
    void aRejectedRecordWithoutAnInstantIsOfTheNightThatBroughtIt() throws IOException {
        home.deliverUsage("usage-bad.csv", "e-3,2026-10-05T13:00:00,a-1,,p,m,7", ",2026-10-05T14:00:00Z,a-1,,p,m,500");
        recorded("98.759");
        assertThat(cause()).isEqualTo("rejected record usage/usage-bad.csv:2 (USG-004)");
    }

    @Test
    void aHeldRecordOfAKeyThatWasTheAccounts() throws IOException {
        home.configure(
                "account-keys.csv",
                "api_key_id,account_id,effective_from,effective_to\nk-1,a-1,,2026-10-05T00:00:00Z\n");
        home.deliverUsage("usage-key.csv", "e-3,2026-10-05T13:00:00Z,,k-1,p,m,700");
        recorded("98.066");
        assertThat(cause()).isEqualTo("held record usage/usage-key.csv:2");
    }

    @Test
    void aLateEventThatItHasNotCharged() throws IOException {
        recorded("98.766");
        home.night(NIGHT);
        home.deliverUsage("usage-late.csv", "e-3,2026-10-05T20:00:00Z,a-1,,p,m,50");
        home.night("2026-10-06");
        assertThat(DemoRun.rows(home.export().resolve("breaks.csv")).stream()
                        .filter(each -> each.get("code").equals("BALANCE_DIFFERS"))
                        .map(each -> each.get("difference") + " " + each.get("cause")))
                .containsExactly("0.05 late event usage/usage-late.csv:2 of night 2026-10-06");
    }

    @Test
    void aTopUpThatItHasNotOrTwice() throws IOException {
        home.deliverCredits("top-up.csv", "g-2,c-2,a-1,grant,promo,20,0,EUR,2026-10-05T09:00:00Z,,,,");
        recorded("98.766");
        assertThat(cause()).isEqualTo("entry g-2, grant of 20 for credit c-2, not booked there");
        assertThat(row().get("evidence")).isEqualTo("2026-10-05 -20 (gap -20)");
    }

    @Test
    void aTopUpBookedTwice() throws IOException {
        home.deliverCredits("top-up.csv", "g-2,c-2,a-1,grant,promo,20,0,EUR,2026-10-05T09:00:00Z,,,,");
        recorded("138.766");
        assertThat(cause()).isEqualTo("entry g-2, grant of 20 for credit c-2, booked twice there");
    }

    @Test
    void aWithdrawalThatItHasNot() throws IOException {
        home.deliverCredits("withdrawal.csv", "w-1,c-1,a-1,withdraw,,30,0,EUR,2026-10-05T09:00:00Z,,,,refund");
        recorded("98.766");
        assertThat(cause()).isEqualTo("entry w-1, withdraw of 30 for credit c-1, not booked there");
    }

    @Test
    void aRejectedTopUp() throws IOException {
        home.deliverCredits("top-up.csv", "g-2,c-2,a-1,grant,promo,20,0,EUR,2026-10-05T09:00:00Z,,,200,");
        recorded("118.766");
        assertThat(cause()).isEqualTo("rejected entry g-2 at credits/top-up.csv:2, grant of 20 (CRD-001)");
    }

    @Test
    void aRejectedTopUpThatWasCorrectedIsNone() throws IOException {
        home.deliverCredits("top-up.csv", "g-2,c-2,a-1,grant,promo,20,0,EUR,2026-10-05T09:00:00Z,,,200,");
        home.deliverCredits("top-up-2.csv", "g-2,c-2,a-1,grant,promo,20,0,EUR,2026-10-05T09:00:00Z,,,,");
        recorded("138.766");
        assertThat(cause()).isEqualTo("entry g-2, grant of 20 for credit c-2, booked twice there");
    }

    @Test
    void aWithdrawalHeldForItsGrant() throws IOException {
        home.deliverCredits("withdrawal.csv", "w-1,c-7,a-1,withdraw,,30,0,EUR,2026-10-05T09:00:00Z,,,,refund");
        recorded("68.766");
        assertThat(cause()).isEqualTo("held entry w-1 at credits/withdrawal.csv:2, withdraw of 30");
    }

    @Test
    void creditThatExpiredThereEarly() throws IOException {
        home.deliverCredits(
                "promo.csv", "g-2,c-2,a-1,grant,promo,5,0,EUR,2026-10-01T00:00:00Z,,2026-10-20T00:00:00Z,90,");
        home.deliverFile("balances", "before.csv", BALANCES + "a-1,2026-10-05T00:00:00Z,105,EUR\n");
        recorded("98.766");
        assertThat(cause()).isEqualTo("credit c-2 with 5, expired there before 2026-10-20T00:00:00.000000Z");
    }

    @Test
    void aPaymentWithoutAnEntry() throws IOException {
        home.configure("sources/payments.yml", "profile: payments\nformat: csv\n");
        home.deliverFile(
                "payments",
                "p.csv",
                "payment_id,processor,method,account_id,reference,status,amount,fee,currency,created_at,settled_at,"
                        + "decline_code,parent_payment_id\npay-1,stripe,card,a-1,ref-1,captured,25,0,EUR,"
                        + "2026-10-05T10:00:00Z,,,\n");
        recorded("123.766");
        assertThat(cause()).isEqualTo("payment pay-1 of 25, booked there without an entry here");
    }

    @Test
    void anExpiredGrantThatItStillSpends() throws IOException {
        home.deliverCredits(
                "promo.csv", "g-2,c-2,a-1,grant,promo,5,0,EUR,2026-10-01T00:00:00Z,,2026-10-05T10:00:00Z,1,");
        // One of the first event is paid by it before it expires.
        recorded("103.766");
        assertThat(cause()).isEqualTo("credit c-2 expired with 4");
    }

    @Test
    void aPriceThatItStillHasOrHasTooEarly() throws IOException {
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from,effective_to
                list,*,m,input,1,1000,2026-01-01,2026-10-05T10:00:00Z
                list,*,m,input,2,1000,2026-10-05T10:00:00Z,
                """);
        recorded("98.766");
        assertThat(cause()).isEqualTo("p m at the prices before 2026-10-05T10:00:00.000000Z");
    }

    @Test
    void aPriceThatItHasTooEarly() throws IOException {
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from,effective_to
                list,*,m,input,1,1000,2026-01-01,2026-10-06T00:00:00Z
                list,*,m,input,2,1000,2026-10-06T00:00:00Z,
                """);
        recorded("97.532");
        assertThat(cause()).isEqualTo("p m at the prices from 2026-10-06T00:00:00.000000Z");
    }

    @Test
    void thePricesOfAnEarlierRun() throws IOException {
        recorded("98.766");
        home.night(NIGHT);
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from
                list,*,m,input,3,1000,2026-01-01
                """);
        home.night("2026-10-06");
        assertThat(DemoRun.rows(home.export().resolve("breaks.csv")).stream()
                        .filter(each -> each.get("code").equals("BALANCE_DIFFERS"))
                        .map(each -> each.get("difference") + " " + each.get("cause")))
                .containsExactly("2.468 the prices of run 1 of 2026-10-05");
    }

    /** The first 1,200 units of a month at 1 each thousand, the others at 2 with a fee of 0.5. */
    private void tiers() throws IOException {
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from,tier_mode,tier_up_to,tier_flat_fee
                list,*,m,input,1,1000,2026-01-01,graduated,1200,
                list,*,m,input,2,1000,2026-01-01,graduated,,0.5
                """);
    }

    @Test
    void aDuplicateCostsWhatTheTierCostsThatItReaches() throws IOException {
        tiers();
        home.deliverUsage("usage-again.csv", "e-2,2026-10-05T12:00:00Z,a-1,,p,m,234");
        // Ours: 1.2 and 34 at 2 and the fee. The live system: 234 more, all of them in the second tier.
        recorded("97.764");
        assertThat(cause()).isEqualTo("duplicate usage/usage.csv:3");
    }

    @Test
    void aDuplicateIsTheCauseAlsoOnTheDayOnWhichItLetsATierEndEarly() throws IOException {
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from,tier_mode,tier_up_to,tier_flat_fee
                list,*,m,input,1,1000,2026-01-01,graduated,1500,
                list,*,m,input,2,1000,2026-01-01,graduated,,0.5
                """);
        home.deliverUsage("usage-again.csv", "e-2,2026-10-05T12:00:00Z,a-1,,p,m,234");
        recorded("98.532");
        assertThat(cause()).isEqualTo("duplicate usage/usage.csv:3");
        // Ours has 1,434 by now; the live system has 1,668, of which 168 are in the second tier.
        home.deliverUsage("usage-6.csv", "e-3,2026-10-06T12:00:00Z,a-1,,p,m,200");
        home.deliverFile("balances", "b-6.csv", BALANCES + "a-1,2026-10-07T00:00:00Z,97.664,EUR\n");
        home.night("2026-10-06");
        assertThat(DemoRun.rows(home.export().resolve("breaks.csv")).stream()
                        .filter(each -> each.get("code").equals("BALANCE_DIFFERS"))
                        .map(each -> each.get("difference") + " " + each.get("cause")))
                .containsExactly("-0.902 duplicate usage/usage.csv:3");
    }

    @Test
    void aTierThatItStillHas() throws IOException {
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from,effective_to,tier_mode,tier_up_to
                list,*,m,input,1,1000,2026-01-01,2026-10-05T10:00:00Z,graduated,1200
                list,*,m,input,2,1000,2026-01-01,2026-10-05T10:00:00Z,graduated,
                list,*,m,input,5,1000,2026-10-05T10:00:00Z,,,
                """);
        // Ours: 1 and 234 at 5. The live system goes on counting: 200 at 1, 34 at 2.
        recorded("98.732");
        assertThat(cause()).isEqualTo("p m at the prices before 2026-10-05T10:00:00.000000Z");
    }

    @Test
    void roundingOfEachCharge() throws IOException {
        // 1 and 0.23 instead of 1.234; a way that rounds otherwise would have charged 0.24.
        recorded("98.77");
        assertThat(cause()).isEqualTo("each charge rounded down or half even or half up");
    }

    @Test
    void aDuplicateWhereEachChargeIsRounded() throws IOException {
        home.deliverUsage("usage-again.csv", "e-2,2026-10-05T12:00:00Z,a-1,,p,m,234");
        recorded("98.52");
        assertThat(cause()).isEqualTo("duplicate usage/usage.csv:3, each charge rounded up");
    }

    @Test
    void whatNoFactExplainsIsUnexplainedWithItsCandidates() throws IOException {
        home.deliverUsage("usage-again.csv", "e-2,2026-10-05T12:00:00Z,a-1,,p,m,234");
        recorded("98.4");
        assertThat(cause()).isEqualTo("unexplained");
        assertThat(row().get("candidates")).contains("duplicate usage/usage.csv:3 -0.234");
        String id = home.books("SELECT break_id FROM break_case WHERE code = 'BALANCE_DIFFERS'")
                .get(0);
        assertThat(home.run("breaks", "show", id).out())
                .contains("unexplained")
                .contains("duplicate usage/usage.csv:3 -0.234");
    }

    @Test
    void aRejectedRecordOfALogWhoseColumnWasRenamedSinceIsPassedOver() throws IOException {
        home.deliverUsage("bad.csv", "e-9,2026-10-05T13:00:00Z,a-1,,p,m,many");
        home.night(NIGHT);
        Path source = home.root().resolve("config/sources/usage.yml");
        home.configure("sources/usage.yml", Files.readString(source) + "  input_tokens: input\n");
        home.deliverFile(
                "usage",
                "renamed.csv",
                "event_id,occurred_at,account_id,api_key_id,provider,model,input\ne-3,2026-10-06T08:00:00Z,a-1,,p,m,1000\n");
        home.deliverFile("balances", "b.csv", BALANCES + "a-1,2026-10-07T00:00:00Z,90,EUR\n");
        home.night("2026-10-06");
        assertThat(home.books("SELECT state, cause FROM break_case WHERE code = 'BALANCE_DIFFERS'"))
                .containsExactly("OPEN unexplained");
    }
}
