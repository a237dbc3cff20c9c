package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.lake.source.LogFormat;
import io.saldo.problem.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads deliveries of credits, balances and payments: small tables, so a delivery is read as a whole. */
final class FeedReader {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private FeedReader() {}

    /**
     * One record, by canonical column.
     *
     * @param line on which it starts, from 1 on
     * @param fields every canonical column of the profile, empty where the feed has none; no entries where malformed
     * @param malformed what is malformed about it; null where its fields could be read
     */
    record Entry(long line, Map<String, String> fields, @Nullable String malformed) {}

    /** What a delivery came to: its records, or why it could not be read as a whole. */
    record Feed(List<Entry> entries, @Nullable ProblemCode problem, String message) {}

    static Feed read(Path file, Source source) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new Feed(List.of(), ProblemCode.UNREADABLE_DELIVERY, "the file is not UTF-8");
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        return source.format() == LogFormat.CSV ? csv(text, source) : jsonLines(text, source);
    }

    private static Feed csv(String text, Source source) {
        List<Entry> entries = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(
                text,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .get())) {
            List<String> missing = source.feedMapping().values().stream()
                    .filter(column -> !column.isEmpty() && !parser.getHeaderMap().containsKey(column))
                    .toList();
            if (!missing.isEmpty()) {
                return new Feed(List.of(), ProblemCode.HEADER, "the header lacks " + String.join(", ", missing));
            }
            long line = parser.getCurrentLineNumber() + 1;
            for (CSVRecord each : parser) {
                Map<String, String> fields = new LinkedHashMap<>();
                if (each.size() != parser.getHeaderMap().size()) {
                    entries.add(new Entry(
                            line,
                            fields,
                            each.size() + " columns where the header has "
                                    + parser.getHeaderMap().size()));
                } else {
                    source.feedMapping()
                            .forEach((column, name) -> fields.put(column, name.isEmpty() ? "" : each.get(name)));
                    entries.add(new Entry(line, fields, null));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException malformed) {
            return new Feed(List.of(), ProblemCode.UNREADABLE_DELIVERY, "the file is not CSV: " + malformed.getMessage());
        }
        return new Feed(entries, null, "");
    }

    private static Feed jsonLines(String text, Source source) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Reader reader = new java.io.StringReader(text);
                BufferedReader lines = new BufferedReader(reader)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                Map<String, String> fields = new TreeMap<>();
                String malformed = null;
                try {
                    JsonNode node = JSON.readTree(line);
                    if (node.isObject()) {
                        source.feedMapping().forEach((column, pointer) -> fields.put(column, text(node, pointer)));
                    } else {
                        malformed = "not a JSON object";
                    }
                } catch (JacksonException notJson) {
                    malformed = "not JSON";
                }
                entries.add(new Entry(number, malformed == null ? fields : Map.of(), malformed));
            }
        }
        return new Feed(entries, null, "");
    }

    private static String text(JsonNode node, String pointer) {
        if (pointer.isEmpty()) {
            return "";
        }
        JsonNode value = node.at(pointer);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asString();
    }
}
