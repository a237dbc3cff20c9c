package io.saldo.app.notice;

import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FigureStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Reads summaries from the books. */
@Component
public class RunSummaries {
    private final RunStore runs;
    private final DeliveryStore deliveries;
    private final StatementStore statements;
    private final CloseStore closes;
    private final FigureStore figures;

    /** Over the books. */
    public RunSummaries(
            RunStore runs,
            DeliveryStore deliveries,
            StatementStore statements,
            CloseStore closes,
            FigureStore figures) {
        this.runs = runs;
        this.deliveries = deliveries;
        this.statements = statements;
        this.closes = closes;
        this.figures = figures;
    }

    /** How a completed run ended. */
    public RunSummary of(long runId, Home home) {
        Run run = runs.find(runId).orElseThrow();
        boolean night = run.job() == Run.Job.NIGHTLY;
        Path report = night
                ? home.nightReports(run.businessDate()).resolve("night-report.pdf")
                : home.openAccounts(run.month());
        return new RunSummary(
                run.id(),
                run.job().word(),
                run.businessDate().toString(),
                run.month().toString(),
                RunSummary.COMPLETED,
                runs.verdict(runId),
                "",
                run.programVersion(),
                deliveries.ofRun(runId).size(),
                RunSummary.Records.of(figures.recordsOf(runId)),
                statements.countOfRun(runId),
                night ? 0 : closes.closedOfMonth(run.month().toString()).size(),
                figures.unresolvedBreaks(),
                home.root().relativize(report).toString());
    }
}
