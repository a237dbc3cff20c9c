package io.saldo.documents.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.GoldenFile;
import io.saldo.documents.PdfPages;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.XlsxSheets;
import io.saldo.judges.PdfArchive;
import io.saldo.money.Amount;
import io.saldo.reconcile.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NightReportTest {
    private static final NightReportPdf PDF = new NightReportPdf();

    @Test
    void aNightWithBreaks() throws Exception {
        byte[] pdf = pdf(Nights.breaks());
        GoldenFile.assertMatches("night-breaks.txt", PdfPages.text(pdf));
        assertThat(PdfPages.fontsNotEmbedded(pdf)).isEmpty();
        assertThat(PdfArchive.violations(pdf)).isEmpty();
    }

    @Test
    void aNightWithoutAnything() throws IOException {
        GoldenFile.assertMatches("night-quiet.txt", PdfPages.text(pdf(Nights.quiet())));
    }

    @Test
    void aFloodIsOneGroup() throws IOException {
        String text = PdfPages.text(pdf(Nights.flood()));
        GoldenFile.assertMatches("night-flood.txt", text);
        assertThat(text).contains("40 new breaks of this code tonight").doesNotContain("evt-7");
    }

    @Test
    void sameNightSameBytes() throws IOException {
        assertThat(pdf(Nights.breaks())).isEqualTo(pdf(Nights.breaks()));
        assertThat(xlsx(Nights.breaks())).isEqualTo(xlsx(Nights.breaks()));
    }

    @Test
    void grossIsTheSumOfAbsoluteDifferencesAndResolvedBreaksDoNotCount() {
        assertThat(new BreakSums(Nights.breaks()).differences())
                .containsExactly(
                        new BreakSums.Difference("EUR", "EUR", 2, Amount.parse("619.25"), Amount.parse("-619.25")));
    }

    @Test
    void breaksAsCsv() throws IOException {
        GoldenFile.assertMatches("night-breaks.csv", text(out -> NightReportFiles.writeCsv(Nights.breaks(), out)));
    }

    @Test
    void everythingAsJson() throws IOException {
        GoldenFile.assertMatches("night-breaks.json", text(out -> NightReportFiles.writeJson(Nights.breaks(), out)));
    }

    @Test
    void anExportOfBreaksHasTheColumnsOfTheContract() throws IOException {
        String csv = text(
                out -> ReportTables.writeCsv(BreakTable.export(Nights.hostile().breaks()), out));
        assertThat(csv.lines())
                .containsExactly(
                        "break_id,code,severity,state,resolution,account_id,period,subject,expected,actual,difference,"
                                + "currency,cause,first_seen,last_seen,occurrences",
                        "B-1,USAGE_CONFLICT,error,open,,\"'=HYPERLINK(\"\"https://example.org\"\")\",2026-10,"
                                + "'@SUM(A1:A9),,,-1.5,EUR,'+cmd|' /C calc'!A0,2026-10-05,2026-10-05,1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, DAYS_0_TO_1",
        "1, DAYS_0_TO_1",
        "2, DAYS_2_TO_7",
        "7, DAYS_2_TO_7",
        "8, DAYS_8_TO_30",
        "30, DAYS_8_TO_30",
        "31, DAYS_OVER_30",
        "4000, DAYS_OVER_30"
    })
    void ageOfABreak(long days, BreakSums.Age age) {
        assertThat(BreakSums.Age.of(days)).isEqualTo(age);
    }

    @Test
    void everyUnresolvedBreakHasOneAgeOneClassAndOneAccount() {
        NightReport report = Nights.breaks();
        assertThat(report.unresolved()).isEqualTo(4);
        BreakSums sums = new BreakSums(report);
        assertThat(sums.aging().stream().mapToLong(BreakSums.Aged::breaks).sum())
                .isEqualTo(4);
        assertThat(sums.differencesByCheck().stream()
                        .mapToLong(BreakSums.Difference::breaks)
                        .sum())
                .isEqualTo(4);
        assertThat(sums.differencesByAccount().stream()
                        .mapToLong(BreakSums.Difference::breaks)
                        .sum())
                .isEqualTo(4);
    }

    @Test
    void aGreatNightIsReadableOnPaperAndWholeInTheOtherForms() throws IOException {
        NightReport report = Nights.great(20_000);
        byte[] pdf = pdf(report);
        assertThat(PdfPages.count(pdf)).isLessThan(30);
        assertThat(PdfPages.text(pdf)).contains("Shown are 25 of 10,000 breaks of PAYMENT_MISSING");
        assertThat(text(out -> NightReportFiles.writeCsv(report, out)).lines()).hasSize(20_001);
        assertThat(XlsxSheets.rows(xlsx(report)))
                .containsEntry("sheet5", 10_001)
                .containsEntry("sheet6", 10_001);
    }

    @Test
    void theWorkbookHasTheVerdictThenTheSumsThenASheetForEachClass() throws IOException {
        try (XSSFWorkbook book = XlsxSheets.open(xlsx(Nights.breaks()))) {
            assertThat(XlsxSheets.names(book))
                    .containsExactly(
                            "summary",
                            "differences",
                            "aging",
                            "codes",
                            "balance",
                            "payment",
                            "price",
                            "deliveries",
                            "accounts");
            GoldenFile.assertMatches("night-breaks.xlsx.txt", XlsxSheets.text(book));
        }
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void everyVerdictIsSaidOnThePage(Verdict verdict) throws IOException {
        NightReport report =
                new NightReport(LocalDate.of(2026, 10, 5), "1", verdict, List.of(), List.of(), List.of(), 0, 500);
        assertThat(PdfPages.text(pdf(report))).containsIgnoringCase(verdict.word());
    }

    private static byte[] pdf(NightReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PDF.write(report, out);
        return out.toByteArray();
    }

    private static byte[] xlsx(NightReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NightReportFiles.writeXlsx(report, out);
        return out.toByteArray();
    }

    private interface Form {
        void write(OutputStream out) throws IOException;
    }

    private static String text(Form form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        form.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
