package io.saldo.app.dispute;

import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.run.Workers;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.DisputeStore.Dispute;
import io.saldo.documents.dispute.DifferenceReport;
import io.saldo.documents.dispute.DifferenceReportFiles;
import io.saldo.documents.dispute.DifferenceReportPdf;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.Table;
import io.saldo.lake.usage.EventChange;
import io.saldo.money.Amount;
import io.saldo.statement.DailyBalance;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/** Writes the difference report of a dispute in all its forms. */
@Component
public class DifferenceReporting {
    private static final String NAME = "difference";

    private final DeliveryStore deliveries;

    /** Over the books. */
    public DifferenceReporting(DeliveryStore deliveries) {
        this.deliveries = deliveries;
    }

    /**
     * Begins a report whose dispute is still to be computed. A virtual machine that has just started takes longer to load what
     * sets pages than to set them, so that goes on beside the computing.
     */
    Begun begin() {
        return new Begun(new Workers(1));
    }

    /** A report whose pages can be set as soon as there is something to tell. */
    final class Begun implements AutoCloseable {
        private final Workers worker;
        private final Future<DifferenceReportPdf> pages;

        private Begun(Workers worker) {
            this.worker = worker;
            pages = worker.start(DifferenceReportPdf::new);
        }

        /** Writes {@code difference} as PDF, XLSX and JSON and each of its tables as CSV; what is there is replaced. */
        void write(Home home, Dispute dispute, Rerun.Computed computed) throws IOException {
            DifferenceReport report = report(dispute, computed);
            Future<byte[]> pdf = worker.start(() -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                Workers.result(pages).write(report, bytes);
                return bytes.toByteArray();
            });
            Path folder = Rerun.folder(home, dispute);
            PublishedFile.write(folder.resolve(NAME + ".xlsx"), out -> DifferenceReportFiles.writeXlsx(report, out));
            PublishedFile.write(folder.resolve(NAME + ".json"), out -> DifferenceReportFiles.writeJson(report, out));
            for (Table table : DifferenceReportFiles.each(report)) {
                PublishedFile.write(folder.resolve(table.name() + ".csv"), out -> ReportTables.writeCsv(table, out));
            }
            PublishedFile.write(folder.resolve(NAME + ".pdf"), out -> out.write(Workers.result(pdf)));
        }

        @Override
        public void close() {
            worker.close();
        }
    }

    private DifferenceReport report(Dispute dispute, Rerun.Computed computed) {
        return new DifferenceReport(
                dispute.id(),
                dispute.request().accountId(),
                dispute.request().month(),
                computed.original().currency(),
                dispute.openedOn(),
                dispute.request().reason(),
                dispute.request().priceBook(),
                dispute.request().excluded().size(),
                computed.outcome().original(),
                computed.outcome().invoiced(),
                computed.outcome().revised(),
                days(computed),
                computed.changes().stream().map(this::event).toList());
    }

    /** Days of the two statements; what was charged later, and by decisions, has no day and is the rest. */
    private static List<DifferenceReport.Day> days(Rerun.Computed computed) {
        Map<LocalDate, Amount> invoiced = byDay(computed.original());
        Map<LocalDate, Amount> revised = byDay(computed.revised());
        List<DifferenceReport.Day> days = new ArrayList<>();
        Amount restInvoiced = computed.outcome().invoiced().sum(StatementLine::amount);
        Amount restRevised = computed.outcome().revised().sum(StatementLine::amount);
        for (Map.Entry<LocalDate, Amount> day : revised.entrySet()) {
            Amount before = invoiced.getOrDefault(day.getKey(), Amount.ZERO);
            days.add(new DifferenceReport.Day(day.getKey(), before, day.getValue()));
            restInvoiced = restInvoiced.minus(before);
            restRevised = restRevised.minus(day.getValue());
        }
        if (!restInvoiced.isZero() || !restRevised.isZero()) {
            days.add(new DifferenceReport.Day(null, restInvoiced, restRevised));
        }
        return days;
    }

    /** Without late usage of earlier months, which stands on the first day. */
    private static Map<LocalDate, Amount> byDay(Statement statement) {
        Amount late = statement.lines().stream()
                .filter(line -> line.usageMonth().isBefore(statement.month()) && !line.isDecided())
                .map(StatementLine::amount)
                .reduce(Amount.ZERO, Amount::plus);
        Map<LocalDate, Amount> days = new TreeMap<>();
        for (DailyBalance day : statement.dailyBalances()) {
            boolean first = day.date().getDayOfMonth() == 1;
            days.put(day.date(), first ? day.usage().minus(late) : day.usage());
        }
        return days;
    }

    private DifferenceReport.Event event(EventChange change) {
        return new DifferenceReport.Event(
                change.cause().word(),
                change.name().namespace(),
                change.name().eventId(),
                Instants.format(change.occurredAt()),
                change.product().provider(),
                change.product().model(),
                figures(change.before()),
                figures(change.after()),
                sum(change.before()),
                sum(change.after()),
                deliveries.get(change.delivery()).place(),
                change.line());
    }

    private static long sum(List<Long> quantities) {
        return quantities.stream().mapToLong(Long::longValue).sum();
    }

    private static String figures(List<Long> quantities) {
        List<String> told = new ArrayList<>();
        for (Meter meter : Meter.values()) {
            long quantity = quantities.get(meter.ordinal());
            if (quantity != 0) {
                told.add(meter.word() + " " + quantity);
            }
        }
        return String.join(", ", told);
    }
}
