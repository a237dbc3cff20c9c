package io.saldo.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what {@link NaiveBooks} makes of the sample as the export's tables. The planted breaks are not among them:
 * they are written by hand, before anything computes them.
 */
public final class SampleExpectations {

    /** The month that all of the sample lies in. */
    public static final YearMonth MONTH = YearMonth.of(2026, 10);

    private SampleExpectations() {}

    /** Arguments: the {@code sample-data} folder, and where the tables go (default: {@code expected} in it). */
    public static void main(String[] arguments) {
        Path sampleData = Path.of(arguments.length > 0 ? arguments[0] : "sample-data");
        Path out = arguments.length > 1 ? Path.of(arguments[1]) : sampleData.resolve("expected");
        tables(NaiveBooks.read(sampleData.resolve("deliveries"), sampleData.resolve("config")))
                .forEach((name, text) -> {
                    try {
                        Files.createDirectories(out);
                        Files.writeString(out.resolve(name), text);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
    }

    /** File name to content. */
    static Map<String, String> tables(NaiveBooks books) {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("statements.csv", table(books.statements(MONTH)));
        tables.put("statement_lines.csv", table(books.statementLines(MONTH)));
        tables.put("drawdowns.csv", table(books.drawdowns(MONTH)));
        tables.put("grants.csv", table(books.grants(MONTH)));
        tables.put("daily_balances.csv", table(books.dailyBalances(MONTH)));
        tables.put("deliveries.csv", table(books.deliveries()));
        return tables;
    }

    static String table(List<Map<String, String>> rows) {
        return CsvText.text(new ArrayList<>(rows.get(0).keySet()), rows);
    }
}
