package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.pricing.PriceBooks;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.PriceChangeCheck;
import io.saldo.time.BillingZone;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        Map<Map<String, String>, PriceBooks> versions = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        for (YearMonth month : statements.months()) {
            Map<Map<String, String>, Long> closedBy = new LinkedHashMap<>();
            statements.runsOfClosed(month.toString()).forEach(each -> closedBy.putIfAbsent(priceFiles(each), each));
            closedBy.remove(tonight);
            closedBy.forEach((files, runId) -> findings.addAll(PriceChangeCheck.findings(
                    versions.computeIfAbsent(files, absent -> priceBooks(runId)),
                    configuration.priceBooks(),
                    zone.startOf(month),
                    zone.startOf(month.plusMonths(1)),
                    month.toString(),
                    run.businessDate())));
        }
        return findings;
    }

    /** A whole configuration is read for them: once for each version, however many runs had it. */
    private PriceBooks priceBooks(long runId) {
        return RunConfiguration.of(runs.find(runId).orElseThrow(), runs)
                .configuration()
                .priceBooks();
    }

    private Map<String, String> priceFiles(long runId) {
        Map<String, String> files = runs.fileHashes(runId);
        files.keySet().removeIf(file -> !file.startsWith("prices/") && !file.equals("price-books.csv"));
        return files;
    }
}
