package io.saldo.app.verification;

import io.saldo.app.home.Home;
import io.saldo.app.invoice.DocumentFiles;
import io.saldo.app.run.Run;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.MonthClosed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Proves published documents by their hashes, and makes them again. */
@Component
public class DocumentCheck {
    private final VerificationStore books;
    private final InvoiceStore invoices;
    private final DocumentFiles documents;
    private final RunStore runs;

    /** Over the books. */
    public DocumentCheck(VerificationStore books, InvoiceStore invoices, DocumentFiles documents, RunStore runs) {
        this.books = books;
        this.invoices = invoices;
        this.documents = documents;
        this.runs = runs;
    }

    /** Proves those of the scope. */
    void prove(Home home, Scope scope, String programVersion, Protocol protocol, Provers provers) throws IOException {
        List<Provers.Proof> proofs = new ArrayList<>();
        for (long id : books.invoices(scope)) {
            proofs.add(() -> prove(home, id, programVersion, protocol));
        }
        provers.run(Check.DOCUMENTS, proofs);
    }

    private void prove(Home home, long id, String programVersion, Protocol protocol) throws IOException {
        InvoiceStore.Stored stored = invoices.get(id);
        List<InvoiceStore.File> files = invoices.files(id);
        for (InvoiceStore.File each : files) {
            FileCheck.document(
                    home.invoices().resolve(each.name()),
                    "out/invoices/" + each.name(),
                    each.bytes(),
                    each.sha256(),
                    protocol);
        }
        if (stored.state() != InvoiceStore.State.PUBLISHED) {
            return;
        }
        Map<String, String> listed =
                files.stream().collect(Collectors.toMap(InvoiceStore.File::name, InvoiceStore.File::sha256));
        String made = closedBy(stored);
        for (InvoiceStore.File again : DocumentFiles.describe(documents.make(stored))) {
            String known = listed.getOrDefault(again.name(), "none");
            String place = "out/invoices/" + again.name();
            // Another version may set a page otherwise: what was published stands, and its hash proves it.
            if (!known.equals(again.sha256()) && !made.equals(programVersion)) {
                protocol.note(
                        Check.RENDERING,
                        place + " is set otherwise by version " + programVersion + " than by " + made
                                + ", with which its month was closed");
            } else {
                protocol.compare(
                        Check.RENDERING,
                        place,
                        "SHA-256 of the document made again from " + CloseCheck.place(stored),
                        known,
                        again.sha256());
            }
        }
    }

    private String closedBy(InvoiceStore.Stored stored) {
        return books.closes(stored.accountId(), stored.month().toString()).stream()
                .filter(close -> close.revision() == stored.revision())
                .map(MonthClosed::run)
                .reduce((first, last) -> last)
                .flatMap(runs::find)
                .map(Run::programVersion)
                .orElse("");
    }
}
