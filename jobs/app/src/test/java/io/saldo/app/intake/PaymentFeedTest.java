package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.OnEveryDatabase;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments come in files of any size. */
@OnEveryDatabase
class PaymentFeedTest {
    @Test
    void aPaymentIsLookedUpByItsIdAndNotByReadingAllOfThem(@TempDir Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("sources/payments.yml", "profile: payments\nformat: csv\n");
        StringBuilder rows = new StringBuilder("payment_id,processor,method,account_id,reference,status,amount,fee,"
                + "currency,created_at,settled_at,decline_code,parent_payment_id\n");
        for (int number = 1; number <= 300; number++) {
            rows.append("p").append(number).append(",stripe,card,a-1,,captured,10,0,EUR,2026-10-05T10:00:00Z,,,\n");
        }
        home.deliverFile("payments", "payments.csv", rows.toString());
        home.night("2026-10-05");
        assertThat(home.books("SELECT count(*) FROM payment")).containsExactly("300");
        assertThat(home.books("EXPLAIN SELECT * FROM payment"
                        + " WHERE payment_id = 'p7' AND processor = 'stripe' AND status = 'captured'"))
                .first()
                .asString()
                .containsIgnoringCase("payment_by_id");
    }
}
