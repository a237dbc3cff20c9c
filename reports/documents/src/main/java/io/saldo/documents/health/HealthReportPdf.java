package io.saldo.documents.health;

import io.saldo.documents.pdf.PdfTemplate;
import io.saldo.documents.pdf.PdfTitle;
import io.saldo.documents.text.Texts;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the credit health report as PDF, in English. Any number of threads may use one. */
public final class HealthReportPdf {
    private static final String LANGUAGE = "en";

    private final PdfTemplate template = PdfTemplate.load("io/saldo/documents/health/health.jrxml");
    private final Texts texts = Texts.load("io.saldo.documents.health.texts", LANGUAGE);

    /** Writes the report; the stream stays open. The same report gives the same bytes. */
    public void write(HealthReport report, OutputStream out) throws IOException {
        HealthPage page = new HealthPage(report, texts);
        PdfTitle title = new PdfTitle(
                page.title(), "Saldo", texts.text("subject", "run", report.runId()), LANGUAGE, report.businessDate());
        template.write(page.parameters(), texts.bundle(), page.rows(), title, out);
    }
}
