package io.saldo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that a guide names, {@code ClassTest} or {@code ClassTest.method}, is there. */
class GuidesNameTestsTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md", "DECISIONS.md"})
    void everyTestThatAGuideNamesIsThere(String guide) throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        for (MatchResult named : NAMED.matcher(
                        Files.readString(Program.repository("jobs").resolve(guide)))
                .results()
                .toList()) {
            String source = sources.getOrDefault(named.group(1), "");
            boolean there = named.group(2) == null
                    ? !source.isEmpty()
                    : Pattern.compile("void " + named.group(2) + "\\(")
                            .matcher(source)
                            .find();
            if (!there) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    /** The text of each class of tests, by its name; of two of one name, both texts. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        Path root = Program.repository("");
        for (String module : List.of("jobs/core", "jobs/lake", "jobs/app", "reports/documents", "sample-data")) {
            try (Stream<Path> walk = Files.walk(root.resolve(module).resolve("src/test/java"))) {
                for (Path file : walk.filter(each -> each.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }
}
