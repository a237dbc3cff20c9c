package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of each row of PayPal's settlement report. */
class PaypalSettlementTest {
    private static final Path REPORT = Path.of("src/test/resources/profiles/paypal-settlement.csv");

    @TempDir
    Path folder;

    private SmallHome home() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("acme"));
        home.configure("sources/paypal.yml", "profile: paypal-settlement\nformat: csv\n");
        return home;
    }

    @Test
    void everyRowIsAPaymentOfItsClass() throws IOException {
        SmallHome home = home();
        home.deliverFile("paypal", "STL-20261005.01.009.CSV", "\uFEFF" + Files.readString(REPORT));
        home.night("2026-10-08");
        assertThat(home.books("SELECT payment_id, status, reference, CAST(amount AS DECIMAL(20, 2)),"
                        + " CAST(fee AS DECIMAL(20, 2)), currency, parent_payment_id FROM payment ORDER BY line"))
                .containsExactly(
                        "PAY-1 captured order-1 119.00 3.10 EUR ",
                        "PAY-2 captured order \"2\" 50.00 1.50 EUR ",
                        "PAY-3 captured order-3 10000.00 0.00 JPY ",
                        "REF-1 refunded order-1 -55.00 -1.40 EUR PAY-1",
                        "HOLD-2 disputed  -50.00 0.00 EUR PAY-2",
                        "FREE-2 reinstated  50.00 0.00 EUR PAY-2",
                        "BACK-2 disputed  -50.00 16.00 EUR PAY-2",
                        "SENT-1 movement  -7.00 0.00 EUR ",
                        "BANK-1 movement  -10.00 0.00 EUR ",
                        "NEW-1 T9701  1.00 0.00 EUR ");
        assertThat(home.books("SELECT created_at, settled_at FROM payment WHERE payment_id = 'PAY-1'"))
                .as("07:00 UTC is 01:00 -0700 and an hour")
                .containsExactly("1791187200000000 1791187202000000");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsValue("10 accepted, 1 rejected");
        assertThat(SmallHome.breaks(export))
                .as("half a minor unit, and a code of no known group")
                .contains(
                        "RECORDS_REJECTED paypal/STL-20261005.01.009.CSV#CRD-001 open",
                        "PAYMENT_UNCLASSIFIED NEW-1 open");
    }

    @Test
    void aTotalThatIsAnotherIsToldAndAReportThatIsCutOffIsNotTaken() throws IOException {
        SmallHome home = home();
        String report = Files.readString(REPORT);
        home.deliverFile("paypal", "count.csv", report.replace("\"SC\",11", "\"SC\",12"));
        home.deliverFile("paypal", "cut.csv", report.replace("\"FF\",01\n", "").replace("PAY-", "CUT-"));
        home.night("2026-10-08");
        assertThat(home.books("SELECT COUNT(*) FROM payment")).containsExactly("10");
        assertThat(home.books("SELECT subject, evidence FROM break_case WHERE code = 'DELIVERY_INCOMPLETE'"))
                .containsExactly("paypal/cut.csv DLV-003 it ends before its row FF");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export))
                .as("the total, beside the row whose amount is none")
                .containsValue("10 accepted, 2 rejected");
        assertThat(SmallHome.breaks(export)).contains("RECORDS_REJECTED paypal/count.csv#CRD-001 open");
    }

    @Test
    void rejectedRowsAreGivenBackUnderTheirHeaderAndReadAgain() throws IOException {
        SmallHome home = home();
        home.deliverFile("paypal", "report.csv", Files.readString(REPORT));
        home.night("2026-10-08");
        Path back = folder.resolve("back.csv");
        assertThat(home.run("deliveries", "rejected", "--to", back.toString()).code())
                .isZero();
        String rows = Files.readString(back);
        assertThat(rows).startsWith("\"CH\",\"Transaction ID\"").contains("HALF-1");
        home.deliverFile("paypal", "corrected.csv", rows.replace("12.5", "1250"));
        home.night("2026-10-09");
        assertThat(home.books(
                        "SELECT CAST(amount AS DECIMAL(20, 2)), currency FROM payment WHERE payment_id = 'HALF-1'"))
                .containsExactly("12.50 GBP");
    }
}
