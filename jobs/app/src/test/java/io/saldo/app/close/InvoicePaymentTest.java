package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invoice that is paid in parts, over, and back. */
class InvoicePaymentTest {
    private static final String COLUMNS = "payment_id,processor,method,account_id,reference,status,amount,fee,currency,"
            + "created_at,settled_at,decline_code,parent_payment_id\n";

    @TempDir
    Path folder;

    private SmallHome home;

    @Test
    void paymentsMarkTheirInvoicePaidAndArePosted() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("sources/payments.yml", "profile: payments\nformat: csv\n");
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,100000");
        home.night("2026-10-31");
        run("close", "--month", "2026-10", "--date", "2026-11-01");
        run("invoices", "approve", "--month", "2026-10", "--by", "me", "--date", "2026-11-01");
        run("invoices", "issue", "--month", "2026-10", "--date", "2026-11-01");
        assertThat(invoice()).isEqualTo("119 0 unpaid");

        pay("2026-11-02", "p1,stripe,card,a-1,INV-2026-000001,captured,100,1,EUR,2026-11-02T10:00:00Z,,,");
        assertThat(invoice()).isEqualTo("119 100 partly_paid");
        pay("2026-11-03", "p2,bank,bank_transfer,a-1,INV-2026-000001,captured,19,0,EUR,2026-11-03T10:00:00Z,,,");
        assertThat(invoice()).isEqualTo("119 119 paid");
        pay("2026-11-04", "p3,bank,bank_transfer,a-1,INV-2026-000001,captured,6,0,EUR,2026-11-04T10:00:00Z,,,");
        assertThat(invoice()).isEqualTo("119 125 overpaid");
        pay("2026-11-05", "d1,stripe,card,a-1,INV-2026-000001,disputed,100,0,EUR,2026-11-05T10:00:00Z,,,p1");
        assertThat(invoice()).isEqualTo("119 25 partly_paid");
        home.night("2026-11-05");
        assertThat(invoice()).as("the same night again books nothing").isEqualTo("119 25 partly_paid");
        pay("2026-11-06", "w1,stripe,card,a-1,INV-2026-000001,reinstated,100,0,EUR,2026-11-06T10:00:00Z,,,p1");
        assertThat(home.books("SELECT entry, booked_on, account, CAST(debit AS INT), CAST(credit AS INT), subject"
                        + " FROM journal WHERE entry LIKE 'payment/%' ORDER BY booked_on, entry, line"))
                .containsExactly(
                        "payment/stripe/p1/1 2026-11-02 1360 100 0 INV-2026-000001",
                        "payment/stripe/p1/1 2026-11-02 1200 0 100 INV-2026-000001",
                        "payment/bank/p2/1 2026-11-03 1360 19 0 INV-2026-000001",
                        "payment/bank/p2/1 2026-11-03 1200 0 19 INV-2026-000001",
                        "payment/bank/p3/1 2026-11-04 1360 6 0 INV-2026-000001",
                        "payment/bank/p3/1 2026-11-04 1200 0 6 INV-2026-000001",
                        "payment/stripe/p1/2 2026-11-05 1200 100 0 INV-2026-000001",
                        "payment/stripe/p1/2 2026-11-05 1360 0 100 INV-2026-000001",
                        "payment/stripe/p1/3 2026-11-06 1360 100 0 INV-2026-000001",
                        "payment/stripe/p1/3 2026-11-06 1200 0 100 INV-2026-000001");
        assertThat(invoice()).isEqualTo("119 125 overpaid");
        assertThat(run("invoices", "show", "INV-2026-000001").out())
                .contains("2026-11-05 stripe p1", "paid_back", "overpaid");
        assertThat(DemoRun.rows(home.export().resolve("invoices.csv")).get(0).get("paid_document"))
                .isEqualTo("125");
    }

    private Program run(String... arguments) {
        Program program = home.run(arguments);
        assertThat(program.code()).as(program.out() + program.err()).isZero();
        return program;
    }

    private void pay(String night, String row) throws IOException {
        home.deliverFile("payments", night + ".csv", COLUMNS + row + "\n");
        home.night(night);
    }

    /** Total, paid, and the word for it, as the list shows them. */
    private String invoice() {
        String line = run("invoices", "list", "--month", "2026-10")
                .out()
                .lines()
                .filter(each -> each.contains("INV-2026-000001"))
                .findFirst()
                .orElseThrow();
        String[] cells = line.strip().split("\\s{2,}");
        return cells[6].replace(".00", "") + " " + cells[9] + " " + cells[10];
    }
}
