package io.saldo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.time.Instants;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every record of the built-in profiles' deliveries becomes, and that each key of a profile can be set otherwise. */
class ProfilesTest {
    private static final Path DELIVERIES = Path.of("src/test/resources/profiles");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "litellm-spendlogs, csv",
        "litellm-spendlogs, jsonl",
        "openai-usage, json",
        "openmeter-cloudevents, jsonl",
        "openmeter-cloudevents, json",
        "opentelemetry-genai, jsonl",
        "opentelemetry-genai, json"
    })
    void readsEveryRecord(String profile, String format) throws IOException {
        SourceFormat source = source("profile: " + profile + "\nformat: " + format + "\n");
        assertThat(source.format()).isEqualTo(LogFormat.of(format));
        List<String> expected = Files.readAllLines(DELIVERIES.resolve(profile + ".txt"));
        List<String> found = read(DELIVERIES.resolve(profile + "." + format), source);
        Path target = Path.of("target/profiles");
        Files.createDirectories(target);
        Files.write(target.resolve(profile + ".txt"), found);
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aKeyWithoutAValueHasThatOfTheProfile() throws IOException {
        SourceFormat empty = source("""
                profile: litellm-spendlogs
                format: jsonl
                zone:
                identity: ~
                billable-statuses:
                mapping:
                  input_tokens:
                """);
        assertThat(empty).isEqualTo(source("profile: litellm-spendlogs\nformat: jsonl\n"));
        assertThat(source("profile: opentelemetry-genai\nformat: jsonl\npurpose: null\n")
                        .isBilling())
                .isFalse();
    }

    @Test
    void everyKeyCanBeSetOtherwise() throws IOException {
        SourceFormat builtIn = source("profile: litellm-spendlogs\nformat: jsonl\n");
        assertThat(builtIn.timestampZone()).isEqualTo("UTC");
        assertThat(builtIn.billableStatuses()).containsExactly("success");
        SourceFormat changed = source("""
                profile: litellm-spendlogs
                format: csv.gz
                zone: Europe/Berlin
                token-semantics: exclusive
                identity: content
                timestamp: epoch-nanos
                provider: azure
                account: api-key
                namespace: proxy
                billable-statuses: [success, cache-hit]
                purpose: comparison
                mapping:
                  event_id: ""
                  provider: ""
                  status: status
                """);
        assertThat(changed.timestampZone()).isEqualTo("Europe/Berlin");
        assertThat(changed.tokenSemantics()).isEqualTo(TokenSemantics.EXCLUSIVE);
        assertThat(changed.provider()).isEqualTo("azure");
        assertThat(changed.accountByKeyOnly()).isTrue();
        assertThat(changed.namespace()).isEqualTo("proxy");
        assertThat(changed.billableStatuses()).containsExactly("cache-hit", "success");
        assertThat(changed.isBilling()).isFalse();
        assertThat(changed.isBillable("success")).isFalse();
        assertThat(changed.placeOf(UsageColumn.STATUS)).isEqualTo("status");
        assertThat(changed.placeOf(UsageColumn.EVENT_ID)).isEmpty();
        assertThat(changed.placeOf(UsageColumn.INPUT_TOKENS)).isEqualTo("/prompt_tokens");
        SourceFormat spans = source("profile: opentelemetry-genai\nformat: jsonl\npurpose: billing\n");
        assertThat(spans.isBillable("chat")).isTrue();
        assertThat(spans.isBillable("invoke_agent")).isFalse();
    }

    /** The bodies of real responses, read by the mappings that the guide gives, come to what their authors make of them. */
    @ParameterizedTest
    @ValueSource(strings = {"openai-chat", "openai-responses", "anthropic", "google"})
    void readsWhatProvidersAnswer(String dialect) throws IOException {
        SourceFormat source = source(ConfigurationGuideTest.example("# " + dialect));
        Path file = DELIVERIES.resolve("usages-" + dialect + ".jsonl");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSizeGreaterThan(15);
        int line = 0;
        try (RawLog log = RawLog.open(file, source.layout(), folder)) {
            while (log.next()) {
                assertThat(log.malformation()).isNull();
                JsonNode expected =
                        JsonMapper.shared().readTree(lines.get(line++)).get("expected");
                long cached = count(log, UsageColumn.CACHED_INPUT_TOKENS);
                long written = count(log, UsageColumn.CACHE_WRITE_TOKENS);
                long input = count(log, UsageColumn.INPUT_TOKENS)
                        + (source.tokenSemantics() == TokenSemantics.EXCLUSIVE ? cached + written : 0);
                String as = dialect + " line " + line;
                assertThat(input).as(as).isEqualTo(count(expected, "input_tokens"));
                assertThat(cached).as(as).isEqualTo(count(expected, "cache_read_tokens"));
                assertThat(written).as(as).isEqualTo(count(expected, "cache_write_tokens"));
                assertThat(count(log, UsageColumn.OUTPUT_TOKENS)).as(as).isEqualTo(count(expected, "output_tokens"));
                assertThat(count(log, UsageColumn.REASONING_TOKENS))
                        .as(as)
                        .isEqualTo(count(expected, "output_reasoning_tokens"));
                assertThat(count(log, UsageColumn.AUDIO_INPUT_TOKENS))
                        .as(as)
                        .isEqualTo(count(expected, "input_audio_tokens") - count(expected, "cache_audio_read_tokens"));
            }
        }
        assertThat(line).isEqualTo(lines.size());
    }

    private static long count(RawLog log, UsageColumn column) {
        String text = log.text(column);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    private static long count(JsonNode expected, String name) {
        return expected.has(name) ? expected.get(name).asLong() : 0;
    }

    private static SourceFormat source(String yaml) {
        LoadedConfiguration loaded =
                ConfigurationFiles.right().put("sources/tested.yml", yaml).load();
        assertThat(loaded.problems()).isEmpty();
        return loaded.configuration().sources().get("tested").usage();
    }

    private static String shown(UsageColumn column, String text, SourceFormat source) {
        return column == UsageColumn.OCCURRED_AT
                ? Instants.format(source.timestamp().parse(text).orElseThrow())
                : text;
    }

    private List<String> read(Path file, SourceFormat source) throws IOException {
        List<String> records = new ArrayList<>();
        try (RawLog log = RawLog.open(file, source.layout(), folder)) {
            while (log.next()) {
                if (log.malformation() != null) {
                    records.add(log.malformation().toString());
                    continue;
                }
                StringBuilder record = new StringBuilder();
                Arrays.stream(UsageColumn.values())
                        .filter(column -> !log.text(column).isEmpty())
                        .forEach(column -> record.append(column.word())
                                .append('=')
                                .append(shown(column, log.text(column), source))
                                .append(' '));
                records.add(record.append(source.isBillable(log.text(UsageColumn.STATUS)) ? "billable" : "not billable")
                        .toString());
            }
        }
        return records;
    }
}
