package io.saldo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A class that a guide names, {@code Class}, {@code Class.member} or {@code Outer.Inner.member}, is there, and has it. */
class GuidesNameCodeTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z][a-z0-9]\\w*)((?:\\.\\w+)*)`");
    private static final Pattern LINKED = Pattern.compile("\\[`(\\w+)(?:\\.(\\w+))?`]\\(([^)]+)\\)");
    private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final List<String> MODULES = List.of(
            "jobs/core", "jobs/lake", "jobs/app", "jobs/bench", "reports/documents", "reports/judges", "sample-data");

    /** Names of others, and words that no class is called by. */
    private static final Set<String> FOREIGN = Set.of(
            "Alternative",
            "CronExpression",
            "FileChannel.force",
            "Files.delete",
            "Files.move",
            "JobOperator.stop",
            "PartitionHandler",
            "Util",
            "Helper",
            "Manager",
            "Impl");

    private static final Map<String, String> SOURCES = new TreeMap<>();

    /** The text of each file of code, by the name of its class; of two of one name, both texts. */
    @BeforeAll
    static void readSources() throws IOException {
        for (String module : MODULES) {
            try (Stream<Path> walk =
                    Files.walk(Program.repository("").resolve(module).resolve("src"))) {
                for (Path file :
                        walk.filter(each -> each.toString().endsWith(".java")).toList()) {
                    SOURCES.merge(
                            file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs/ARCHITECTURE.md",
                "jobs/BENCHMARKS.md",
                "jobs/CONTRIBUTING.md",
                "jobs/DECISIONS.md",
                "reports/documents/README.md"
            })
    void everyClassAndMemberThatAGuideNamesIsThere(String guide) throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (MatchResult named : NAMED.matcher(text(guide)).results().toList()) {
            String name = named.group(1) + named.group(2);
            boolean isFile = Pattern.matches(".*\\.(sql|md|yml|csv|json)", name);
            if (isFile || FOREIGN.contains(name)) {
                continue;
            }
            String source = SOURCES.get(named.group(1));
            if (source == null) {
                source = declaring(named.group(1));
            }
            boolean there = !source.isEmpty();
            for (String member : named.group(2).isEmpty()
                    ? List.<String>of()
                    : List.of(named.group(2).substring(1).split("\\."))) {
                there = there && declares(source, member);
            }
            if (there) {
                found++;
            } else {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).as("names in " + guide).isPositive();
    }

    @Test
    void everyLinkToCodeLeadsToTheClassThatItNames() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<MatchResult> links =
                LINKED.matcher(text("jobs/ARCHITECTURE.md")).results().toList();
        for (MatchResult link : links) {
            Path file = Program.repository("jobs").resolve(link.group(3)).normalize();
            boolean right = file.endsWith(link.group(1) + ".java") && Files.exists(file);
            if (!right || (link.group(2) != null && !declares(Files.readString(file), link.group(2)))) {
                wrong.add(link.group());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(links).as("the two walks").hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({"there, true", "called, false", "returned, false", "COMPONENT, true", "mentioned, false"})
    void aMemberIsDeclaredNotUsed(String member, boolean declared) {
        String source = """
                record Sample(String COMPONENT) {
                    /** Of {@code mentioned(int)}. */
                    static int there(int number) {
                        other.called(number);
                        return returned(number);
                    }
                }
                """;
        assertThat(declares(source, member)).isEqualTo(declared);
    }

    private static String text(String guide) throws IOException {
        return CODE_BLOCK
                .matcher(Files.readString(Program.repository("").resolve(guide)))
                .replaceAll("");
    }

    /** The text of the file in which a class of that name stands inside another one; empty where none does. */
    private static String declaring(String nested) {
        Pattern declaration = Pattern.compile("\\b(?:class|record|enum|interface) " + nested + "\\b");
        return SOURCES.values().stream()
                .filter(source -> declaration.matcher(source).find())
                .findFirst()
                .orElse("");
    }

    /** Whether there is a method, field, component, constant or nested type of that name. */
    private static boolean declares(String source, String member) {
        String after = "\\b\\s*(?:[(;=,){]|$)";
        boolean isConstant = member.equals(member.toUpperCase(Locale.ROOT));
        // Before it stands a type, which is no word of a statement; a constant may stand alone.
        String before = isConstant ? "[\\s{]" : "(?<!\\breturn)(?<!\\bnew)(?<!\\bthrow)(?<!\\bcode)(?<=[\\w>\\]])\\s+";
        return Pattern.compile(before + member + after, Pattern.MULTILINE)
                .matcher(source)
                .find();
    }
}
