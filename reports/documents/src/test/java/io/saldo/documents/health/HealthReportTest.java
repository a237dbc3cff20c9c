package io.saldo.documents.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.GoldenFile;
import io.saldo.documents.PdfPages;
import io.saldo.documents.table.XlsxSheets;
import io.saldo.judges.PdfArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

class HealthReportTest {
    private static final HealthReportPdf PDF = new HealthReportPdf();

    @Test
    void accountsThatNeedAPersonStandFirst() throws Exception {
        byte[] pdf = bytes(out -> PDF.write(Healths.some(), out));
        GoldenFile.assertMatches("health-some.txt", PdfPages.text(pdf));
        assertThat(PdfPages.fontsNotEmbedded(pdf)).isEmpty();
        assertThat(PdfArchive.violations(pdf)).isEmpty();
    }

    @Test
    void noAccountAtAll() throws IOException {
        GoldenFile.assertMatches("health-none.txt", PdfPages.text(bytes(out -> PDF.write(Healths.none(), out))));
    }

    @Test
    void manyAccountsAreReadableOnPaperAndWholeInTheOtherForms() throws IOException {
        HealthReport report = Healths.many(2_000);
        String text = PdfPages.text(bytes(out -> PDF.write(report, out)));
        assertThat(text)
                .contains("Shown are the first 100 of 500 accounts.")
                .contains("Shown are the first 200 of 1,500 accounts, those whose credit ends first.");
        assertThat(text(out -> HealthReportFiles.writeCsv(report, out)).lines()).hasSize(2_001);
        assertThat(XlsxSheets.rows(bytes(out -> HealthReportFiles.writeXlsx(report, out))))
                .containsEntry("sheet2", 2_001);
    }

    @Test
    void accountsAsCsvAndEverythingAsJsonAndWorkbook() throws IOException {
        GoldenFile.assertMatches("health-some.csv", text(out -> HealthReportFiles.writeCsv(Healths.some(), out)));
        GoldenFile.assertMatches("health-some.json", text(out -> HealthReportFiles.writeJson(Healths.some(), out)));
        try (XSSFWorkbook book = XlsxSheets.open(bytes(out -> HealthReportFiles.writeXlsx(Healths.some(), out)))) {
            GoldenFile.assertMatches("health-some.xlsx.txt", XlsxSheets.text(book));
        }
    }

    @Test
    void sameReportSameBytes() throws IOException {
        assertThat(bytes(out -> PDF.write(Healths.some(), out)))
                .isEqualTo(bytes(out -> PDF.write(Healths.some(), out)));
        assertThat(bytes(out -> HealthReportFiles.writeXlsx(Healths.some(), out)))
                .isEqualTo(bytes(out -> HealthReportFiles.writeXlsx(Healths.some(), out)));
    }

    private interface Form {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Form form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        form.write(out);
        return out.toByteArray();
    }

    private static String text(Form form) throws IOException {
        return new String(bytes(form), StandardCharsets.UTF_8);
    }
}
