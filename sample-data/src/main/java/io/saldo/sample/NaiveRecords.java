package io.saldo.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The records of a delivery, each as column to text, or what is wrong with it. Only plain CSV and JSONL. */
final class NaiveRecords {
    static final List<String> QUANTITIES = List.of(
            "input_tokens",
            "cached_input_tokens",
            "cache_write_tokens",
            "output_tokens",
            "reasoning_tokens",
            "audio_input_tokens",
            "audio_output_tokens",
            "units",
            "requests");
    static final List<String> TEXTS = List.of(
            "event_id",
            "occurred_at",
            "account_id",
            "project_id",
            "api_key_id",
            "provider",
            "model",
            "service_tier",
            "status");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The record of one line as column to text, or what is wrong with the line. */
    record Raw(Map<String, String> columns, String problem) {}

    private NaiveRecords() {}

    /** Reads them in their order. */
    static List<Raw> read(byte[] bytes, PlainYaml settings) {
        return settings.text("format", "csv").equals("jsonl") ? jsonLines(bytes, settings) : csvRows(bytes, settings);
    }

    private static List<Raw> csvRows(byte[] bytes, PlainYaml settings) {
        List<Raw> rows = new ArrayList<>();
        List<CsvText.Line> lines = CsvText.lines(bytes);
        List<String> header = lines.get(0).fields();
        for (CsvText.Line line : lines.subList(1, lines.size())) {
            if (line.problem().equals("USG-001")) {
                rows.add(new Raw(Map.of(), line.problem()));
            } else if (line.fields().size() != header.size()) {
                rows.add(new Raw(Map.of(), "USG-002"));
            } else if (!line.problem().isEmpty()) {
                rows.add(new Raw(Map.of(), line.problem()));
            } else {
                Map<String, String> fields = CsvText.row(header, line.fields());
                rows.add(new Raw(
                        settings.text("profile", "").equals("saldo")
                                ? canonical(settings, mapped -> NaiveIntake.column(fields, mapped))
                                : fields,
                        ""));
            }
        }
        return rows;
    }

    private static List<Raw> jsonLines(byte[] bytes, PlainYaml settings) {
        List<Raw> rows = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at < bytes.length && bytes[at] != '\n') {
                continue;
            }
            byte[] line = Arrays.copyOfRange(bytes, start, at);
            start = at + 1;
            String text = CsvText.strictUtf8(line);
            if (text.equals(CsvText.NOT_UTF_8)) {
                rows.add(new Raw(Map.of(), "USG-009"));
            } else if (!text.isBlank()) {
                rows.add(jsonRow(text, settings));
            }
        }
        return rows;
    }

    private static Raw jsonRow(String text, PlainYaml settings) {
        try {
            JsonNode record = JSON.readTree(text);
            if (!record.isObject()) {
                return new Raw(Map.of(), "USG-001");
            }
            return new Raw(
                    canonical(settings, mapped -> {
                        JsonNode node = record.at(mapped.startsWith("/") ? mapped : "/" + mapped);
                        return node.isMissingNode() || node.isNull() ? "" : jsonText(node);
                    }),
                    "");
        } catch (JacksonException malformed) {
            return new Raw(Map.of(), "USG-001");
        }
    }

    private static String jsonText(JsonNode node) {
        return node.isNumber() ? node.decimalValue().toPlainString() : node.asString();
    }

    private static Map<String, String> canonical(PlainYaml settings, Function<String, String> field) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (List<String> names : List.of(TEXTS, QUANTITIES)) {
            for (String name : names) {
                columns.put(name, field.apply(settings.text("mapping." + name, name)));
            }
        }
        if (NaiveIntake.column(columns, "provider").isEmpty()) {
            columns.put("provider", settings.text("provider", ""));
        }
        if (settings.text("account", "field").equals("api-key")) {
            columns.put("account_id", "");
        }
        return columns;
    }
}
