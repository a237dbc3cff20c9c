package io.saldo.documents.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.GoldenFile;
import io.saldo.documents.PdfArchive;
import io.saldo.documents.PdfPages;
import io.saldo.documents.night.NightReport.Break;
import io.saldo.money.Amount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    }

    @Test
    void grossIsTheSumOfAbsoluteDifferencesAndResolvedBreaksDoNotCount() {
        assertThat(Nights.breaks().differences())
                .containsExactly(new NightReport.Difference("EUR", 2, Amount.parse("619.25"), Amount.parse("-619.25")));
    }

    @Test
    void breaksAsCsv() throws IOException {
        GoldenFile.assertMatches("night-breaks.csv", csv(Nights.breaks().breaks()));
    }

    @Test
    void noFormulaGetsIntoTheCsvAndNegativeAmountsStayNumbers() throws IOException {
        LocalDate night = LocalDate.of(2026, 10, 5);
        String csv = csv(List.of(new Break(
                "B-1",
                "USAGE_CONFLICT",
                "error",
                "open",
                "",
                "=HYPERLINK(\"https://example.org\")",
                "2026-10",
                "@SUM(A1:A9)",
                null,
                null,
                Amount.parse("-1.50"),
                "EUR",
                "+cmd|' /C calc'!A0",
                "",
                night,
                night,
                1,
                true)));
        assertThat(csv.lines().skip(1))
                .containsExactly("B-1,USAGE_CONFLICT,error,open,,\"'=HYPERLINK(\"\"https://example.org\"\")\",2026-10,"
                        + "'@SUM(A1:A9),,,-1.5,EUR,'+cmd|' /C calc'!A0,2026-10-05,2026-10-05,1");
    }

    @Test
    void everyVerdictHasItsWord() {
        for (NightReport.Verdict verdict : NightReport.Verdict.values()) {
            assertThat(NightReport.Verdict.of(verdict.word())).isEqualTo(verdict);
        }
    }

    private static byte[] pdf(NightReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PDF.write(report, out);
        return out.toByteArray();
    }

    private static String csv(List<Break> breaks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new NightReportCsv().write(breaks, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
