package io.saldo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.design.Colour;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds config/README.md against the code: what the loader knows stands there, and nothing else does. */
class ConfigurationGuideTest {
    private static final Pattern HEADING = Pattern.compile("## `([^`]+)`");
    private static final Pattern ENTRY = Pattern.compile("\\| \\**`([^`]+)`(\\**) \\|.*");
    private static final Pattern COLUMNS_OF_PROFILE = Pattern.compile(" {3}\\| `([a-z-]+)`.* \\| (.+) \\|");

    private static List<String> guide() throws IOException {
        return Files.readAllLines(ConfigurationFiles.defaults().resolve("README.md"));
    }

    /** The first column of every table below each file's heading. */
    private static Map<String, Set<String>> explained() throws IOException {
        Map<String, Set<String>> explained = new TreeMap<>();
        String file = "";
        for (String line : guide()) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                file = heading.group(1);
                explained.put(file, new TreeSet<>());
            }
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                assertThat(explained.get(file).add(entry.group(1))).as(line).isTrue();
            }
        }
        return explained;
    }

    @Test
    void explainsEveryKeyAndColumnAndNoOther() throws IOException {
        Map<String, Set<String>> known = new TreeMap<>();
        Set<String> application = below("saldo", ConfigurationKeys.APPLICATION);
        application.addAll(below(DatabaseSettings.SECTION, ConfigurationKeys.DATABASE));
        application.addAll(below(OperationSettings.SCHEDULE, ConfigurationKeys.SCHEDULE));
        application.addAll(below(OperationSettings.MONITORING, ConfigurationKeys.MONITORING));
        application.addAll(below(OperationSettings.MAIL, ConfigurationKeys.MAIL));
        application.addAll(below(OperationSettings.WEBHOOK, ConfigurationKeys.WEBHOOK));
        application.addAll(below(RetentionSettings.SECTION, ConfigurationKeys.RETENTION));
        known.put("application.yml", application);
        known.put("issuer.yml", below("issuer", ConfigurationKeys.ISSUER));
        Set<String> tax = new TreeSet<>(List.of("profiles.NAME.category", "profiles.NAME.rates"));
        tax.addAll(below("profiles.NAME.rates", ConfigurationKeys.TAX_RATE));
        tax.addAll(below("profiles.NAME.text", ConfigurationKeys.LANGUAGES));
        known.put("tax.yml", tax);
        Set<String> ledger = below("accounts", ConfigurationKeys.LEDGER);
        ledger.addAll(below("datev", ConfigurationKeys.DATEV));
        known.put("ledger.yml", ledger);
        Set<String> reconciliation = new TreeSet<>(Set.of("grace-days.CODE"));
        reconciliation.addAll(below("tolerance", ConfigurationKeys.TOLERANCE));
        reconciliation.add("cost-books.PROVIDER");
        reconciliation.addAll(below("declines", ConfigurationKeys.DECLINES));
        reconciliation.addAll(below("health", ConfigurationKeys.HEALTH));
        known.put("reconciliation.yml", reconciliation);
        Set<String> design = new TreeSet<>(Set.of("logo", "texts.LANGUAGE.KEY"));
        design.addAll(below(
                "colours", Arrays.stream(Colour.values()).map(Colour::word).toList()));
        known.put("documents/design.yml", design);
        known.put("sources/*.yml", new TreeSet<>(ConfigurationKeys.anySource()));
        for (ReferenceTable table : ReferenceTable.values()) {
            known.put(table.file(), new TreeSet<>(table.columns()));
        }
        assertThat(explained()).isEqualTo(known);
    }

    @Test
    void marksTheRequiredColumns() throws IOException {
        Set<String> marked = new TreeSet<>();
        String file = "";
        for (String line : guide()) {
            Matcher heading = HEADING.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (heading.matches()) {
                file = heading.group(1);
            } else if (entry.matches() && !entry.group(2).isEmpty()) {
                marked.add(file + " " + entry.group(1));
            }
        }
        Set<String> required = new TreeSet<>();
        for (ReferenceTable table : ReferenceTable.values()) {
            table.requiredColumns().forEach(column -> required.add(table.file() + " " + column));
        }
        assertThat(marked).isEqualTo(required);
    }

    @Test
    void listsTheCanonicalColumnsOfEveryProfile() throws IOException {
        Map<String, List<String>> listed = new LinkedHashMap<>();
        for (String line : guide()) {
            Matcher matcher = COLUMNS_OF_PROFILE.matcher(line);
            if (matcher.matches()) {
                listed.put(matcher.group(1), List.of(matcher.group(2).split(", ")));
            }
        }
        Map<String, List<String>> known = new LinkedHashMap<>();
        Arrays.stream(Source.Profile.values())
                .filter(profile -> SourceLoader.builtIn(profile) == null)
                .forEach(profile -> known.put(profile.word(), ConfigurationKeys.mappable(profile)));
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void theDefaultTablesHaveEveryColumn() throws IOException {
        Path folder = ConfigurationFiles.defaults();
        for (ReferenceTable table : ReferenceTable.values()) {
            assertThat(folder.resolve(table.file().replace("*", "list")))
                    .hasContent(String.join(",", table.columns()) + "\n");
        }
    }

    @Test
    void theExamplesOfTheGuideAreSources() throws IOException {
        List<String> examples = examples();
        assertThat(examples).hasSizeGreaterThan(5);
        for (String example : examples) {
            LoadedConfiguration loaded =
                    ConfigurationFiles.right().put("sources/guide.yml", example).load();
            assertThat(loaded.problems()).as(example).isEmpty();
        }
    }

    @Test
    void describesEveryBuiltInProfile() throws IOException {
        String guide = String.join("\n", guide());
        for (Source.Profile profile : Source.Profile.values()) {
            try (InputStream builtIn =
                    ConfigurationGuideTest.class.getResourceAsStream("/profiles/" + profile.word() + ".yml")) {
                assertThat(builtIn != null).isEqualTo(guide.contains("#### `" + profile.word() + "`"));
            }
        }
    }

    /** The example of the guide that begins so. */
    static String example(String beginning) throws IOException {
        return examples().stream()
                .filter(example -> example.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no example begins with " + beginning));
    }

    private static List<String> examples() throws IOException {
        return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(String.join("\n", guide()))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Set<String> below(String path, Collection<String> keys) {
        Set<String> paths = new TreeSet<>();
        keys.forEach(key -> paths.add(path + "." + key));
        return paths;
    }
}
