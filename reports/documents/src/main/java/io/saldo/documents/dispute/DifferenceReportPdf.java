package io.saldo.documents.dispute;

import io.saldo.documents.pdf.PdfTemplate;
import io.saldo.documents.pdf.PdfTitle;
import io.saldo.documents.text.Texts;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the difference report as PDF, in English. Any number of threads may use one. */
public final class DifferenceReportPdf {
    private static final String LANGUAGE = "en";

    private final PdfTemplate template = PdfTemplate.load("io/saldo/documents/dispute/difference.jrxml");
    private final Texts texts = Texts.load("io.saldo.documents.dispute.texts", LANGUAGE);

    /** Writes the report; the stream stays open. The same report gives the same bytes. */
    public void write(DifferenceReport report, OutputStream out) throws IOException {
        DifferencePage page = new DifferencePage(report, texts);
        PdfTitle title = new PdfTitle(page.title(), "Saldo", page.subject(), LANGUAGE, report.openedOn());
        template.write(page.parameters(), texts.bundle(), page.rows(), title, out);
    }
}
