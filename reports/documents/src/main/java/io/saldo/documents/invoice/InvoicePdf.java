package io.saldo.documents.invoice;

import io.saldo.documents.design.Design;
import io.saldo.documents.pdf.Attachment;
import io.saldo.documents.pdf.PdfTemplate;
import io.saldo.documents.pdf.PdfTitle;
import io.saldo.documents.text.PlainText;
import io.saldo.documents.text.Texts;
import io.saldo.invoice.Invoice;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes invoices and usage statements as PDF/A-3b.
 *
 * <p>Reads the template when it is made; keep one and use it from any number of threads.
 */
public final class InvoicePdf {
    private static final String COUNTRIES = "io.saldo.documents.text.countries";

    private final PdfTemplate template;
    private final Map<String, Texts> texts = new TreeMap<>();
    private final Map<String, Texts> countries = new TreeMap<>();

    /** In the standard design. */
    public InvoicePdf() {
        this(Design.STANDARD);
    }

    /** In that design. */
    public InvoicePdf(Design design) {
        template = PdfTemplate.load("io/saldo/documents/invoice/invoice.jrxml", design);
        for (String language : InvoiceTexts.LANGUAGES) {
            texts.put(language, InvoiceTexts.standard(language).with(design.texts(language)));
            countries.put(language, Texts.load(COUNTRIES, language));
        }
    }

    /**
     * Writes the document; the stream stays open. The same document gives the same bytes.
     *
     * @throws IllegalArgumentException when there are no texts of the document's language
     */
    public void write(InvoiceDocument document, OutputStream out) throws IOException {
        write(document, null, out);
    }

    /**
     * Writes the document with a file inside it; the stream stays open. The same document gives the same bytes.
     *
     * @param attachment null for none
     * @throws IllegalArgumentException when there are no texts of the document's language
     */
    public void write(InvoiceDocument document, @Nullable Attachment attachment, OutputStream out) throws IOException {
        Texts language = texts(document);
        InvoicePage page = new InvoicePage(document, language, of(countries, document));
        Invoice invoice = document.invoice();
        // A draft has no date of its own: the month's end stands for it, so that it too has the same bytes always.
        LocalDate date =
                Objects.requireNonNullElse(document.issuedOn(), invoice.month().atEndOfMonth());
        PdfTitle title = new PdfTitle(
                page.title(),
                document.issuer().party().name(),
                PlainText.line(document.buyer().name()) + ", " + language.month(invoice.month()),
                document.language(),
                date);
        template.write(page.parameters(), language.bundle(), page.rows(), title, attachment, out);
    }

    /**
     * The texts of the document's language.
     *
     * @throws IllegalArgumentException when there are none
     */
    public Texts texts(InvoiceDocument document) {
        return of(texts, document);
    }

    /** What the document's lines and allowances are called. */
    public InvoiceWords words(InvoiceDocument document) {
        return new InvoiceWords(texts(document), document.invoice().kind() == Invoice.Kind.CREDIT_NOTE);
    }

    private static Texts of(Map<String, Texts> byLanguage, InvoiceDocument document) {
        Texts language = byLanguage.get(document.language());
        if (language == null) {
            throw new IllegalArgumentException("no texts of the language " + document.language());
        }
        return language;
    }
}
