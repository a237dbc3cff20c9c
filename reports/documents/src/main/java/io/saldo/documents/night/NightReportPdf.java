package io.saldo.documents.night;

import io.saldo.documents.pdf.PdfTemplate;
import io.saldo.documents.pdf.PdfTitle;
import io.saldo.documents.text.Texts;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the night's discrepancy report as PDF, in English. Any number of threads may use one. */
public final class NightReportPdf {
    private static final String LANGUAGE = "en";

    private final PdfTemplate template = PdfTemplate.load("io/saldo/documents/night/night.jrxml");
    private final Texts texts = Texts.load("io.saldo.documents.night.texts", LANGUAGE);

    /** Writes the report; the stream stays open. The same report gives the same bytes. */
    public void write(NightReport report, OutputStream out) throws IOException {
        NightPage page = new NightPage(report, texts);
        PdfTitle title = new PdfTitle(
                page.title(), "Saldo", texts.text("subject", "run", report.runId()), LANGUAGE, report.businessDate());
        template.write(page.parameters(), texts.bundle(), page.rows(), title, out);
    }
}
