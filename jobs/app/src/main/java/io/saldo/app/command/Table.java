package io.saldo.app.command;

import io.saldo.app.store.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows for a person, or as JSON for a program. */
final class Table {
    private static final int CELL_MAX = 60;

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        this.header = List.of(header);
    }

    void row(@Nullable Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell == null ? "" : printable(cell.toString()));
        }
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows by column, as JSON shows them. */
    List<Map<String, String>> objects() {
        List<Map<String, String>> objects = new ArrayList<>();
        for (List<String> row : rows) {
            Map<String, String> object = new LinkedHashMap<>();
            for (int column = 0; column < header.size(); column++) {
                object.put(header.get(column), row.get(column));
            }
            objects.add(object);
        }
        return objects;
    }

    void print(Saldo saldo) {
        if (saldo.json) {
            saldo.out.println(Json.write(objects()));
            return;
        }
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(
                        widths[column], Math.min(CELL_MAX, row.get(column).length()));
            }
        }
        line(saldo.out, header, widths);
        rows.forEach(row -> line(saldo.out, row, widths));
    }

    private static void line(PrintWriter out, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(cell);
            if (column < widths.length - 1) {
                line.append(" ".repeat(Math.max(0, widths[column] - cell.length()) + 2));
            }
        }
        out.println(line.toString().stripTrailing());
    }

    /** Text from outside must not steer a terminal. */
    static String printable(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .forEach(character -> plain.appendCodePoint(Character.isISOControl(character) ? '\uFFFD' : character));
        return plain.toString();
    }
}
