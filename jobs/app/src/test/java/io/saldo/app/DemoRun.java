package io.saldo.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One undisturbed demo, run once for all the tests that look at it. Nobody may write into its home. */
public final class DemoRun {
    /** The month of the sample data. */
    public static final String MONTH = "2026-10";

    private final Path home;
    private final Program program;
    private final SortedMap<String, byte[]> published;

    private DemoRun(Path home, Program program) throws IOException {
        this.home = home;
        this.program = program;
        this.published = publishedIn(home);
    }

    /** Gives the demo to tests as a parameter. */
    public static final class Extension implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(DemoRun.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == DemoRun.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(DemoRun.class, key -> new Kept(), Kept.class)
                    .run;
        }
    }

    /** Deletes the home when all tests have ended. */
    private static final class Kept implements AutoCloseable {
        private final Path folder;
        private final DemoRun run;

        private Kept() {
            try {
                folder = Files.createTempDirectory("saldo-demo-");
                Path home = folder.resolve("home");
                run = new DemoRun(home, start(home, Program.repository("sample-data")));
            } catch (IOException cannotRun) {
                throw new UncheckedIOException(cannotRun);
            }
        }

        @Override
        public void close() throws IOException {
            Folders.remove(folder);
        }
    }

    /** Runs a demo. */
    public static Program start(Path home, Path sampleData) {
        return Program.in(home, "demo", "--sample-data", sampleData.toString());
    }

    /** The bytes of everything that a home published for the month: exports, open accounts, documents, night reports. */
    public static SortedMap<String, byte[]> publishedIn(Path home) throws IOException {
        SortedMap<String, byte[]> published = new TreeMap<>();
        for (String folder : List.of("exports/" + MONTH, "closes/" + MONTH, "invoices/" + MONTH, "nights")) {
            Folders.bytes(home.resolve("out").resolve(folder))
                    .forEach((name, bytes) -> published.put(folder + "/" + name, bytes));
        }
        return published;
    }

    /** The header of an export. */
    public static List<String> header(Path csv) {
        return parse(csv).get(0);
    }

    /** The rows of a CSV file, by column. */
    public static List<Map<String, String>> rows(Path csv) {
        List<List<String>> all = parse(csv);
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> cells : all.subList(1, all.size())) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int column = 0; column < cells.size(); column++) {
                row.put(all.get(0).get(column), cells.get(column));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<List<String>> parse(Path csv) {
        try (CSVParser parser = CSVParser.parse(csv, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
            return parser.getRecords().stream().map(CSVRecord::toList).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Its home. */
    public Path home() {
        return home;
    }

    /** How it ended and what it printed. */
    public Program program() {
        return program;
    }

    /** The bytes that it published, as they were when it ended. */
    public SortedMap<String, byte[]> published() {
        return published;
    }

    /** An export. */
    public Path export(String name) {
        return home.resolve("out/exports").resolve(MONTH).resolve(name + ".csv");
    }

    /** The rows of an export. */
    public List<Map<String, String>> table(String name) {
        return rows(export(name));
    }
}
