package io.saldo.documents.pdf;

import com.lowagie.text.Font;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.text.AttributedCharacterIterator.Attribute;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JasperReportsContext;
import net.sf.jasperreports.pdf.JRPdfExporter;
import net.sf.jasperreports.pdf.classic.ClassicPdfProducer;
import net.sf.jasperreports.pdf.common.PdfDocumentWriter;
import net.sf.jasperreports.pdf.common.PdfProducerContext;
import net.sf.jasperreports.pdf.common.PdfProducerFactory;
import org.jspecify.annotations.Nullable;

/** The exporter with the document's own date and identity instead of the clock's. */
final class StablePdfExporter extends JRPdfExporter {
    private final LocalDate date;
    private final byte[] identity;
    private final @Nullable Attachment attachment;

    StablePdfExporter(JasperReportsContext context, LocalDate date, byte[] identity, @Nullable Attachment attachment) {
        super(context);
        this.date = date;
        this.identity = identity;
        this.attachment = attachment;
    }

    @Override
    protected PdfProducerFactory getPdfProducerFactory() {
        return StableProducer::new;
    }

    private final class StableProducer extends ClassicPdfProducer {
        StableProducer(PdfProducerContext context) {
            super(context);
        }

        @Override
        public PdfDocumentWriter createWriter(OutputStream out) throws JRException {
            PdfDocumentWriter writer = super.createWriter(out);
            PdfDictionary information = getPdfWriter().getInfo();
            PdfDate midnight = midnight();
            information.put(PdfName.CREATIONDATE, midnight);
            information.put(PdfName.MODDATE, midnight);
            PdfArray identifiers = new PdfArray();
            identifiers.add(new PdfString(identity).setHexWriting(true));
            identifiers.add(new PdfString(identity).setHexWriting(true));
            information.put(PdfName.FILEID, identifiers);
            return writer;
        }

        @Override
        public void close() {
            if (attachment != null) {
                try {
                    Embedding.add(getPdfWriter(), attachment, midnight());
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
            super.close();
        }

        private PdfDate midnight() {
            return new PdfDate(GregorianCalendar.from(date.atStartOfDay(ZoneOffset.UTC)));
        }

        @Override
        public Font getFont(Map<Attribute, Object> attributes, Locale locale) {
            Font font = super.getFont(attributes, locale);
            if (font.getBaseFont() != null) {
                // The list of glyphs that the library would add names used ones only, which PDF/A-3 forbids.
                font.getBaseFont().setIncludeCidSet(false);
            }
            return font;
        }
    }
}
