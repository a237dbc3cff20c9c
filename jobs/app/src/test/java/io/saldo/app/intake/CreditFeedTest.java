package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The credit feed's rules (SPEC 6.1): each case is one file about an account of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CreditFeedTest {
    private static final String NIGHT = "2026-10-05";

    private record Case(String name, String outcome, List<String> rows) {
        @Override
        public String toString() {
            return name + ": " + outcome;
        }
    }

    private SmallHome home;
    private Program firstNight;
    private Map<String, String> outcomes;
    private List<String> breaks;

    /** In a row, {@code A} is the case's account and {@code T} a time of the night. */
    private static Case of(String name, String outcome, String... rows) {
        return new Case(name, outcome, List.of(rows));
    }

    /** entry_id,credit_id,account_id,entry,kind,amount,tax_amount,currency,booked_at,effective_at,expires_at,priority. */
    static List<Case> cases() {
        return List.of(
                of("a grant", "1 accepted", "e1,c1,A,grant,purchase,10,1.9,EUR,T,,,,"),
                of(
                        "every kind",
                        "3 accepted",
                        "e1,c1,A,grant,purchase,10,,EUR,T,,,,",
                        "e2,c2,A,grant,promo,10,,EUR,T,,,,",
                        "e3,c3,A,grant,adjustment,10,,EUR,T,,,,"),
                of("the smallest amount", "1 accepted", "e1,c1,A,grant,promo,0.000001,,EUR,T,,,,"),
                of(
                        "lowest and highest priority",
                        "2 accepted",
                        "e1,c1,A,grant,promo,1,,EUR,T,,,0,",
                        "e2,c2,A,grant,promo,1,,EUR,T,,,100,"),
                of("effective later", "1 accepted", "e1,c1,A,grant,promo,1,,EUR,T,2027-01-01T00:00:00Z,,,"),
                of("booked late", "1 accepted", "e1,c1,A,grant,promo,1,,EUR,T,2026-10-01T00:00:00Z,,,"),
                of(
                        "withdrawn",
                        "2 accepted",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e2,c1,A,withdraw,,4,,EUR,T,,,,revoked"),
                of(
                        "withdrawn, all of it",
                        "2 accepted",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e2,c1,A,withdraw,,,,EUR,T,,,,revoked"),
                of(
                        "withdrawn in the line before its grant",
                        "2 accepted",
                        "e2,c1,A,withdraw,,4,,EUR,T,,,,revoked",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,"),
                of("withdrawn from the credit of an opening", "1 accepted", "e2,c0,A,withdraw,,4,,EUR,T,,,,revoked"),
                of(
                        "a grant of the credit of an opening",
                        "1 accepted, 1 rejected",
                        "e1,c0,A,grant,promo,10,,EUR,2026-09-01T00:00:00Z,,,,",
                        "e2,c1,A,grant,promo,10,,EUR,T,,,,"),
                of("withdrawn without a grant", "1 held", "e2,c1,A,withdraw,,4,,EUR,T,,,,revoked"),
                of("unknown account", "1 held", "e1,c1,nobody,grant,promo,10,,EUR,T,,,,"),
                of(
                        "the same entry again",
                        "1 accepted, 1 duplicate",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,"),
                of(
                        "the same entry, the number written differently",
                        "1 accepted, 1 duplicate",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e1,c1,A,grant,promo,10.00,0,EUR,T,T,,50,"),
                of(
                        "the same entry with another amount",
                        "1 accepted, 1 conflict",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e1,c1,A,grant,promo,11,,EUR,T,,,,"),
                of(
                        "a second grant of a credit",
                        "1 accepted, 1 conflict",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e2,c1,A,grant,promo,10,,EUR,T,,,,"),
                of(
                        "an entry id that a withdrawal repeats",
                        "1 accepted, 1 conflict",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e1,c1,A,withdraw,,,,EUR,T,,,,"),
                of("no amount", "1 rejected", "e1,c1,A,grant,promo,,,EUR,T,,,,"),
                of(
                        "as many digits as an amount may have",
                        "2 accepted",
                        "e1,c1,A,grant,promo,0.000000000001,,EUR,T,,,,",
                        "e2,c2,A,grant,promo,1.0000000000000000,,EUR,T,,,,"),
                of("a digit more after the point", "1 rejected", "e1,c1,A,grant,promo,0.0000000000001,,EUR,T,,,,"),
                of("more digits than the books hold", "1 rejected", "e1,c1,A,grant,promo,1e-50,,EUR,T,,,,"),
                of("a digit more before the point", "1 rejected", "e1,c1,A,grant,promo,1000000000000000,,EUR,T,,,,"),
                of("tax with more digits", "1 rejected", "e1,c1,A,grant,purchase,1,1e-50,EUR,T,,,,"),
                of("amount 0", "1 rejected", "e1,c1,A,grant,promo,0,,EUR,T,,,,"),
                of("amount below 0", "1 rejected", "e1,c1,A,grant,promo,-1,,EUR,T,,,,"),
                of("amount that is none", "1 rejected", "e1,c1,A,grant,promo,ten,,EUR,T,,,,"),
                of(
                        "withdrawal of 0",
                        "1 accepted, 1 rejected",
                        "e1,c1,A,grant,promo,10,,EUR,T,,,,",
                        "e2,c1,A,withdraw,,0,,EUR,T,,,,"),
                of("tax below 0", "1 rejected", "e1,c1,A,grant,purchase,1,-0.01,EUR,T,,,,"),
                of("priority too high", "1 rejected", "e1,c1,A,grant,promo,1,,EUR,T,,,101,"),
                of("priority below 0", "1 rejected", "e1,c1,A,grant,promo,1,,EUR,T,,,-1,"),
                of("priority that is none", "1 rejected", "e1,c1,A,grant,promo,1,,EUR,T,,,high,"),
                of("expires when it begins", "1 rejected", "e1,c1,A,grant,promo,1,,EUR,T,,T,,"),
                of(
                        "expires before it begins",
                        "1 rejected",
                        "e1,c1,A,grant,promo,1,,EUR,T,2026-12-01T00:00:00Z,2026-11-01T00:00:00Z,,"),
                of("booked after the night", "1 rejected", "e1,c1,A,grant,promo,1,,EUR,2026-10-06T12:00:00Z,,,,"),
                of("another currency", "1 rejected", "e1,c1,A,grant,promo,1,,USD,T,,,,"),
                of("no currency", "1 rejected", "e1,c1,A,grant,promo,1,,,T,,,,"),
                of("unknown kind", "1 rejected", "e1,c1,A,grant,gift,1,,EUR,T,,,,"),
                of("no kind", "1 rejected", "e1,c1,A,grant,,1,,EUR,T,,,,"),
                of("unknown entry", "1 rejected", "e1,c1,A,refund,promo,1,,EUR,T,,,,"),
                of("no entry id", "1 rejected", ",c1,A,grant,promo,1,,EUR,T,,,,"),
                of("no account", "1 rejected", "e1,c1,,grant,promo,1,,EUR,T,,,,"),
                of("bad timestamp", "1 rejected", "e1,c1,A,grant,promo,1,,EUR,2026-10-05T24:00:00Z,,,,"),
                of(
                        "a column too few",
                        "1 accepted, 1 rejected",
                        "e1,c1,A,grant,promo,1,,EUR,T,,,",
                        "e2,c2,A,grant,promo,1,,EUR,T,,,,"),
                of(
                        "an unknown account is no excuse for a bad amount",
                        "1 rejected",
                        "e1,c1,nobody-2,grant,promo,0,,EUR,T,,,,"));
    }

    private static String account(int index) {
        return "acc-" + (100 + index);
    }

    private static String file(int index) {
        return "credits-" + (100 + index) + ".csv";
    }

    private static String resolved(String row, int index) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.split(",", -1)) {
            cells.add(cell.equals("A") ? account(index) : cell.equals("T") ? "2026-10-05T08:00:00Z" : cell);
        }
        return String.join(",", cells);
    }

    @BeforeAll
    void runTheNight(@TempDir Path folder) throws IOException {
        List<String> accounts = new ArrayList<>();
        for (int index = 0; index < cases().size(); index++) {
            accounts.add(account(index));
        }
        home = SmallHome.create(folder.resolve("home"), accounts);
        StringBuilder openings =
                new StringBuilder("account_id,as_of,credit_id,kind,amount,currency,booked_at,remaining_amount\n");
        for (int index = 0; index < cases().size(); index++) {
            if (cases().get(index).name().contains("opening")) {
                openings.append(account(index)).append(",2026-10-01,c0,promo,10,EUR,2026-09-01,7\n");
            }
        }
        home.configure("openings.csv", openings.toString());
        for (int index = 0; index < cases().size(); index++) {
            int each = index;
            home.deliverCredits(
                    file(index),
                    cases().get(index).rows().stream()
                            .map(row -> resolved(row, each))
                            .toArray(String[]::new));
        }
        firstNight = home.night(NIGHT);
        Path export = home.export();
        outcomes = SmallHome.outcomes(export);
        breaks = SmallHome.breaks(export);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyEntryEndsInItsPlace(Case tried) {
        int index = cases().indexOf(tried);
        assertThat(outcomes.get(file(index))).isEqualTo(tried.outcome());
        if (tried.outcome().contains("rejected")) {
            assertThat(breaks).anyMatch(each -> each.startsWith("RECORDS_REJECTED credits/" + file(index) + "#"));
        }
        if (tried.outcome().contains("held")) {
            assertThat(breaks).anyMatch(each -> each.startsWith("RECORDS_HELD "));
        }
    }

    @Test
    void aWithdrawalInTheLineBeforeItsGrantTakesFromIt() {
        Map<String, String> amounts = new TreeMap<>();
        DemoRun.rows(home.root().resolve("out/exports/test/grants.csv"))
                .forEach(row -> amounts.put(row.get("account_id"), row.get("withdrawn_amount")));
        assertThat(amounts.get(account(indexOf("withdrawn in the line before its grant"))))
                .isEqualTo("4");
        assertThat(amounts.get(account(indexOf("withdrawn from the credit of an opening"))))
                .isEqualTo("4");
        assertThat(firstNight.out()).contains("night " + NIGHT);
    }

    private static int indexOf(String name) {
        int index = 0;
        while (!cases().get(index).name().equals(name)) {
            index++;
        }
        return index;
    }

    @Test
    void anOpeningOfACreditThatTheFeedGrantedHoldsUpItsAccountAlone(@TempDir Path folder) throws IOException {
        SmallHome two = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        two.deliverCredits(
                "credits.csv",
                "e1,c1,a-1,grant,promo,10,,EUR,2026-10-02T08:00:00Z,,,,",
                "e2,c2,a-2,grant,promo,10,,EUR,2026-10-02T08:00:00Z,,,,");
        two.night("2026-10-02");
        two.configure("openings.csv", """
                account_id,as_of,credit_id,kind,amount,currency,booked_at,remaining_amount
                a-1,2026-10-01,c1,promo,10,EUR,2026-09-01,7
                """);
        two.deliverUsage(
                "usage.csv",
                "u-1,2026-10-03T08:00:00Z,a-1,,openai,m,1000",
                "u-2,2026-10-03T08:00:00Z,a-2,,openai,m,1000");
        two.night("2026-10-03");
        assertThat(two.books("SELECT account_id, message FROM account_problem"))
                .singleElement()
                .asString()
                .startsWith("a-1 ")
                .contains("account a-1 has two grants of credit c1: openings.csv opens a credit that the credit feed"
                        + " granted");
        assertThat(two.books("SELECT DISTINCT account_id FROM statement_revision WHERE usage_amount > 0"))
                .containsExactly("a-2");
    }
}
