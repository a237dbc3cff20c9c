package io.saldo.app.invoice;

import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.intake.Inbox;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.documents.einvoice.InvoiceFiles;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.lake.file.NewFile;
import io.saldo.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes the files of invoices and usage statements: the PDF, and the XML beside it. */
@Component
public class DocumentFiles {
    /** Stands for the number while it is proved that the documents can be made. */
    private static final String PROVISIONAL_NUMBER = "0";

    private static final String XML_ENDING = ".xml";
    private static final String PDF_ENDING = ".pdf";

    private final DesignedFiles files;

    /** In the designs of the runs that drafted. */
    DocumentFiles(DesignedFiles files) {
        this.files = files;
    }

    /**
     * Makes the documents of an approved invoice into nothing, to see that they can be made.
     *
     * @throws ProblemException where they cannot
     */
    void prove(Stored approved, LocalDate on) throws IOException {
        InvoiceBook.require(approved, State.APPROVED);
        Drafts.requireComplete(approved.draft());
        InvoiceDocument provisional =
                approved.draft().issued(PROVISIONAL_NUMBER, on, on.plusDays(approved.paymentTermsDays()));
        InvoiceFiles designed = files.of(approved.designRun());
        designed.writePdf(provisional, OutputStream.nullOutputStream());
        designed.xmlBeside(provisional);
    }

    /** Writes the documents of an issued invoice; writing them again gives the same bytes. */
    List<InvoiceStore.File> write(Stored issued, Home home) throws IOException {
        InvoiceBook.require(issued, State.ISSUED);
        List<InvoiceStore.File> written = new ArrayList<>();
        for (Map.Entry<String, PublishedFile.Content> each : contents(issued).entrySet()) {
            Path file = home.invoices().resolve(each.getKey());
            PublishedFile.write(file, each.getValue());
            written.add(new InvoiceStore.File(each.getKey(), Files.size(file), Inbox.sha256(file)));
        }
        return written;
    }

    /** What the documents of an issued invoice come out as when they are made again; nothing is written. */
    public List<InvoiceStore.File> render(Stored issued) throws IOException {
        List<InvoiceStore.File> rendered = new ArrayList<>();
        for (Map.Entry<String, PublishedFile.Content> each : contents(issued).entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            each.getValue().write(bytes);
            rendered.add(new InvoiceStore.File(
                    each.getKey(),
                    bytes.size(),
                    HexFormat.of().formatHex(NewFile.sha256Digest().digest(bytes.toByteArray()))));
        }
        return rendered;
    }

    /** The documents of an issued invoice, by name below the folder of invoices. */
    private Map<String, PublishedFile.Content> contents(Stored issued) throws IOException {
        InvoiceDocument document = issued.document();
        InvoiceFiles designed = files.of(issued.designRun());
        String name = issued.month() + "/"
                + (issued.number().isEmpty() ? "statement-" + fileName(issued.accountId()) : issued.number());
        Map<String, PublishedFile.Content> contents = new LinkedHashMap<>();
        contents.put(name + PDF_ENDING, out -> designed.writePdf(document, out));
        Optional<byte[]> xml = designed.xmlBeside(document);
        if (xml.isPresent()) {
            contents.put(name + XML_ENDING, out -> out.write(xml.get()));
        }
        return contents;
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
