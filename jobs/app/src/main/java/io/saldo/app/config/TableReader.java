package io.saldo.app.config;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a reference file as a table; a file that is none stops everything. */
final class TableReader {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    private final String file;
    private final ReferenceTable table;
    private final Findings findings;
    private boolean complete = true;

    TableReader(String file, ReferenceTable table, Findings findings) {
        this.file = file;
        this.table = table;
        this.findings = findings;
    }

    /** The rows, in order. A row with no value at all is none, as spreadsheets write them. */
    List<Row> read(byte[] bytes) {
        List<Row> rows = new ArrayList<>();
        String text = FileText.decode(file, bytes, findings);
        if (text == null) {
            complete = false;
            return rows;
        }
        long line = 1;
        try (CSVParser parser = FORMAT.parse(new StringReader(text))) {
            Iterator<CSVRecord> records = parser.iterator();
            Map<String, Integer> columns = Map.of();
            boolean header = false;
            while (records.hasNext()) {
                CSVRecord csvRecord = records.next();
                long next = parser.getCurrentLineNumber() + 1;
                List<String> values = Arrays.asList(csvRecord.values());
                if (!values.stream().allMatch(String::isEmpty)) {
                    if (!header) {
                        columns = header(line, values);
                        header = true;
                        if (columns.isEmpty()) {
                            return List.of();
                        }
                    } else {
                        rows.add(new Row(file, line, columns, values, findings));
                    }
                }
                line = next;
            }
            if (!header) {
                stop(ProblemCode.COLUMN_MISSING, Place.line(file, 1), "the file has no header");
            }
        } catch (IOException | UncheckedIOException malformed) {
            stop(
                    ProblemCode.FILE_UNREADABLE,
                    Place.line(file, line),
                    "the row that begins here is no CSV: a quote is not closed, or text follows a closed quote");
        }
        return rows;
    }

    /** Positions by column; none where the header is not that of the table. */
    private Map<String, Integer> header(long line, List<String> names) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        boolean good = true;
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index);
            Place place = new Place(file, line, index + 1L);
            if (!table.columns().contains(name)) {
                String what = name.isEmpty()
                        ? "column " + (index + 1) + " has no name"
                        : Fields.quoted(name) + " is no column of " + table.file()
                                + Suggestion.among(name, table.columns());
                stop(ProblemCode.UNKNOWN_COLUMN, place, what);
                good = false;
            } else if (columns.putIfAbsent(name, index) != null) {
                stop(ProblemCode.UNKNOWN_COLUMN, place, "the header has the column " + name + " twice");
                good = false;
            }
        }
        List<String> missing = table.requiredColumns().stream()
                .filter(name -> !columns.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            stop(ProblemCode.COLUMN_MISSING, Place.line(file, line), "the header lacks " + String.join(", ", missing));
            good = false;
        }
        return good ? columns : Map.of();
    }

    /** Whether every row was read: a name that is not among them is then wrong. */
    boolean isComplete() {
        return complete;
    }

    private void stop(ProblemCode code, Place place, String what) {
        complete = false;
        findings.add(code, place, what, Subject.EVERYBODY);
    }
}
