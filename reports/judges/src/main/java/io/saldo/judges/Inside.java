package io.saldo.judges;

import java.io.IOException;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;

/** The structured invoice inside a PDF. */
public final class Inside {
    private static final String ZUGFERD = "factur-x.xml";

    private Inside() {}

    /** The XML of a ZUGFeRD invoice; empty where the PDF is none. */
    public static Optional<byte[]> xml(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDDocumentNameDictionary names = document.getDocumentCatalog().getNames();
            if (names == null || names.getEmbeddedFiles() == null) {
                return Optional.empty();
            }
            PDComplexFileSpecification file =
                    names.getEmbeddedFiles().getNames().get(ZUGFERD);
            return file == null
                    ? Optional.empty()
                    : Optional.of(file.getEmbeddedFile().toByteArray());
        }
    }
}
