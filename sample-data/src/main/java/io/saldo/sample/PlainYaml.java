package io.saldo.sample;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The little of YAML that source files and {@code application.yml} use: nested maps by indentation, scalars, and lists
 * in brackets. The result is flat: a path of keys joined by dots, each value a text.
 */
final class PlainYaml {

    private final Map<String, String> values = new LinkedHashMap<>();

    private PlainYaml() {}

    static PlainYaml read(Path file) {
        PlainYaml yaml = new PlainYaml();
        Deque<Integer> indents = new ArrayDeque<>();
        Deque<String> keys = new ArrayDeque<>();
        for (String line : new String(CsvText.bytes(file), StandardCharsets.UTF_8).split("\n")) {
            String content = withoutComment(line).stripTrailing();
            int colon = content.indexOf(": ");
            if (content.isBlank() || (colon < 0 && !content.endsWith(":"))) {
                continue;
            }
            int indent = content.length() - content.stripLeading().length();
            while (!indents.isEmpty() && indents.getLast() >= indent) {
                indents.removeLast();
                keys.removeLast();
            }
            String key = content.substring(indent, colon < 0 ? content.length() - 1 : colon);
            String path = keys.isEmpty() ? key : String.join(".", keys) + "." + key;
            if (colon < 0) {
                indents.addLast(indent);
                keys.addLast(key);
            } else {
                yaml.values.put(path, content.substring(colon + 2).strip());
            }
        }
        return yaml;
    }

    private static String withoutComment(String line) {
        int comment = line.startsWith("#") ? 0 : line.indexOf(" #");
        return comment < 0 ? line : line.substring(0, comment);
    }

    String text(String path, String otherwise) {
        return unquoted(values.getOrDefault(path, otherwise));
    }

    List<String> list(String path) {
        String text = values.getOrDefault(path, "");
        List<String> items = new ArrayList<>();
        if (text.startsWith("[")) {
            for (String item : text.substring(1, text.length() - 1).split(",")) {
                items.add(unquoted(item.strip()));
            }
        }
        return items;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
