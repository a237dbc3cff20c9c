package io.saldo.bench;

import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.sample.Options;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Makes a home whose first night finds a chosen number of breaks: money that arrived for credit that nobody booked,
 * over all accounts, each payment another amount. What is measured is {@code saldo nightly} over it.
 */
public final class BreakFlood {
    private static final LocalDate DATE = LocalDate.of(2026, 10, 5);
    private static final long EVENTS_OF_AN_ACCOUNT = 20;

    private static final Options OPTIONS = Options.NONE
            .and("--out", "DIR", "", "the home, which is not there yet")
            .and("--breaks", "N", "100000", "how many its first night finds")
            .and("--accounts", "N", "1000", "over how many accounts");

    private BreakFlood() {}

    /** {@code --help} tells the options. */
    public static void main(String[] arguments) throws Exception {
        OPTIONS.start(
                arguments,
                given -> generate(given.path("--out"), given.number("--breaks"), given.number("--accounts")));
    }

    /**
     * Generates the home.
     *
     * @throws IllegalArgumentException when the folder is there already
     */
    static void generate(Path home, int breaks, int accounts) throws IOException {
        if (Files.exists(home)) {
            throw new IllegalArgumentException(home + " is there already");
        }
        LoadGenerator.generate(new LoadPlan(1, accounts, accounts * EVENTS_OF_AN_ACCOUNT, DATE, 1, "csv", 1, home));
        Files.move(home.resolve("deliveries").resolve(DATE.toString()), home.resolve("inbox"));
        Files.delete(home.resolve("deliveries"));
        Files.writeString(home.resolve("config/sources/payments.yml"), "profile: payments\nformat: csv\n");
        Path payments = Files.createDirectories(home.resolve("inbox/payments"));
        try (CSVParser parser = CSVParser.parse(
                        home.resolve("config/accounts.csv"),
                        StandardCharsets.UTF_8,
                        CSVFormat.DEFAULT.builder().setHeader().get());
                BufferedWriter out = Files.newBufferedWriter(payments.resolve("payments-" + DATE + ".csv"))) {
            CSVRecord[] rows = parser.getRecords().toArray(CSVRecord[]::new);
            out.write("payment_id,processor,method,account_id,reference,status,amount,fee,currency,created_at,"
                    + "settled_at,decline_code,parent_payment_id\n");
            for (int number = 1; number <= breaks; number++) {
                CSVRecord account = rows[number % rows.length];
                out.write("pay-" + number + ",stripe,card," + account.get("account_id") + ",ref-" + number
                        + ",captured," + (number / 100) + "." + (10 + number % 90) + ",0," + account.get("currency")
                        + "," + DATE + "T10:00:00Z,,,\n");
            }
        }
    }
}
