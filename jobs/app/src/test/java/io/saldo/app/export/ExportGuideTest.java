package io.saldo.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.documents.table.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page about exports names every column, and no other. */
class ExportGuideTest {
    private static final Pattern ROW = Pattern.compile("\\| ([A-Za-z_, ]+) \\| (.+) \\|");

    @Test
    void theBooksColumnsAreTheDocumentedOnes() throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (Matcher row : rows("## Books")) {
            told.put(row.group(1), row.group(2));
        }
        told.remove("table");
        Map<String, String> known = new TreeMap<>();
        ExportColumns.ALL.forEach((table, columns) ->
                known.put(table, columns.stream().map(Column::name).collect(Collectors.joining(", "))));
        assertThat(told).isEqualTo(known);
    }

    @Test
    void everyFocusColumnIsExplained() throws IOException {
        List<String> told = rows("| column | what stands in it |").stream()
                .filter(row -> !row.group(1).equals("column"))
                .flatMap(row -> Arrays.stream(row.group(1).split(", ")))
                .sorted()
                .toList();
        assertThat(told)
                .isEqualTo(FocusColumns.ALL.stream().map(Column::name).sorted().toList());
    }

    /** The rows from that text on up to the next heading. */
    private static List<Matcher> rows(String from) throws IOException {
        String page = Files.readString(Program.repository("jobs").resolve("EXPORTS.md"));
        String part = page.substring(page.indexOf(from) + 1);
        int end = part.indexOf("\n## ");
        return part.substring(0, end < 0 ? part.length() : end)
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }
}
