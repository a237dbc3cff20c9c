package io.saldo.documents.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.documents.GoldenFile;
import io.saldo.documents.PdfPages;
import io.saldo.judges.PdfArchive;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InvoicePdfTest {
    private static final InvoicePdf PDF = new InvoicePdf();

    static Stream<String> samples() {
        return SamplesToFiles.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPageSaysWhatItsGoldenFileSays(String sample) throws Exception {
        byte[] pdf = pdf(sample);
        boolean draft = SamplesToFiles.all().get(sample).draft();
        GoldenFile.assertMatches(sample + ".txt", draft ? PdfPages.textAsDrawn(pdf) : PdfPages.text(pdf));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyFontIsInsideTheFile(String sample) throws Exception {
        assertThat(PdfPages.fontsNotEmbedded(pdf(sample))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isPdfA3b(String sample) throws Exception {
        byte[] pdf = pdf(sample);
        assertThat(PdfPages.metadata(pdf))
                .contains("<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>");
        assertThat(PdfArchive.violations(pdf)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void sameDocumentSameBytes(String sample) throws Exception {
        byte[] first = pdf(sample);
        assertThat(pdf(sample)).isEqualTo(first);
        assertThat(pdf(new InvoicePdf(), SamplesToFiles.all().get(sample))).isEqualTo(first);
    }

    @Test
    void anotherProcessInAnotherZoneAndLocaleWritesTheSameBytes(@TempDir Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Djava.awt.headless=true",
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.timezone=Pacific/Kiritimati",
                        "-Dfile.encoding=ISO-8859-1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SamplesToFiles.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "log"))
                .start();
        assertThat(process.waitFor()).as(() -> log(folder)).isZero();
        for (String sample : SamplesToFiles.all().keySet()) {
            assertThat(Files.readAllBytes(folder.resolve(sample + ".pdf")))
                    .as(sample)
                    .isEqualTo(pdf(sample));
        }
    }

    @Test
    void zoneAndLocaleOfTheProcessDoNotMatter() throws Exception {
        byte[] expected = pdf("invoice-de");
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("hi-IN-u-nu-deva"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Niue"));
            assertThat(pdf(new InvoicePdf(), Samples.full("de"))).isEqualTo(expected);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void manyThreadsMayWriteAtOnce() throws Exception {
        byte[] english = pdf("invoice-en");
        byte[] german = pdf("invoice-de");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<byte[]>> tasks = IntStream.range(0, 40)
                    .<Callable<byte[]>>mapToObj(number -> () -> pdf(PDF, Samples.full(number % 2 == 0 ? "en" : "de")))
                    .toList();
            int number = 0;
            for (Future<byte[]> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(number++ % 2 == 0 ? english : german);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void anotherValueHasAnotherIdentity() throws Exception {
        assertThat(pdf("draft-en")).isNotEqualTo(pdf("invoice-en"));
    }

    @Test
    void umlautsAndCurrencySignsAreReadable() throws Exception {
        assertThat(PdfPages.text(pdf("invoice-de")))
                .contains("Søren & Müller Übersetzungen GmbH", "Königsallee 77", "480,75 €", "Änne Größmann");
        assertThat(PdfPages.text(pdf("reverse-charge-usd-en"))).contains("USD 241.02", "Atelier Élan SARL");
    }

    @Test
    void aDraftSaysSoOnEveryPage() throws Exception {
        for (String page : PdfPages.textAsDrawn(pdf("draft-de")).split("==== page")) {
            if (!page.isBlank()) {
                assertThat(page).contains("ENTWURF");
            }
        }
        assertThat(PdfPages.text(pdf("invoice-de"))).doesNotContain("ENTWURF");
        assertThat(PdfPages.text(pdf("statement-de"))).doesNotContain("ENTWURF");
    }

    @Test
    void everyLineOfALongInvoiceIsThereUnderARepeatedHeader() throws Exception {
        byte[] pdf = pdf("many-lines-de");
        String text = PdfPages.text(pdf);
        List<String> starts = text.lines().map(line -> line.split(" ")[0]).toList();
        assertThat(starts)
                .containsAll(
                        IntStream.rangeClosed(1, 120).mapToObj(String::valueOf).toList());
        assertThat(text.lines().filter(line -> line.startsWith("Pos. ")).count())
                .isGreaterThan(2);
        assertThat(text).contains("Seite " + PdfPages.count(pdf) + " von " + PdfPages.count(pdf));
    }

    @Test
    void textIsShownAndNeverRun() throws Exception {
        String text = PdfPages.text(pdf("hostile-en"));
        assertThat(text)
                .contains(
                        "<style isBold=\"true\">",
                        "{REPORT_CONNECTION}",
                        "${7*7}",
                        "<script>alert(1)</script>",
                        "new java.io.File(\"x\")",
                        "{name}",
                        "<a href=\"https://example.org\">click</a>")
                .doesNotContain("} 49", "\u202E");
    }

    @Test
    void aLanguageWithoutTextsIsRefused() {
        assertThatThrownBy(() -> pdf(PDF, Samples.full("fr")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fr");
    }

    private static byte[] pdf(String sample) throws Exception {
        return pdf(PDF, SamplesToFiles.all().get(sample));
    }

    private static byte[] pdf(InvoicePdf pdf, InvoiceDocument document) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pdf.write(document, out);
        return out.toByteArray();
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
