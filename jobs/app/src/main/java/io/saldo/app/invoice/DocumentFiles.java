package io.saldo.app.invoice;

import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.documents.einvoice.InvoiceFiles;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.lake.file.NewFile;
import io.saldo.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes the files of invoices and usage statements: the PDF, and the XML beside it. */
@Component
public class DocumentFiles {
    private static final String XML_ENDING = ".xml";
    private static final String PDF_ENDING = ".pdf";

    private final DesignedFiles files;

    /** In the designs of the runs that drafted. */
    DocumentFiles(DesignedFiles files) {
        this.files = files;
    }

    /**
     * Makes the documents of an invoice with its number, by name below the folder of invoices; made again they are the same
     * bytes.
     *
     * @throws ProblemException where they cannot be made
     */
    public Map<String, byte[]> make(Stored issued) throws IOException {
        InvoiceDocument document = issued.document();
        InvoiceFiles designed = files.of(issued.designRun());
        String name = issued.month() + "/"
                + (issued.number().isEmpty() ? "statement-" + fileName(issued.accountId()) : issued.number());
        Map<String, byte[]> documents = new LinkedHashMap<>();
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        designed.writePdf(document, pdf);
        documents.put(name + PDF_ENDING, pdf.toByteArray());
        designed.xmlBeside(document).ifPresent(xml -> documents.put(name + XML_ENDING, xml));
        return documents;
    }

    /** What the books keep of documents. */
    public static List<InvoiceStore.File> describe(Map<String, byte[]> documents) {
        List<InvoiceStore.File> described = new ArrayList<>();
        documents.forEach((name, bytes) -> described.add(new InvoiceStore.File(
                name,
                bytes.length,
                HexFormat.of().formatHex(NewFile.sha256Digest().digest(bytes)))));
        return described;
    }

    /** Writes documents into the folder of invoices. */
    static List<InvoiceStore.File> write(Map<String, byte[]> documents, Home home) throws IOException {
        for (Map.Entry<String, byte[]> each : documents.entrySet()) {
            PublishedFile.write(home.invoices().resolve(each.getKey()), out -> out.write(each.getValue()));
        }
        return describe(documents);
    }

    /** An account id comes from outside and must not lead out of the folder. */
    private static String fileName(String accountId) {
        StringBuilder name = new StringBuilder();
        accountId.codePoints().forEach(character -> {
            boolean plain = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || character == '-'
                    || character == '_';
            name.append(plain ? Character.toString(character) : "." + Integer.toHexString(character));
        });
        return name.toString();
    }
}
