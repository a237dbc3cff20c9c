package io.saldo.documents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;

/** A finished PDF as a reader of it would get it, through a library that had no part in making it. */
public final class PdfPages {
    private PdfPages() {}

    /** The text of every page, top to bottom, each page under a heading of its own. */
    public static String text(byte[] pdf) throws IOException {
        return text(pdf, true);
    }

    /** The text of every page in the order in which it was drawn: the mark behind a draft's lines comes first. */
    public static String textAsDrawn(byte[] pdf) throws IOException {
        return text(pdf, false);
    }

    private static String text(byte[] pdf, boolean byPosition) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(byPosition);
            stripper.setLineSeparator("\n");
            StringBuilder text = new StringBuilder();
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                text.append("==== page ").append(page).append('\n');
                text.append(stripper.getText(document).strip()).append('\n');
            }
            return text.toString();
        }
    }

    /** The fonts of every page that are not inside the file. */
    public static List<String> fontsNotEmbedded(byte[] pdf) throws IOException {
        List<String> names = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    if (!font.isEmbedded()) {
                        names.add(font.getName());
                    }
                }
            }
        }
        return names;
    }

    /** What the file says about itself, as XMP. */
    public static String metadata(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new String(document.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8);
        }
    }

    /** The number of pages. */
    public static int count(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        }
    }
}
