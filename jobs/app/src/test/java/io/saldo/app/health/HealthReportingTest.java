package io.saldo.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Four accounts with a known end: one near it, one at it, one whose card is declined, one that is well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthReportingTest {
    private final Map<String, Map<String, String>> accounts = new LinkedHashMap<>();

    @BeforeAll
    void aNight(@TempDir Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("near", "out", "declined", "well"));
        home.configure(
                "terms.csv",
                "account_id,billing_mode,price_book,overage_policy,recharge_threshold,recharge_amount,"
                        + "recharge_monthly_cap\nnear,prepaid,list,block,4,10,15\nout,prepaid,list,block,,,\n"
                        + "declined,prepaid,list,invoice,,,\nwell,prepaid,list,invoice,,,\n");
        home.configure("sources/payments.yml", "profile: payments\nformat: csv\n");
        home.deliverCredits(
                "credits.csv",
                "e1,c1,near,grant,purchase,10,0,EUR,2026-10-01T00:00:00Z,,,,",
                "e2,c2,out,grant,purchase,2,0,EUR,2026-10-01T00:00:00Z,,,,",
                "e3,c3,declined,grant,purchase,900,0,EUR,2026-10-01T00:00:00Z,,,,",
                "e4,c4,well,grant,promo,20,0,EUR,2026-10-01T00:00:00Z,,2026-10-09T00:00:00Z,,",
                "e5,c5,well,grant,promo,900,0,EUR,2026-10-01T00:00:00Z,,,,");
        StringBuilder usage = new StringBuilder();
        for (String account : List.of("near", "declined", "well")) {
            for (int day = 1; day <= 5; day++) {
                usage.append(account)
                        .append(day)
                        .append(",2026-10-0")
                        .append(day)
                        .append("T10:00:00Z,");
                usage.append(account).append(",,p,m,1000\n");
            }
        }
        usage.append("out1,2026-10-03T12:00:00Z,out,,p,m,2000\nout2,2026-10-04T12:00:00Z,out,,p,m,500");
        home.deliverUsage("usage.csv", usage.toString().split("\n"));
        StringBuilder payments = new StringBuilder("payment_id,processor,method,account_id,reference,status,amount,fee,"
                + "currency,created_at,settled_at,decline_code,parent_payment_id\n");
        for (int number = 1; number <= 16; number++) {
            payments.append("p").append(number).append(",stripe,card,declined,,declined,10,0,EUR,");
            payments.append("2026-10-04T10:00:00Z,,insufficient_funds,\n");
        }
        home.deliverFile("payments", "payments.csv", payments.toString());
        home.night("2026-10-05");
        DemoRun.rows(home.root().resolve("out/nights/2026-10-05/credit-health.csv"))
                .forEach(row -> accounts.put(row.get("account_id"), row));
    }

    @Test
    void accountsThatNeedAPersonStandFirst() {
        assertThat(accounts.keySet()).containsExactly("out", "near", "declined", "well");
    }

    @Test
    void creditThatEndsSoonAndARechargeThatTheCapCutsShort() {
        assertThat(accounts.get("near"))
                .containsEntry("concerns", "at risk of interruption; recharge capped")
                .containsEntry("balance", "5")
                .containsEntry("days_observed", "5")
                .containsEntry("burn_per_day", "1")
                .containsEntry("runway_days_short", "5")
                .containsEntry("runway_days", "5")
                .containsEntry("bought_this_month", "10")
                .containsEntry("recharge", "capped")
                .containsEntry("recharge_on", "2026-10-07")
                .containsEntry("recharge_amount", "5")
                .containsEntry("recharge_room", "5")
                .containsEntry("to_last_28_days", "23");
    }

    @Test
    void creditThatIsGone() {
        assertThat(accounts.get("out"))
                .containsEntry("concerns", "interrupted")
                .containsEntry("balance", "0")
                .containsEntry("gaps", "1")
                .containsEntry("served_without_credit", "0.5")
                .hasEntrySatisfying(
                        "without_credit_since", since -> assertThat(since).startsWith("2026-10-03T12:00:00"));
    }

    @Test
    void topUpsThatAreDeclinedTooOften() {
        assertThat(accounts.get("declined"))
                .containsEntry("concerns", "top-ups declined")
                .containsEntry("declines", "16")
                .containsEntry("circuit_breaker", "open");
    }

    @Test
    void creditThatExpiresBeforeItIsUsed() {
        assertThat(accounts.get("well"))
                .containsEntry("concerns", "credit expires unused")
                .containsEntry("balance", "915")
                .containsEntry("expiring_unused", "12");
    }

    @Test
    void whatEndedMonthsAgoIsStillKnown(@TempDir Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("out", "idle", "refilled", "booked-late"));
        home.deliverCredits(
                "credits.csv",
                "e1,c1,out,grant,promo,2,0,EUR,2026-08-01T00:00:00Z,,,,",
                "e2,c2,idle,grant,promo,7,0,EUR,2026-08-01T00:00:00Z,,,,",
                "e3,c3,refilled,grant,promo,1,0,EUR,2026-08-01T00:00:00Z,,,,",
                "e5,c5,booked-late,grant,promo,1,0,EUR,2026-08-01T00:00:00Z,,,,");
        home.deliverUsage(
                "august.csv",
                "o1,2026-08-03T12:00:00Z,out,,p,m,2000",
                "i1,2026-08-03T12:00:00Z,idle,,p,m,1000",
                "r1,2026-08-03T12:00:00Z,refilled,,p,m,1000",
                "b1,2026-08-03T12:00:00Z,booked-late,,p,m,1000");
        for (String month : List.of("2026-08", "2026-09", "2026-10")) {
            LocalDate first = LocalDate.parse(month + "-01").plusMonths(1);
            home.night(first.minusDays(1).toString());
            assertThat(home.run("close", "--month", month, "--date", first.toString())
                            .code())
                    .isZero();
            home.deliverUsage(month + ".csv", "o" + month + "," + first + "T12:00:00Z,out,,p,m,1000");
        }
        home.deliverCredits(
                "november-credits.csv",
                "e4,c4,refilled,grant,promo,9,0,EUR,2026-11-09T00:00:00Z,,,,",
                "e6,c6,booked-late,grant,promo,9,0,EUR,2026-08-02T00:00:00Z,,,,");
        home.deliverUsage("november.csv", "r2,2026-11-10T12:00:00Z,refilled,,p,m,1000");
        home.night("2026-11-30");
        Map<String, Map<String, String>> later = new LinkedHashMap<>();
        DemoRun.rows(home.root().resolve("out/nights/2026-11-30/credit-health.csv"))
                .forEach(row -> later.put(row.get("account_id"), row));
        assertThat(later).containsOnlyKeys("out", "idle", "refilled", "booked-late");
        assertThat(later.get("out"))
                .containsEntry("gaps", "1")
                .hasEntrySatisfying(
                        "without_credit_since", since -> assertThat(since).startsWith("2026-08-03T12:00:00"));
        assertThat(later.get("idle")).containsEntry("balance", "6").containsEntry("gaps", "0");
        assertThat(later.get("refilled"))
                .as("a gap from August to 9 November")
                .containsEntry("gaps", "1")
                .containsEntry("without_credit_since", "");
        assertThat(later.get("booked-late"))
                .as("a gap from August to 1 November, when what was effective before it begins to count, is over")
                .containsEntry("balance", "9")
                .containsEntry("gaps", "0")
                .containsEntry("without_credit_since", "");
    }
}
