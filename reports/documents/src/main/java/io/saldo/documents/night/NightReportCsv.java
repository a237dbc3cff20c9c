package io.saldo.documents.night;

import io.saldo.documents.csv.CsvTable;
import io.saldo.documents.csv.CsvText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;

/** Writes breaks as SPEC 12's {@code breaks.csv}. */
public final class NightReportCsv {
    /** The columns, in their order. */
    public static final List<String> COLUMNS = List.of(
            "break_id",
            "code",
            "severity",
            "state",
            "resolution",
            "account_id",
            "period",
            "subject",
            "expected",
            "actual",
            "difference",
            "currency",
            "cause",
            "first_seen",
            "last_seen",
            "occurrences");

    /** Writes all breaks of the night, sorted by their ids; the stream stays open. */
    public void write(NightReport report, OutputStream out) throws IOException {
        write(report.breaks(), out);
    }

    /** Writes these breaks, sorted by their ids; the stream stays open. */
    public void write(List<NightReport.Break> breaks, OutputStream out) throws IOException {
        List<NightReport.Break> sorted = breaks.stream()
                .sorted(Comparator.comparing(NightReport.Break::breakId, CsvText.BYTE_ORDER)
                        .thenComparing(NightReport.Break::code, CsvText.BYTE_ORDER))
                .toList();
        try (CsvTable table = new CsvTable(out, COLUMNS)) {
            for (NightReport.Break found : sorted) {
                table.row(
                        found.breakId(),
                        found.code(),
                        found.severity(),
                        found.state(),
                        found.resolution(),
                        found.account(),
                        found.period(),
                        found.subject(),
                        found.expected(),
                        found.actual(),
                        found.difference(),
                        found.currency(),
                        found.cause(),
                        found.firstSeen(),
                        found.lastSeen(),
                        found.occurrences());
            }
        }
    }
}
