package io.saldo.app.finance;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The journal, the roll-forward, the statements, the invoices and every export say the same, on random months.
 *
 * <p>{@code -Dsaldo.seed=N} takes other months; the seed stands in every failure.
 */
class BooksLawsTest {
    private static final Map<String, String> LEDGER = Map.of(
            "cash",
            "1360",
            "credit",
            "3250",
            "unbilled",
            "1215",
            "receivable",
            "1200",
            "carried",
            "1216",
            "vat",
            "3806",
            "rounding",
            "4840",
            "breakage",
            "4830",
            "collection",
            "1217");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everythingSaysTheSame(long number) throws Exception {
        long seed = number + 1_000 * Long.getLong("saldo.seed", 0);
        RandomMonths months = RandomMonths.of(seed, folder.resolve("home"));
        for (String month : RandomMonths.MONTHS) {
            String which = "seed " + seed + ", month " + month;
            List<Map<String, String>> journal = months.rows(month, "journal");
            assertThat(journal).as(which).isNotEmpty();
            theJournalSumsToZero(which, journal);
            theRollForwardIsThatOfJournalAndStatements(which, months, month, journal);
            theJournalIsThatOfStatementsAndInvoices(which, months, month, journal);
            taxIsThatOfTheJournal(which, months, month, journal);
            bothFormatsSayTheSame(which, months, month);
            focusSumsToStatementsAndInvoices(which, months, month);
            datevIsBalancedAndWithinRounding(which, months, month, journal);
        }
        whatIsPaidIsWhatThePaymentsPosted("seed " + seed, months);
    }

    private static void theJournalSumsToZero(String which, List<Map<String, String>> journal) {
        Map<String, BigDecimal> entries = new TreeMap<>();
        for (Map<String, String> line : journal) {
            entries.merge(line.get("entry") + " " + line.get("currency"), balance(line), BigDecimal::add);
        }
        entries.forEach((entry, sum) -> assertThat(sum).as(which + " " + entry).isZero());
    }

    private static void theRollForwardIsThatOfJournalAndStatements(
            String which, RandomMonths months, String month, List<Map<String, String>> journal) {
        Map<String, Map<String, String>> statements = byAccount(months.rows(month, "statements"));
        Map<String, BigDecimal> remaining = new HashMap<>();
        Map<String, BigDecimal> purchased = new HashMap<>();
        for (Map<String, String> grant : months.rows(month, "grants")) {
            remaining.merge(grant.get("account_id"), amount(grant, "remaining_amount"), BigDecimal::add);
            if (grant.get("kind").equals("purchase")) {
                purchased.merge(grant.get("account_id"), amount(grant, "remaining_amount"), BigDecimal::add);
            }
        }
        for (Map<String, String> row : months.finance(month, "deferred_revenue")) {
            String account = row.get("account_id");
            String as = which + " " + account;
            BigDecimal change = amount(row, "purchased")
                    .add(amount(row, "restored"))
                    .subtract(amount(row, "consumed"))
                    .subtract(amount(row, "expired"))
                    .subtract(amount(row, "refunded"));
            assertThat(amount(row, "opening").add(change)).as(as).isEqualByComparingTo(amount(row, "closing"));
            assertThat(amount(row, "closing"))
                    .as(as)
                    .isEqualByComparingTo(purchased.getOrDefault(account, BigDecimal.ZERO));
            assertThat(amount(statements.get(account), "closing_balance"))
                    .as(as)
                    .isEqualByComparingTo(remaining.getOrDefault(account, BigDecimal.ZERO));
            assertThat(sum(journal, entry -> entry.startsWith(month + "/" + account + "/"), "credit"))
                    .as(as)
                    .isEqualByComparingTo(change.negate());
        }
        for (Map<String, String> row : months.finance(month, "breakage")) {
            String as = which + " " + row.get("credit_id");
            String entry = month + "/" + row.get("account_id") + "/expiry/" + row.get("credit_id");
            assertThat(sum(journal, entry::equals, "breakage"))
                    .as(as)
                    .isEqualByComparingTo(amount(row, "revenue").negate());
        }
    }

    private static void theJournalIsThatOfStatementsAndInvoices(
            String which, RandomMonths months, String month, List<Map<String, String>> journal) {
        Map<String, String> numbers = new HashMap<>();
        for (Document document : documents(months, month)) {
            if (!document.ofDispute()) {
                numbers.put(document.account(), document.number());
            }
            assertThat(sum(journal, document.number()::equals, "receivable"))
                    .as(which + " " + document)
                    .isEqualByComparingTo(document.total());
            assertThat(sum(journal, document.number()::equals, "vat"))
                    .as(which + " " + document)
                    .isEqualByComparingTo(document.tax().negate());
        }
        for (Map<String, String> statement : months.rows(month, "statements")) {
            String account = statement.get("account_id");
            Predicate<String> own = entry -> entry.startsWith(month + "/" + account + "/");
            BigDecimal due = amount(statement, "payg_amount")
                    .add(amount(statement, "overage_amount"))
                    .add(amount(statement, "surcharge_amount"));
            String issue = numbers.getOrDefault(account, month + "/" + account + "/statement");
            assertThat(sum(journal, own.and(entry -> !entry.equals(issue)), "unbilled"))
                    .as(which + " " + account)
                    .isEqualByComparingTo(due);
            assertThat(sum(journal, own.or(issue::equals), "unbilled"))
                    .as(which + " " + account + " after issue")
                    .isZero();
            assertThat(sum(journal, own, "carried"))
                    .as(which + " " + account)
                    .isEqualByComparingTo(
                            amount(statement, "closing_debt").subtract(amount(statement, "opening_debt")));
        }
    }

    private static void taxIsThatOfTheJournal(
            String which, RandomMonths months, String month, List<Map<String, String>> journal) {
        BigDecimal told = months.finance(month, "tax").stream()
                .map(row -> amount(row, "tax"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum(journal, entry -> true, "vat").negate()).as(which).isEqualByComparingTo(told);
    }

    private static void whatIsPaidIsWhatThePaymentsPosted(String which, RandomMonths months) {
        Map<String, BigDecimal> posted = new HashMap<>();
        for (Map<String, String> line : months.rows("2026-11", "journal")) {
            if (line.get("entry").startsWith("payment/") && line.get("account").equals(LEDGER.get("receivable"))) {
                posted.merge(line.get("subject"), balance(line).negate(), BigDecimal::add);
            }
        }
        assertThat(posted).as(which).isNotEmpty();
        for (Map<String, String> invoice : months.rows("2026-10", "invoices")) {
            assertThat(amount(invoice, "paid_document"))
                    .as(which + " " + invoice.get("number"))
                    .isEqualByComparingTo(posted.getOrDefault(invoice.get("number"), BigDecimal.ZERO));
        }
    }

    private static void bothFormatsSayTheSame(String which, RandomMonths months, String month) throws Exception {
        for (String what : List.of("books", "focus")) {
            Path csv = months.export(month, what, "csv");
            Path parquet = months.export(month, what, "parquet");
            List<Path> files;
            try (Stream<Path> list = Files.list(csv)) {
                files = list.sorted().toList();
            }
            assertThat(files).as(which).hasSize(what.equals("books") ? 11 : 1);
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".csv", "");
                List<String> ofCsv = duck("SELECT * FROM read_csv('" + file
                        + "', header = true, all_varchar = true, quote = '\"', escape = '\"')");
                List<String> ofParquet = duck(
                        "SELECT COLUMNS(*)::varchar FROM read_parquet('" + parquet.resolve(name + ".parquet") + "')");
                assertThat(ofParquet).as(which + " " + name).isEqualTo(ofCsv);
            }
        }
    }

    private static List<String> duck(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet result = duck.createStatement().executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    String value = result.getString(column);
                    row.add(result.getMetaData().getColumnName(column) + "="
                            + (value == null ? "" : value.startsWith("'") ? value.substring(1) : value));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    private static void focusSumsToStatementsAndInvoices(String which, RandomMonths months, String month) {
        List<Map<String, String>> rows =
                DemoRun.rows(months.export(month, "focus", "csv").resolve("focus.csv"));
        Map<String, BigDecimal> invoiced = new HashMap<>();
        for (Map<String, String> row : rows) {
            String as = which + " " + row;
            boolean priced = row.get("ChargeCategory").equals("Usage")
                    || row.get("ChargeCategory").equals("Purchase");
            if (priced) {
                assertThat(amount(row, "PricingQuantity").multiply(amount(row, "ListUnitPrice")))
                        .as(as)
                        .isEqualByComparingTo(amount(row, "ListCost"));
                assertThat(row.get("SkuPriceId")).as(as).isNotEmpty();
                assertThat(row.get("PricingCategory")).as(as).isEqualTo("Standard");
            }
            if (row.get("ChargeCategory").equals("Tax")) {
                assertThat(row.get("PricingQuantity") + row.get("ListUnitPrice") + row.get("PricingCategory"))
                        .as(as)
                        .isEmpty();
            }
            if (row.get("ChargeCategory").equals("Purchase")) {
                assertThat(amount(row, "EffectiveCost")).as(as).isZero();
            }
            assertThat(row.get("ChargePeriodStart")).as(as).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
            if (!row.get("InvoiceId").isEmpty()) {
                invoiced.merge(row.get("InvoiceId"), amount(row, "BilledCost"), BigDecimal::add);
            }
        }
        Map<String, BigDecimal> asked = new HashMap<>();
        documents(months, month).forEach(document -> asked.put(document.number(), document.total()));
        assertThat(invoiced.keySet()).as(which).isEqualTo(asked.keySet());
        asked.forEach((number, total) ->
                assertThat(invoiced.get(number)).as(which + " " + number).isEqualByComparingTo(total));
        Map<String, Map<String, String>> deferred = byAccount(months.finance(month, "deferred_revenue"));
        for (Map<String, String> statement : months.rows(month, "statements")) {
            String account = statement.get("account_id");
            String as = which + " " + account;
            assertThat(focus(rows, account, "usage", "ListCost"))
                    .as(as)
                    .isEqualByComparingTo(amount(statement, "usage_amount"));
            assertThat(focus(rows, account, "usage", "EffectiveCost"))
                    .as(as)
                    .isEqualByComparingTo(
                            amount(statement, "usage_amount").subtract(amount(statement, "unfunded_amount")));
            assertThat(focus(rows, account, "usage", "BilledCost"))
                    .as(as)
                    .isEqualByComparingTo(amount(statement, "payg_amount").add(amount(statement, "overage_amount")));
            assertThat(focus(rows, account, "surcharge", "BilledCost"))
                    .as(as)
                    .isEqualByComparingTo(amount(statement, "surcharge_amount"));
            Map<String, String> roll = deferred.get(account);
            assertThat(focus(rows, account, "purchase", "BilledCost"))
                    .as(as)
                    .isEqualByComparingTo(amount(roll, "purchased"));
            assertThat(focus(rows, account, "expiry", "EffectiveCost"))
                    .as(as)
                    .isEqualByComparingTo(amount(roll, "expired"));
            assertThat(focus(rows, account, "credit", "EffectiveCost").negate())
                    .as(as)
                    .isEqualByComparingTo(amount(statement, "drawn_amount")
                            .subtract(amount(roll, "consumed"))
                            .subtract(amount(statement, "restored_amount").subtract(amount(roll, "restored"))));
        }
    }

    private static BigDecimal focus(List<Map<String, String>> rows, String account, String record, String column) {
        return rows.stream()
                .filter(row -> row.get("BillingAccountId").equals(account)
                        && row.get("x_Record").equals(record))
                .map(row -> amount(row, column))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void datevIsBalancedAndWithinRounding(
            String which, RandomMonths months, String month, List<Map<String, String>> journal) throws IOException {
        Map<String, BigDecimal> balances = new TreeMap<>();
        Map<String, BigDecimal> receivables = new HashMap<>();
        Path written = months.export(month, "datev", "");
        List<Path> files;
        try (Stream<Path> list = Files.list(written)) {
            files = list.sorted().toList();
        }
        assertThat(files).as(which).isNotEmpty();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file, Charset.forName("windows-1252"));
            assertThat(lines.get(0))
                    .startsWith("\"EXTF\";700;21;\"Buchungsstapel\";13;")
                    .contains(";29098;55003;20260101;4;");
            assertThat(lines.get(0).split(";", -1)).hasSize(31);
            assertThat(lines.get(1).split(";", -1)).hasSize(125);
            for (String line : lines.subList(2, lines.size())) {
                String[] cells = line.split(";", -1);
                assertThat(cells).as(which + line).hasSize(125);
                assertThat(cells[0]).as(which + line).matches("[0-9]{1,10},[0-9]{2}");
                BigDecimal amount = new BigDecimal(cells[0].replace(',', '.'));
                String currency = cells[2].replace("\"", "");
                assertThat(amount).as(which + line).isPositive();
                assertThat(cells[3].isEmpty()).as(which + line).isEqualTo(currency.equals("EUR"));
                balances.merge(cells[6] + currency, amount, BigDecimal::add);
                balances.merge(cells[7] + currency, amount.negate(), BigDecimal::add);
                if (cells[6].equals(LEDGER.get("receivable"))) {
                    receivables.merge(cells[13], amount, BigDecimal::add);
                } else if (cells[7].equals(LEDGER.get("receivable")) && cells[13].startsWith("\"CN-")) {
                    receivables.merge(cells[13], amount.negate(), BigDecimal::add);
                }
            }
        }
        Map<String, BigDecimal> exact = new TreeMap<>();
        journal.forEach(
                line -> exact.merge(line.get("account") + line.get("currency"), balance(line), BigDecimal::add));
        // An account meets at most ten others here, and each pair of accounts in each file is rounded once.
        BigDecimal most = new BigDecimal("0.05").multiply(BigDecimal.valueOf(files.size()));
        List<String> wholeOnly = Arrays.asList(LEDGER.get("unbilled"), LEDGER.get("rounding"));
        exact.forEach((account, balance) -> {
            if (!wholeOnly.contains(account.substring(0, 4))) {
                assertThat(balances.getOrDefault(account, BigDecimal.ZERO)
                                .subtract(balance)
                                .abs())
                        .as(which + " account " + account)
                        .isLessThanOrEqualTo(most);
            }
        });
        for (Document document : documents(months, month)) {
            assertThat(receivables.get("\"" + document.number() + "\""))
                    .as(which + " " + document)
                    .isEqualByComparingTo(document.total());
        }
    }

    /** A document that the journal has in a month; amounts are signed. */
    private record Document(String number, String account, BigDecimal total, BigDecimal tax, boolean ofDispute) {}

    /** Those of the month's close, and in the second month those of disputes of the first. */
    private static List<Document> documents(RandomMonths months, String month) {
        List<Document> documents = new ArrayList<>();
        String second = RandomMonths.MONTHS.get(1);
        for (String charged : RandomMonths.MONTHS) {
            for (Map<String, String> invoice : months.rows(charged, "invoices")) {
                boolean ofDispute = !invoice.get("corrects").isEmpty();
                if (month.equals(ofDispute ? second : charged)) {
                    BigDecimal sign = invoice.get("number").startsWith("CN") ? BigDecimal.ONE.negate() : BigDecimal.ONE;
                    documents.add(new Document(
                            invoice.get("number"),
                            invoice.get("account_id"),
                            amount(invoice, "total_document").multiply(sign),
                            amount(invoice, "tax_document").multiply(sign),
                            ofDispute));
                }
            }
        }
        return documents;
    }

    private static BigDecimal sum(List<Map<String, String>> journal, Predicate<String> entry, String account) {
        return journal.stream()
                .filter(line -> line.get("account").equals(LEDGER.get(account)) && entry.test(line.get("entry")))
                .map(BooksLawsTest::balance)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal balance(Map<String, String> line) {
        return amount(line, "debit").subtract(amount(line, "credit"));
    }

    private static BigDecimal amount(Map<String, String> row, String column) {
        return new BigDecimal(row.get(column));
    }

    private static Map<String, Map<String, String>> byAccount(List<Map<String, String>> rows) {
        Map<String, Map<String, String>> by = new HashMap<>();
        rows.forEach(row -> by.put(row.get("account_id"), row));
        return by;
    }
}
