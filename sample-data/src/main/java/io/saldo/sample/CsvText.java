package io.saldo.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** RFC 4180, byte by byte, keeping a broken record as a record that says what is broken. */
final class CsvText {

    /** One record; {@code problem} is empty, or the code of the first thing wrong with it as text. */
    record Line(int number, List<String> fields, String problem) {}

    private CsvText() {}

    /** A table known to be well formed: its rows as column to text, in the order of the file. */
    static List<Map<String, String>> table(Path file) {
        List<Map<String, String>> rows = new ArrayList<>();
        List<Line> lines = lines(bytes(file));
        List<String> header = lines.get(0).fields();
        for (Line line : lines.subList(1, lines.size())) {
            if (!line.problem().isEmpty() || line.fields().size() != header.size()) {
                throw new IllegalArgumentException(file + ":" + line.number() + " is not a row of this table");
            }
            rows.add(row(header, line.fields()));
        }
        return rows;
    }

    static Map<String, String> row(List<String> header, List<String> fields) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int column = 0; column < header.size(); column++) {
            row.put(header.get(column), fields.get(column));
        }
        return row;
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All records, without blank lines. */
    static List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        int at = 0;
        int lineNumber = 1;
        while (at < bytes.length) {
            int firstLine = lineNumber;
            int start = at;
            List<String> fields = new ArrayList<>();
            String problem = "";
            boolean endOfRecord = false;
            while (!endOfRecord) {
                ByteArrayOutputStream field = new ByteArrayOutputStream();
                if (at < bytes.length && bytes[at] == '"') {
                    at++;
                    boolean closed = false;
                    while (at < bytes.length && !closed) {
                        if (bytes[at] == '"' && at + 1 < bytes.length && bytes[at + 1] == '"') {
                            field.write('"');
                            at += 2;
                        } else if (bytes[at] == '"') {
                            closed = true;
                            at++;
                        } else {
                            lineNumber += bytes[at] == '\n' ? 1 : 0;
                            field.write(bytes[at++]);
                        }
                    }
                    problem = closed ? problem : "USG-001";
                }
                boolean quoted = at > start && bytes[at - 1] == '"';
                while (at < bytes.length && bytes[at] != ',' && bytes[at] != '\n') {
                    boolean carriageReturn = bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
                    if (!carriageReturn) {
                        problem = quoted ? "USG-001" : problem;
                        field.write(bytes[at]);
                    }
                    at++;
                }
                String text = strictUtf8(field.toByteArray());
                if (text.equals(NOT_UTF_8)) {
                    problem = problem.isEmpty() ? "USG-009" : problem;
                }
                fields.add(text);
                endOfRecord = at >= bytes.length || bytes[at] == '\n';
                at++;
            }
            lineNumber++;
            if (fields.size() > 1 || !fields.get(0).isEmpty()) {
                lines.add(new Line(firstLine, List.copyOf(fields), problem));
            }
        }
        return lines;
    }

    static final String NOT_UTF_8 = "\uFFFD";

    /** The text, or {@link #NOT_UTF_8} where the bytes are none. */
    static String strictUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return NOT_UTF_8;
        }
    }

    /** One line of a table, quoted where it must be, without the line end. */
    static String line(List<String> fields) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < fields.size(); column++) {
            String field = fields.get(column);
            boolean quote = field.indexOf(',') >= 0 || field.indexOf('"') >= 0 || field.indexOf('\n') >= 0;
            line.append(column == 0 ? "" : ",").append(quote ? "\"" + field.replace("\"", "\"\"") + "\"" : field);
        }
        return line.toString();
    }

    /** A whole table with the columns of its first row. */
    static String text(List<String> header, List<Map<String, String>> rows) {
        StringBuilder text = new StringBuilder(line(header)).append('\n');
        for (Map<String, String> row : rows) {
            List<String> fields = new ArrayList<>();
            for (String column : header) {
                fields.add(row.getOrDefault(column, ""));
            }
            text.append(line(fields)).append('\n');
        }
        return text.toString();
    }
}
