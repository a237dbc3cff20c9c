package io.saldo.documents.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.GoldenFile;
import io.saldo.documents.PdfPages;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.documents.invoice.InvoicePdf;
import io.saldo.documents.invoice.SamplesToFiles;
import io.saldo.judges.PdfArchive;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;

class DesignedInvoiceTest {
    private static final int CRIMSON = 0x8C1D40;
    private static final InvoiceDocument INVOICE = SamplesToFiles.all().get("invoice-de");

    private static final Map<String, Map<String, String>> TEXTS = Map.of(
            "de",
            Map.of(
                    "payment.request", "Überweisen Sie uns {total} spätestens am {due}, vielen Dank.",
                    "column.quantity", "Gezählte Menge in der jeweiligen Einheit"));

    private static Design design(Logo logo) {
        return new Design(logo, Map.of(Colour.ACCENT, CRIMSON, Colour.BAR, 0xC98BA0), TEXTS);
    }

    @Test
    void thePageHasTheLogoTheColoursAndTheWordsOfTheDesign() throws Exception {
        byte[] pdf = pdf(design(Logo.of(Pictures.png(BufferedImage.TYPE_INT_RGB, 360, 60))), INVOICE);
        GoldenFile.assertMatches("designed-invoice-de.txt", PdfPages.text(pdf));
        Set<Integer> shown = colours(pdf);
        assertThat(shown).contains(Pictures.GREEN.getRGB(), opaque(CRIMSON)).doesNotContain(opaque(0x17456B));
        assertThat(colours(pdf(Design.STANDARD, INVOICE)))
                .contains(opaque(0x17456B))
                .doesNotContain(Pictures.GREEN.getRGB(), opaque(CRIMSON));
    }

    @Test
    void aDesignedInvoiceIsPdfA3bWhateverThePictureIs() throws Exception {
        InvoiceDocument document = SamplesToFiles.all().get("credit-note-en");
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        pictures.put("opaque", Pictures.png(BufferedImage.TYPE_INT_RGB, 90, 30));
        pictures.put("alpha and a profile", Pictures.withProfile(Pictures.png(BufferedImage.TYPE_INT_ARGB, 90, 30)));
        pictures.put("grey of 16 bits", Pictures.png(BufferedImage.TYPE_USHORT_GRAY, 90, 30));
        pictures.put("a palette", Pictures.png(BufferedImage.TYPE_BYTE_INDEXED, 90, 30));
        pictures.put("interlaced, with alpha", Pictures.interlaced(BufferedImage.TYPE_INT_ARGB));
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            byte[] pdf = pdf(design(Logo.of(picture.getValue())), document);
            assertThat(PdfArchive.violations(pdf)).as(picture.getKey()).isEmpty();
        }
    }

    @Test
    void sameDesignSameBytes() throws Exception {
        byte[] picture = Pictures.png(BufferedImage.TYPE_INT_ARGB, 90, 30);
        assertThat(pdf(design(Logo.of(picture)), INVOICE)).isEqualTo(pdf(design(Logo.of(picture.clone())), INVOICE));
    }

    @Test
    void aColourIsHexadecimalAndLettersInItCanBeRead() {
        String form = "it must be # and six hexadecimal digits in quotes, such as \"#17456B\"";
        String pale = "letters in it can hardly be read on white paper: it must be darker";
        for (String wrong : new String[] {"17456B", "#17456", "#17456B0", "red", "#17456G", "", "#１７４５６Ｂ"}) {
            assertThat(Colour.RULE.fault(wrong)).as(wrong).isEqualTo(form);
        }
        for (String letters : new String[] {"#FFFFFF", "#FFEE00", "#9A9A9A"}) {
            assertThat(Colour.ACCENT.fault(letters)).as(letters).isEqualTo(pale);
            assertThat(Colour.RULE.fault(letters)).as(letters).isEmpty();
        }
        for (Colour colour : Colour.values()) {
            assertThat(colour.fault(String.format(Locale.ROOT, "#%06x", colour.standard())))
                    .isEmpty();
        }
        assertThat(Colour.value("#8C1D40")).isEqualTo(CRIMSON);
    }

    private static byte[] pdf(Design design, InvoiceDocument document) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new InvoicePdf(design).write(document, out);
        return out.toByteArray();
    }

    private static int opaque(int rgb) {
        return 0xFF000000 | rgb;
    }

    /** The colours of the first page, as a screen shows them. */
    private static Set<Integer> colours(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            BufferedImage page = new PDFRenderer(document).renderImage(0);
            return Arrays.stream(page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth()))
                    .map(DesignedInvoiceTest::opaque)
                    .distinct()
                    .boxed()
                    .collect(Collectors.toSet());
        }
    }
}
