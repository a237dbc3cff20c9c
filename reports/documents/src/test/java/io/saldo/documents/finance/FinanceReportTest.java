package io.saldo.documents.finance;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.GoldenFile;
import io.saldo.documents.PdfPages;
import io.saldo.documents.table.XlsxSheets;
import io.saldo.judges.PdfArchive;
import io.saldo.money.Amount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class FinanceReportTest {
    private static final FinanceReportPdf PDF = new FinanceReportPdf();
    private static final YearMonth MONTH = YearMonth.of(2026, 10);

    @Test
    void oneMonthWithTwoCurrencies() throws Exception {
        byte[] pdf = bytes(out -> PDF.write(some(), out));
        GoldenFile.assertMatches("finance-some.txt", PdfPages.text(pdf));
        assertThat(PdfPages.fontsNotEmbedded(pdf)).isEmpty();
        assertThat(PdfArchive.violations(pdf)).isEmpty();
        assertThat(bytes(out -> PDF.write(some(), out)))
                .as("same report, same bytes")
                .isEqualTo(pdf);
    }

    @Test
    void aMonthOfNobody() throws IOException {
        FinanceReport none =
                new FinanceReport(MONTH, MONTH.atEndOfMonth(), List.of(), List.of(), List.of(), List.of(), List.of());
        GoldenFile.assertMatches("finance-none.txt", PdfPages.text(bytes(out -> PDF.write(none, out))));
    }

    @Test
    void manyAccountsAreReadableOnPaperAndWholeInTheOtherForms() throws IOException {
        FinanceReport report = many(2_000);
        assertThat(PdfPages.text(bytes(out -> PDF.write(report, out)))).contains("Shown are the first 25 of 2,000.");
        assertThat(XlsxSheets.rows(bytes(out -> FinanceReportFiles.writeXlsx(report, out))))
                .containsEntry("sheet2", 2_001);
    }

    @Test
    void aTableThatGoesOnNamesItsColumnsOnEachPage() throws IOException {
        List<FinanceReport.RollForward> rows = new ArrayList<>();
        for (String currency : List.of("EUR", "GBP", "USD")) {
            for (int number = 10; number < 35; number++) {
                rows.add(roll(currency + "-" + number, currency, "closed", "0", "9", "1", "0", "0"));
            }
        }
        FinanceReport report =
                new FinanceReport(MONTH, MONTH.atEndOfMonth(), rows, List.of(), List.of(), List.of(), List.of());
        String[] pages = PdfPages.text(bytes(out -> PDF.write(report, out))).split("==== page ");
        assertThat(pages[2]).contains("GBP-17 ").contains("""
                Deferred revenue
                opening purchased consumed expired refunded closing
                """);
    }

    @Test
    void everythingAsJsonAndWorkbook() throws IOException {
        GoldenFile.assertMatches(
                "finance-some.json",
                new String(bytes(out -> FinanceReportFiles.writeJson(some(), out)), StandardCharsets.UTF_8));
        try (XSSFWorkbook book = XlsxSheets.open(bytes(out -> FinanceReportFiles.writeXlsx(some(), out)))) {
            GoldenFile.assertMatches("finance-some.xlsx.txt", XlsxSheets.text(book));
        }
    }

    private static FinanceReport some() {
        return new FinanceReport(
                MONTH,
                LocalDate.of(2026, 10, 31),
                List.of(
                        roll("acme", "EUR", "closed", "10", "100", "60.123456", "5", "10"),
                        roll("=2+2 <b>markup</b> of a very long account id", "EUR", "open", "0", "20", "1", "0", "0"),
                        roll("yen", "JPY", "closed", "0", "1000", "400", "0", "0")),
                List.of(
                        new FinanceReport.Breakage(
                                "acme", "c-1", "purchase", "EUR", LocalDate.of(2026, 10, 8), amount("5")),
                        new FinanceReport.Breakage(
                                "acme", "gift", "promo", "EUR", LocalDate.of(2026, 10, 9), amount("0.5"))),
                List.of(coverage("acme", "EUR"), coverage("yen", "JPY")),
                List.of(
                        new FinanceReport.Tax(
                                "INV-1",
                                "invoice",
                                "issued",
                                "acme",
                                "DE",
                                "S",
                                amount("19"),
                                "EUR",
                                amount("100"),
                                amount("19")),
                        new FinanceReport.Tax(
                                "c-2",
                                "credit_purchase",
                                "booked",
                                "acme",
                                "DE",
                                "",
                                null,
                                "EUR",
                                amount("100"),
                                amount("19"))),
                List.of(new FinanceReport.Change(
                        "acme",
                        "EUR",
                        "closed",
                        amount("80"),
                        amount("100.5"),
                        amount("12"),
                        amount("0"),
                        amount("34.876544"),
                        amount("10"))));
    }

    private static FinanceReport many(int accounts) {
        List<FinanceReport.RollForward> rows = new ArrayList<>();
        for (int number = 1; number <= accounts; number++) {
            rows.add(roll("acc-" + number, "EUR", "closed", "0", String.valueOf(number), "0.5", "0", "0"));
        }
        return new FinanceReport(MONTH, MONTH.atEndOfMonth(), rows, List.of(), List.of(), List.of(), List.of());
    }

    private static FinanceReport.RollForward roll(
            String account,
            String currency,
            String status,
            String opening,
            String purchased,
            String consumed,
            String expired,
            String refunded) {
        return new FinanceReport.RollForward(
                account,
                currency,
                status,
                amount(opening),
                amount(purchased),
                Amount.ZERO,
                amount(consumed),
                amount(expired),
                amount(refunded),
                amount(opening)
                        .plus(amount(purchased))
                        .minus(amount(consumed))
                        .minus(amount(expired))
                        .minus(amount(refunded)));
    }

    private static FinanceReport.Coverage coverage(String account, String currency) {
        return new FinanceReport.Coverage(
                account,
                currency,
                "closed",
                amount("80"),
                amount("60"),
                amount("5"),
                amount("7"),
                amount("1.75"),
                amount("4"),
                amount("4"),
                Amount.ZERO);
    }

    private static Amount amount(String text) {
        return Amount.parse(text);
    }

    private interface Form {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Form form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        form.write(out);
        return out.toByteArray();
    }
}
