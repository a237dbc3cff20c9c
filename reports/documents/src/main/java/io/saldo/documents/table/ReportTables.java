package io.saldo.documents.table;

import io.saldo.documents.csv.CsvTable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report as tables.
 *
 * @param title what the workbook says about itself
 * @param date of the report; stands for the workbook's creation
 * @param summary the first sheet and the head of the JSON: name and cell, in order
 * @param tables the rest; none has the name of a line of the summary, because both are members of one JSON object
 */
public record ReportTables(String title, LocalDate date, Map<String, Object> summary, List<Table> tables) {
    /** Keeps the order of the summary, and what there is unchangeable. */
    public ReportTables {
        summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
        tables = List.copyOf(tables);
        for (Table table : tables) {
            if (summary.containsKey(table.name())) {
                throw new IllegalArgumentException("the summary has a line named as the table " + table.name());
            }
        }
    }

    /** Writes one table as CSV; the stream stays open. */
    public static void writeCsv(Table table, OutputStream out) throws IOException {
        try (CsvTable csv = new CsvTable(out, table.header())) {
            for (List<@Nullable Object> row : table.rows()) {
                csv.row(row.toArray());
            }
        }
    }
}
