package io.saldo.documents.finance;

import io.saldo.documents.pdf.PdfTemplate;
import io.saldo.documents.pdf.PdfTitle;
import io.saldo.documents.text.Texts;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the finance report as PDF, in English. Any number of threads may use one. */
public final class FinanceReportPdf {
    private static final String LANGUAGE = "en";

    private final PdfTemplate template = PdfTemplate.load("io/saldo/documents/finance/finance.jrxml");
    private final Texts texts = Texts.load("io.saldo.documents.finance.texts", LANGUAGE);

    /** Writes the report; the stream stays open. The same report gives the same bytes. */
    public void write(FinanceReport report, OutputStream out) throws IOException {
        FinancePage page = new FinancePage(report, texts);
        PdfTitle title = new PdfTitle(
                page.title(), "Saldo", texts.text("subject", "month", page.month()), LANGUAGE, report.asOf());
        template.write(page.parameters(), texts.bundle(), page.rows(), title, out);
    }
}
