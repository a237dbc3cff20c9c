package io.saldo.documents.einvoice;

import io.saldo.documents.design.Design;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.documents.invoice.InvoicePdf;
import io.saldo.documents.pdf.Attachment;
import io.saldo.invoice.ElectronicInvoice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files that an invoice consists of. Keep one and use it from any number of threads. */
public final class InvoiceFiles {
    /** The name that readers of ZUGFeRD and Factur-X look for. */
    private static final String ATTACHMENT = "factur-x.xml";

    private final InvoicePdf pdf;

    /** In that design: its words stand in the XML too. */
    public InvoiceFiles(Design design) {
        pdf = new InvoicePdf(design);
    }

    /**
     * What keeps the document from being a structured invoice, each with who lacks what; empty when nothing does, and
     * for a document without one.
     */
    public static List<String> problems(InvoiceDocument document) {
        return document.isStructured() ? ElectronicInvoiceCheck.problems(document) : List.of();
    }

    /** Writes the PDF/A-3b, with the XML inside where the account gets ZUGFeRD; the stream stays open. */
    public void writePdf(InvoiceDocument document, OutputStream out) throws IOException {
        boolean inside = document.isStructured()
                && !document.draft()
                && document.electronicInvoice() == ElectronicInvoice.ZUGFERD;
        @Nullable Attachment attachment = inside ? new Attachment(ATTACHMENT, "EN 16931", xml(document)) : null;
        pdf.write(document, attachment, out);
    }

    /** The XML that lies beside the PDF, for an XRechnung. */
    public Optional<byte[]> xmlBeside(InvoiceDocument document) {
        return document.isStructured() && document.electronicInvoice() == ElectronicInvoice.XRECHNUNG
                ? Optional.of(xml(document))
                : Optional.empty();
    }

    /** The document as EN 16931 XML; it has its number and date. */
    byte[] xml(InvoiceDocument document) {
        return CrossIndustryInvoice.of(document, pdf.words(document), pdf.texts(document));
    }
}
