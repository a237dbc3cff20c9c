package io.saldo.app.pricelist;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.ReferenceTable;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A reference file as pieces of its own text, so that what is not edited keeps its bytes. The configuration was loaded
 * before, so the file is UTF-8, is a table, and has a header of known columns.
 */
final class EditableTable {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    private final String file;
    private final List<String> header;
    private final List<Line> lines;
    private final String ending;

    private EditableTable(String file, List<String> header, List<Line> lines, String ending) {
        this.file = file;
        this.header = List.copyOf(header);
        this.lines = List.copyOf(lines);
        this.ending = ending;
    }

    /**
     * A piece of the file: a row with its line end, the header, or blank lines.
     *
     * @param number counted from 1
     * @param text as the file has it
     * @param values of a row, by position; none for what is no row
     */
    record Line(long number, String text, List<String> values) {}

    /** A file of the snapshot; where there is none, a header alone with every column. */
    static EditableTable of(ConfigurationSnapshot snapshot, String file, ReferenceTable table) {
        if (snapshot.files().contains(file)) {
            return parse(file, new String(snapshot.content(file), StandardCharsets.UTF_8));
        }
        return parse(file, String.join(",", table.columns()) + "\n");
    }

    private static EditableTable parse(String file, String text) {
        // The mark is a character of the first name to the parser, so it is cut there and kept in the piece.
        int mark = text.startsWith("\uFEFF") ? 1 : 0;
        List<String> header = List.of();
        List<Line> lines = new ArrayList<>();
        try (CSVParser parser = FORMAT.parse(new StringReader(text.substring(mark)))) {
            List<CSVRecord> records = parser.getRecords();
            long number = 1;
            for (int index = 0; index < records.size(); index++) {
                CSVRecord each = records.get(index);
                int from = index == 0 ? 0 : Math.toIntExact(each.getCharacterPosition()) + mark;
                int to = index + 1 == records.size()
                        ? text.length()
                        : Math.toIntExact(records.get(index + 1).getCharacterPosition()) + mark;
                String piece = text.substring(from, to);
                List<String> values = Arrays.asList(each.values());
                boolean blank = values.stream().allMatch(String::isEmpty);
                boolean isHeader = !blank && header.isEmpty();
                header = isHeader ? values : header;
                lines.add(new Line(number, piece, blank || isHeader ? List.of() : values));
                number += piece.chars().filter(character -> character == '\n').count();
            }
        } catch (IOException | UncheckedIOException malformed) {
            throw new ProblemException(ProblemCode.FILE_UNREADABLE, Place.file(file), "the file is no CSV");
        }
        return new EditableTable(file, header, lines, text.contains("\r\n") ? "\r\n" : "\n");
    }

    String file() {
        return file;
    }

    List<Line> lines() {
        return lines;
    }

    /** A row's value; empty where it has none. */
    String value(Line line, String column) {
        int index = header.indexOf(column);
        return index < 0 || index >= line.values().size() ? "" : line.values().get(index);
    }

    /** The row with another value in one column. */
    String edited(Line line, String column, String value) {
        requireColumn(column);
        List<String> values = new ArrayList<>(line.values());
        values.set(header.indexOf(column), value);
        return joined(values);
    }

    /** A new row of those values; every column that is not named stays empty. */
    String row(Map<String, String> values) {
        values.forEach((column, value) -> {
            if (!value.isEmpty()) {
                requireColumn(column);
            }
        });
        return joined(
                header.stream().map(column -> values.getOrDefault(column, "")).toList());
    }

    /** The file of those pieces; each but the last gets a line end where it has none. */
    byte[] withLines(List<String> pieces) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < pieces.size(); index++) {
            String piece = pieces.get(index);
            text.append(piece);
            if (index + 1 < pieces.size() && !piece.endsWith("\n") && !piece.endsWith("\r")) {
                text.append(ending);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void requireColumn(String column) {
        if (!header.contains(column)) {
            throw new ProblemException(
                    ProblemCode.COLUMN_MISSING,
                    Place.line(file, 1),
                    "the header lacks " + column + ", which the import has to fill: add it to the header and to every"
                            + " row");
        }
    }

    private String joined(List<String> values) {
        return String.join(",", values.stream().map(EditableTable::quoted).toList()) + ending;
    }

    private static String quoted(String value) {
        boolean plain = value.chars()
                .noneMatch(character -> character == ',' || character == '"' || character == '\n' || character == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
