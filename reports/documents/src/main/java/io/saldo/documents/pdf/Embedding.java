package io.saldo.documents.pdf;

import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfFileSpecification;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.sf.jasperreports.pdf.PdfXmpCreator;
import net.sf.jasperreports.pdf.type.PdfaConformanceEnum;

/** Puts a structured invoice into a PDF/A-3 as Factur-X 1.0 and ZUGFeRD 2 demand it. */
final class Embedding {
    private static final String RDF_END = "</rdf:RDF>";
    private static final String NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

    private Embedding() {}

    /** Adds the file, its relation to the document and what the metadata say of it. */
    static void add(PdfWriter writer, Attachment attachment, PdfDate date) throws IOException {
        PdfDictionary parameters = new PdfDictionary();
        parameters.put(PdfName.MODDATE, date);
        PdfFileSpecification file = PdfFileSpecification.fileEmbedded(
                writer, "", attachment.name(), attachment.content(), "text/xml", parameters, 9);
        file.put(new PdfName("AFRelationship"), new PdfName("Alternative"));
        writer.addFileAttachment(attachment.name(), file);
        PdfArray associated = new PdfArray();
        associated.add(file.getReference());
        writer.getExtraCatalog().put(new PdfName("AF"), associated);
        writer.setXmpMetadata(metadata(
                new String(
                        PdfXmpCreator.createXmpMetadata(writer, PdfaConformanceEnum.PDFA_3B, false),
                        StandardCharsets.UTF_8),
                attachment));
    }

    private static byte[] metadata(String xmp, Attachment attachment) {
        int end = xmp.indexOf(RDF_END);
        if (end < 0) {
            throw new IllegalStateException("the PDF library wrote no metadata");
        }
        return (xmp.substring(0, end) + description(attachment) + xmp.substring(end)).getBytes(StandardCharsets.UTF_8);
    }

    private static String description(Attachment attachment) {
        return """
                <rdf:Description rdf:about="" xmlns:fx="%1$s">
                 <fx:DocumentType>INVOICE</fx:DocumentType>
                 <fx:DocumentFileName>%2$s</fx:DocumentFileName>
                 <fx:Version>1.0</fx:Version>
                 <fx:ConformanceLevel>%3$s</fx:ConformanceLevel>
                </rdf:Description>
                <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
                xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
                xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
                 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
                  <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
                  <pdfaSchema:namespaceURI>%1$s</pdfaSchema:namespaceURI>
                  <pdfaSchema:prefix>fx</pdfaSchema:prefix>
                  <pdfaSchema:property><rdf:Seq>
                %4$s%5$s%6$s%7$s  </rdf:Seq></pdfaSchema:property>
                 </rdf:li></rdf:Bag></pdfaExtension:schemas>
                </rdf:Description>
                """.formatted(
                        NAMESPACE,
                        attachment.name(),
                        attachment.level(),
                        property("DocumentFileName", "name of the embedded XML invoice file"),
                        property("DocumentType", "INVOICE"),
                        property("Version", "version of the Factur-X XML schema"),
                        property("ConformanceLevel", "conformance level of the embedded data"));
    }

    private static String property(String name, String description) {
        return "   <rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>" + name
                + "</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>"
                + "<pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>" + description
                + "</pdfaProperty:description></rdf:li>\n";
    }
}
