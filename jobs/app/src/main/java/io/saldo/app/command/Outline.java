package io.saldo.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Facts as text for a person: what JSON says with braces, it says with indentation, tables and lists. */
final class Outline {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private Outline() {}

    /** The facts as lines. Keys are written with blanks; text from outside is made printable. */
    static String of(Map<String, Object> facts) {
        Outline outline = new Outline();
        outline.facts(facts, "");
        return outline.text.toString();
    }

    private void facts(Map<?, ?> facts, String indent) {
        int width = facts.entrySet().stream()
                .filter(each -> each.getValue() instanceof String)
                .mapToInt(each -> name(each.getKey()).length())
                .max()
                .orElse(0);
        facts.forEach((key, value) -> {
            if (value instanceof String single) {
                if (!single.isEmpty()) {
                    line(indent, padded(name(key), width) + INDENT + single);
                }
            } else if (value instanceof Map<?, ?> below) {
                heading(indent, key);
                facts(below, indent + INDENT);
            } else if (value instanceof List<?> list && !list.isEmpty()) {
                heading(indent, key);
                list(list, indent + INDENT);
            }
        });
    }

    private void heading(String indent, Object key) {
        if (indent.isEmpty()) {
            text.append('\n');
        }
        line(indent, name(key) + ":");
    }

    private void list(List<?> list, String indent) {
        if (list.stream().allMatch(Outline::isFlat)) {
            List<Map<?, ?>> rows = new ArrayList<>();
            list.forEach(each -> rows.add((Map<?, ?>) each));
            table(rows, indent);
            return;
        }
        int number = 1;
        for (Object each : list) {
            if (each instanceof Map<?, ?> below) {
                line(indent, number++ + ".");
                facts(below, indent + INDENT);
            } else {
                line(indent, "- " + each);
            }
        }
    }

    /** Short enough for a row of a table. */
    private static boolean isFlat(Object value) {
        return value instanceof Map<?, ?> facts
                && facts.values().stream().allMatch(each -> each instanceof String single && single.length() <= 70);
    }

    private void table(List<Map<?, ?>> rows, String indent) {
        List<?> columns = rows.stream()
                .flatMap(row -> row.keySet().stream())
                .distinct()
                .filter(column ->
                        rows.stream().anyMatch(row -> !cell(row, column).isEmpty()))
                .toList();
        List<Integer> widths = new ArrayList<>();
        for (Object column : columns) {
            widths.add(rows.stream()
                    .mapToInt(row -> cell(row, column).length())
                    .reduce(name(column).length(), Math::max));
        }
        line(indent, joined(columns.stream().map(Outline::name).toList(), widths));
        for (Map<?, ?> row : rows) {
            line(
                    indent,
                    joined(columns.stream().map(column -> cell(row, column)).toList(), widths));
        }
    }

    private static String cell(Map<?, ?> row, Object column) {
        Object value = row.get(column);
        return value == null ? "" : Table.printable(value.toString());
    }

    private static String joined(List<String> cells, List<Integer> widths) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < cells.size(); column++) {
            padded.add(padded(cells.get(column), widths.get(column)));
        }
        return padded.stream().collect(Collectors.joining(INDENT));
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }

    private static String name(Object key) {
        return key.toString().replace('_', ' ');
    }

    private void line(String indent, String line) {
        text.append((indent + Table.printable(line)).stripTrailing()).append('\n');
    }
}
