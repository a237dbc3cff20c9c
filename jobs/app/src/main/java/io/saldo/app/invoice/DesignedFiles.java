package io.saldo.app.invoice;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.DesignLoader;
import io.saldo.app.store.RunStore;
import io.saldo.documents.design.Design;
import io.saldo.documents.einvoice.InvoiceFiles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Makes documents in the design of the run that drafted them, whatever the configuration folder says by now: so the same
 * document comes out as the same bytes for ever.
 */
@Component
final class DesignedFiles {
    private final RunStore runs;
    private final Map<Long, Design> designs = new ConcurrentHashMap<>();
    private final Map<Design, InvoiceFiles> files = new ConcurrentHashMap<>();

    /** Over the books. */
    DesignedFiles(RunStore runs) {
        this.runs = runs;
    }

    /**
     * What makes the documents that a run drafted.
     *
     * @param run 0 for documents of before there were designs
     */
    InvoiceFiles of(long run) {
        Design design = run == 0
                ? Design.STANDARD
                : designs.computeIfAbsent(
                        run,
                        id -> DesignLoader.of(ConfigurationSnapshot.of(runs.configuration(id, DesignLoader.FOLDER))));
        return files.computeIfAbsent(design, InvoiceFiles::new);
    }
}
