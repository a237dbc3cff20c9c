package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.lake.file.NewFile;
import io.saldo.sample.NaiveBooks;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo from raw logs to invoices, against the naive books, the planted breaks and the export contract. */
@ExtendWith(DemoRun.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    /** SPEC 12, as it stands there. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry(
                    "statements",
                    "account_id, month, revision, status, currency, events, usage_amount, credit_amount, payg_amount, "
                            + "overage_amount, surcharge_amount, carried_amount, unfunded_amount, unpriced_quantity, "
                            + "receivable_amount, opening_balance, granted_amount, restored_amount, drawn_amount, "
                            + "expired_amount, withdrawn_amount, closing_balance, opening_debt, settled_debt, "
                            + "closing_debt"),
            Map.entry(
                    "statement_lines",
                    "account_id, month, usage_month, provider, model, service_tier, meter, unit_price, per_units, "
                            + "quantity, amount, credit_amount, payg_amount, overage_amount, carried_amount, "
                            + "unfunded_amount"),
            Map.entry("drawdowns", "account_id, credit_id, usage_date, purpose, amount"),
            Map.entry(
                    "grants",
                    "account_id, credit_id, kind, amount, drawn_amount, expired_amount, withdrawn_amount, "
                            + "restored_amount, remaining_amount"),
            Map.entry("daily_balances", "account_id, date, usage_amount, closing_balance, closing_debt"),
            Map.entry(
                    "breaks",
                    "break_id, code, severity, state, resolution, account_id, period, subject, expected, actual, "
                            + "difference, currency, cause, first_seen, last_seen, occurrences"),
            Map.entry(
                    "deliveries",
                    "source, file_name, sha256, night, records, accepted, duplicate, conflict, rejected, held, "
                            + "not_billable, input_tokens, output_tokens"),
            Map.entry(
                    "invoices",
                    "number, account_id, month, state, currency, net_document, tax_document, total_document, "
                            + "issued_on, due_on, paid_document, corrects, file_name, sha256"),
            Map.entry(
                    "invoice_lines",
                    "number, line, kind, usage_month, description, quantity, unit_price, per_units, amount_document"),
            Map.entry("invoice_taxes", "number, category, rate, net_document, tax_document"),
            Map.entry("journal", "entry, month, booked_on, account, debit, credit, currency, subject"));

    private static final YearMonth MONTH = YearMonth.parse(DemoRun.MONTH);

    private DemoRun demo;
    private NaiveBooks naive;

    @BeforeAll
    void runTheDemo(DemoRun shared) {
        demo = shared;
        Path sample = Program.repository("sample-data");
        naive = NaiveBooks.read(sample.resolve("deliveries"), sample.resolve("config"));
    }

    @Test
    void endsWithOpenBreaksAndSaysWhereToLook() {
        assertThat(demo.program().code()).as(demo.program().err()).isEqualTo(3);
        assertThat(demo.program().out())
                .contains(
                        "35291",
                        "19 open",
                        demo.home().resolve("out/invoices/2026-10").toString());
    }

    static Set<String> exports() {
        return new TreeSet<>(COLUMNS.keySet());
    }

    @ParameterizedTest
    @MethodSource("exports")
    void anExportHasTheColumnsOfTheContract(String name) {
        assertThat(String.join(", ", DemoRun.header(demo.export(name)))).isEqualTo(COLUMNS.get(name));
        assertThat(demo.table(name)).isNotEmpty();
    }

    @Test
    void thereIsNoOtherExport() throws IOException {
        try (Stream<Path> files = Files.list(demo.export("journal").getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            COLUMNS.keySet().stream().map(name -> name + ".csv").toList());
        }
    }

    @Test
    void amountsHaveNoExponentAndNoTrailingZeros() {
        for (String name : COLUMNS.keySet()) {
            for (Map<String, String> row : demo.table(name)) {
                row.forEach((column, cell) -> {
                    boolean amount = column.endsWith("_amount") || column.endsWith("_price") || column.equals("debit");
                    if (amount && !cell.isEmpty()) {
                        String plain = new BigDecimal(cell).stripTrailingZeros().toPlainString();
                        assertThat(cell).as(name + "." + column).isEqualTo(plain);
                    }
                });
            }
        }
    }

    @Test
    void findsEveryPlantedBreakAndNoOther() {
        List<Map<String, String>> found = new ArrayList<>();
        for (Map<String, String> row : demo.table("breaks")) {
            if (!row.get("state").equals("resolved")) {
                found.add(only(row, "code", "account_id", "subject", "period"));
            }
        }
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        DemoRun.rows(Program.repository("sample-data/expected/breaks.csv")));
    }

    @Test
    void breakFiguresAreThosePlanted() {
        Map<String, Map<String, String>> breaks = new TreeMap<>();
        demo.table("breaks").forEach(row -> breaks.put(row.get("code") + " " + row.get("subject"), row));
        assertThat(breaks.get("BALANCE_DIFFERS acc-1012").get("difference")).isEqualTo("0.37");
        assertThat(breaks.get("BALANCE_DIFFERS acc-1012").get("cause")).startsWith("unexplained");
        assertThat(breaks.get("BALANCE_DIFFERS acc-1015").get("difference")).isEqualTo("1.06547025");
        assertThat(breaks.get("BALANCE_DIFFERS acc-1015").get("cause")).doesNotStartWith("unexplained");
        assertThat(breaks.get("RECORDS_HELD key-unknown-7f3a").get("actual")).isEqualTo("2");
        assertThat(breaks.get("USAGE_DUPLICATE gateway/gateway-2026-10-08.to-2026-10-09.jsonl")
                        .get("actual"))
                .isEqualTo("190");
    }

    @Test
    void statementsEqualTheNaiveBooks() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Map<String, String> row : demo.table("statements")) {
            Map<String, String> compared = new LinkedHashMap<>(row);
            compared.remove("revision");
            compared.remove("status");
            rows.add(compared);
        }
        assertThat(rows).isEqualTo(naive.statements(MONTH));
    }

    @Test
    void statementLinesEqualTheNaiveBooks() {
        assertThat(demo.table("statement_lines")).isEqualTo(naive.statementLines(MONTH));
    }

    @Test
    void drawdownsEqualTheNaiveBooks() {
        assertThat(demo.table("drawdowns")).isEqualTo(naive.drawdowns(MONTH));
    }

    @Test
    void grantsEqualTheNaiveBooks() {
        assertThat(demo.table("grants")).isEqualTo(naive.grants(MONTH));
    }

    @Test
    void dailyBalancesEqualTheNaiveBooks() {
        assertThat(demo.table("daily_balances")).isEqualTo(naive.dailyBalances(MONTH));
    }

    @Test
    void deliveriesEqualTheNaiveBooks() {
        assertThat(demo.table("deliveries")).isEqualTo(naive.deliveries());
    }

    @Test
    void everyRecordOfADeliveryIsInExactlyOnePlace() {
        for (Map<String, String> row : demo.table("deliveries")) {
            BigDecimal sum = BigDecimal.ZERO;
            for (String place : List.of("accepted", "duplicate", "conflict", "rejected", "held")) {
                sum = sum.add(number(row, place));
            }
            assertThat(sum).as(row.get("file_name")).isEqualByComparingTo(number(row, "records"));
            assertThat(number(row, "not_billable")).isLessThanOrEqualTo(number(row, "accepted"));
        }
    }

    @Test
    void theFileThatCameTwiceIsSkippedAsAWhole() {
        assertThat(demo.program().out()).contains("same content as gateway/gateway-2026-10-05.jsonl");
        assertThat(demo.table("deliveries").stream().map(row -> row.get("sha256")))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyPostingOfTheJournalSumsToZero() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Map<String, String> row : demo.table("journal")) {
            assertThat(row.get("debit").equals("0") != row.get("credit").equals("0"))
                    .as("exactly one side in " + row)
                    .isTrue();
            assertThat(number(row, "debit").signum() + number(row, "credit").signum())
                    .as("no negative side in " + row)
                    .isEqualTo(1);
            sums.merge(
                    row.get("entry") + " " + row.get("currency"),
                    number(row, "debit").subtract(number(row, "credit")),
                    BigDecimal::add);
        }
        sums.forEach((entry, sum) -> assertThat(sum).as(entry).isEqualByComparingTo("0"));
    }

    /** Ledger numbers as sample-data/config/ledger.yml has them. */
    @Test
    void theJournalEarnsWhatTheClosedStatementsCharge() {
        Map<String, BigDecimal> charged = new TreeMap<>();
        for (Map<String, String> row : closedStatements().values()) {
            BigDecimal amount = number(row, "usage_amount")
                    .subtract(number(row, "unfunded_amount"))
                    .add(number(row, "surcharge_amount"));
            charged.merge(row.get("currency"), amount, BigDecimal::add);
        }
        Map<String, BigDecimal> earned = new TreeMap<>();
        Map<String, BigDecimal> unbilled = new TreeMap<>();
        for (Map<String, String> row : demo.table("journal")) {
            BigDecimal credit = number(row, "credit").subtract(number(row, "debit"));
            if (Set.of("4400", "4401", "4402").contains(row.get("account"))) {
                earned.merge(row.get("currency"), credit, BigDecimal::add);
            }
            if (row.get("account").equals("1215")) {
                unbilled.merge(row.get("currency"), credit, BigDecimal::add);
            }
        }
        assertThat(earned.keySet()).isEqualTo(charged.keySet());
        earned.forEach(
                (currency, amount) -> assertThat(amount).as(currency).isEqualByComparingTo(charged.get(currency)));
        unbilled.forEach((currency, amount) ->
                assertThat(amount).as("all is issued, unbilled " + currency).isEqualByComparingTo("0"));
    }

    @Test
    void invoicesAddUp() {
        Map<String, BigDecimal> lines = sums("invoice_lines", "amount_document");
        Map<String, BigDecimal> taxedNet = sums("invoice_taxes", "net_document");
        Map<String, BigDecimal> tax = sums("invoice_taxes", "tax_document");
        for (Map<String, String> row : demo.table("invoices")) {
            String number = row.get("number");
            assertThat(lines.get(number)).as(number + " lines").isEqualByComparingTo(number(row, "net_document"));
            assertThat(taxedNet.get(number)).as(number + " taxed").isEqualByComparingTo(number(row, "net_document"));
            assertThat(tax.get(number)).as(number + " tax").isEqualByComparingTo(number(row, "tax_document"));
            assertThat(number(row, "net_document").add(number(row, "tax_document")))
                    .as(number + " total")
                    .isEqualByComparingTo(number(row, "total_document"));
            for (String column : List.of("net_document", "tax_document", "total_document")) {
                assertThat(number(row, column).scale())
                        .as(number + " " + column)
                        .isLessThanOrEqualTo(2);
            }
        }
        for (Map<String, String> row : demo.table("invoice_taxes")) {
            assertThat(number(row, "tax_document"))
                    .as(row.toString())
                    .isEqualByComparingTo(number(row, "net_document")
                            .multiply(number(row, "rate"))
                            .movePointLeft(2)
                            .setScale(2, RoundingMode.HALF_UP));
        }
    }

    @Test
    void invoicesAskForWhatTheStatementsOweRoundedOnce() {
        Map<String, String> owed = new TreeMap<>();
        Map<String, String> surcharged = new TreeMap<>();
        closedStatements().forEach((account, row) -> {
            BigDecimal due = number(row, "payg_amount").add(number(row, "overage_amount"));
            BigDecimal rounded = due.setScale(2, RoundingMode.HALF_UP);
            BigDecimal surcharge = number(row, "surcharge_amount").setScale(2, RoundingMode.HALF_UP);
            if (rounded.signum() + surcharge.signum() > 0) {
                owed.put(account, rounded.add(surcharge).toPlainString());
                surcharged.put(account, surcharge.toPlainString());
            }
        });
        Map<String, String> invoiced = new TreeMap<>();
        demo.table("invoices").forEach(row -> invoiced.put(row.get("account_id"), row.get("net_document")));
        assertThat(invoiced.keySet()).isEqualTo(owed.keySet());
        invoiced.forEach((account, net) -> assertThat(new BigDecimal(net)
                        .subtract(new BigDecimal(owed.get(account)))
                        .abs())
                .as(account + " net " + net + ", owed " + owed.get(account) + ", surcharge " + surcharged.get(account))
                .isLessThanOrEqualTo(new BigDecimal("0.01")));
    }

    @Test
    void numbersHaveNoGaps() {
        List<String> numbers = new ArrayList<>();
        demo.table("invoices").forEach(row -> numbers.add(row.get("number")));
        List<String> gapless = new ArrayList<>();
        for (int number = 1; number <= numbers.size(); number++) {
            gapless.add(String.format(Locale.ROOT, "INV-2026-%06d", number));
        }
        assertThat(numbers).isEqualTo(gapless);
    }

    @Test
    void everyDocumentIsThereWithItsHashAndItsNumber() throws IOException {
        for (Map<String, String> row : demo.table("invoices")) {
            assertThat(row.get("state")).isEqualTo("published");
            Path file = demo.home().resolve("out/invoices").resolve(row.get("file_name"));
            assertThat(NewFile.sha256(file)).as(row.get("number")).isEqualTo(row.get("sha256"));
            try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
                assertThat(new PDFTextStripper().getText(pdf)).contains(row.get("number"));
            }
        }
    }

    @Test
    void whatRoundsToNothingGetsAStatementAndNoInvoice() {
        Map<String, String> row = closedStatements().get("acc-1019");
        assertThat(number(row, "overage_amount")).isEqualByComparingTo("0.0036302245");
        assertThat(demo.table("invoices").stream().map(invoice -> invoice.get("account_id")))
                .doesNotContain("acc-1019");
        assertThat(demo.home().resolve("out/invoices/2026-10/statement-acc-1019.pdf"))
                .isNotEmptyFile();
    }

    @Test
    void accountsWithABlockingBreakStayOpenAndAreListed() {
        Map<String, String> reasons = new TreeMap<>();
        DemoRun.rows(demo.home().resolve("out/closes/2026-10/open-accounts.csv"))
                .forEach(row -> reasons.merge(
                        row.get("account_id"), row.get("reason").split(" ")[0], (one, other) -> one + " " + other));
        assertThat(reasons)
                .isEqualTo(new TreeMap<>(Map.of(
                        "acc-1009", "SERVED_WITHOUT_CREDIT",
                        "acc-1012", "BALANCE_DIFFERS",
                        "acc-1015", "BALANCE_DIFFERS",
                        "acc-1016", "USAGE_CONFLICT",
                        "acc-1017", "CREDIT_MISSING")));
        Set<String> open = new TreeSet<>();
        demo.table("statements").stream()
                .filter(row -> !row.get("status").equals("closed"))
                .forEach(row -> open.add(row.get("account_id")));
        assertThat(open).isEqualTo(reasons.keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "night-report.pdf",
                "night-report.xlsx",
                "night-report.csv",
                "night-report.json",
                "credit-health.pdf",
                "credit-health.xlsx",
                "credit-health.csv",
                "credit-health.json"
            })
    void everyNightHasItsReport(String name) throws IOException {
        try (Stream<Path> nights = Files.list(Program.repository("sample-data/deliveries"))) {
            nights.forEach(night -> assertThat(demo.home()
                            .resolve("out/nights")
                            .resolve(night.getFileName().toString())
                            .resolve(name))
                    .isNotEmptyFile());
        }
    }

    @Test
    void theDemoAgainInAMovedHomeChangesNoByte(@TempDir Path folder) throws IOException {
        Path moved = folder.resolve("moved");
        Folders.copy(demo.home(), moved);
        Program again = DemoRun.start(moved, Program.repository("sample-data"));
        assertThat(again.code()).as(again.err()).isEqualTo(3);
        Folders.assertSame(DemoRun.publishedIn(moved), demo.published());
    }

    private Map<String, Map<String, String>> closedStatements() {
        Map<String, Map<String, String>> closed = new TreeMap<>();
        demo.table("statements").stream()
                .filter(row -> row.get("status").equals("closed"))
                .forEach(row -> closed.put(row.get("account_id"), row));
        return closed;
    }

    private Map<String, BigDecimal> sums(String table, String column) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        demo.table(table).forEach(row -> sums.merge(row.get("number"), number(row, column), BigDecimal::add));
        return sums;
    }

    private static BigDecimal number(Map<String, String> row, String column) {
        return row.get(column).isEmpty() ? BigDecimal.ZERO : new BigDecimal(row.get(column));
    }

    private static Map<String, String> only(Map<String, String> row, String... columns) {
        Map<String, String> some = new LinkedHashMap<>();
        for (String column : columns) {
            some.put(column, row.get(column));
        }
        return some;
    }
}
