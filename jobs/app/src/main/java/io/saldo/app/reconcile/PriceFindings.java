package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.PriceChangeCheck;
import io.saldo.time.BillingZone;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Compares the prices of closed months with tonight's, where a file of prices is another one since. */
@Component
public class PriceFindings {
    private final RunStore runs;
    private final StatementStore statements;

    /** Over the books. */
    public PriceFindings(RunStore runs, StatementStore statements) {
        this.runs = runs;
        this.statements = statements;
    }

    /** Prices that were changed after accounts were closed by them. */
    public List<Finding> of(Run run, Configuration configuration) {
        BillingZone zone = configuration.settings().billingZone();
        Map<String, String> tonight = priceFiles(run.id());
        List<Finding> findings = new ArrayList<>();
        for (YearMonth month : statements.months()) {
            for (long closedBy : statements.runsOfClosed(month.toString())) {
                if (!priceFiles(closedBy).equals(tonight)) {
                    findings.addAll(PriceChangeCheck.findings(
                            RunConfiguration.of(runs.find(closedBy).orElseThrow(), runs)
                                    .configuration()
                                    .priceBooks(),
                            configuration.priceBooks(),
                            zone.startOf(month),
                            zone.startOf(month.plusMonths(1)),
                            month.toString(),
                            run.businessDate()));
                }
            }
        }
        return findings;
    }

    private Map<String, String> priceFiles(long runId) {
        Map<String, String> files = new TreeMap<>();
        for (RunStore.Reference reference : runs.references(runId)) {
            if (reference.file().startsWith("prices/") || reference.file().equals("price-books.csv")) {
                files.put(reference.file(), reference.sha256());
            }
        }
        return files;
    }
}
