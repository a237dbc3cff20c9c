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
    private final Map<Long, InvoiceFiles> byRun = new ConcurrentHashMap<>();
    private final Map<Design, InvoiceFiles> byDesign = new ConcurrentHashMap<>();

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
        return byRun.computeIfAbsent(run, id -> byDesign.computeIfAbsent(design(id), InvoiceFiles::new));
    }

    private Design design(long run) {
        return run == 0
                ? Design.STANDARD
                : DesignLoader.of(ConfigurationSnapshot.of(runs.configuration(run, DesignLoader.FOLDER)));
    }
}
