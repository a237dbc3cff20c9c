package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.lake.source.LogFormat;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
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
    private static final String BYTE_ORDER_MARK = "\uFEFF";
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
     * @param byteOffset where it starts, from 0 on
     * @param header what names its fields, as it was; null where the format has none
     * @param raw as it was delivered, without its line end
     */
    record Entry(
            long line,
            Map<String, String> fields,
            @Nullable String malformed,
            long byteOffset,
            @Nullable String header,
            String raw) {}

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
        if (text.isBlank() || text.equals(BYTE_ORDER_MARK)) {
            return new Feed(List.of(), null, "");
        }
        Cursor cursor = new Cursor(text);
        return source.format() == LogFormat.CSV ? csv(cursor, source) : jsonLines(cursor, source);
    }

    /** Cuts a text into records, and knows the line and the byte at which each starts. */
    private static final class Cursor {
        private final String text;
        private int position;
        private long line = 1;
        private long byteOffset;

        Cursor(String text) {
            boolean marked = text.startsWith(BYTE_ORDER_MARK);
            this.text = marked ? text.substring(1) : text;
            byteOffset = marked ? 3 : 0;
        }

        /** Goes on to the first character from there that is no line end. */
        void skipTo(int from) {
            int to = from;
            while (to < text.length() && isLineEnd(text.charAt(to))) {
                to++;
            }
            for (int each = position; each < to; each++) {
                char character = text.charAt(each);
                boolean halfOfLineEnd = character == '\r' && each + 1 < text.length() && text.charAt(each + 1) == '\n';
                line += isLineEnd(character) && !halfOfLineEnd ? 1 : 0;
            }
            byteOffset += text.substring(position, to).getBytes(StandardCharsets.UTF_8).length;
            position = to;
        }

        /** What stands from here up to there, without the line ends behind it. */
        String upTo(int to) {
            int end = Math.max(to, position);
            while (end > position && isLineEnd(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(position, end);
        }

        private static boolean isLineEnd(char character) {
            return character == '\n' || character == '\r';
        }
    }

    private static Feed csv(Cursor cursor, Source source) {
        List<Entry> entries = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(
                cursor.text,
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .get())) {
            List<String> missing = source.feedMapping().values().stream()
                    .filter(column ->
                            !column.isEmpty() && !parser.getHeaderMap().containsKey(column))
                    .toList();
            if (!missing.isEmpty()) {
                return new Feed(List.of(), ProblemCode.HEADER, "the header lacks " + String.join(", ", missing));
            }
            List<CSVRecord> records = parser.getRecords();
            cursor.skipTo(0);
            String header = records.isEmpty()
                    ? ""
                    : cursor.upTo(Math.toIntExact(records.get(0).getCharacterPosition()));
            for (int record = 0; record < records.size(); record++) {
                CSVRecord each = records.get(record);
                cursor.skipTo(Math.toIntExact(each.getCharacterPosition()));
                String raw = cursor.upTo(
                        record + 1 < records.size()
                                ? Math.toIntExact(records.get(record + 1).getCharacterPosition())
                                : cursor.text.length());
                Map<String, String> fields = new LinkedHashMap<>();
                String malformed = null;
                if (each.size() != parser.getHeaderMap().size()) {
                    malformed = each.size() + " columns where the header has "
                            + parser.getHeaderMap().size();
                } else {
                    source.feedMapping()
                            .forEach((column, name) -> fields.put(column, name.isEmpty() ? "" : each.get(name)));
                }
                entries.add(new Entry(cursor.line, fields, malformed, cursor.byteOffset, header, raw));
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException malformed) {
            return new Feed(
                    List.of(), ProblemCode.UNREADABLE_DELIVERY, "the file is not CSV: " + malformed.getMessage());
        }
        return new Feed(entries, null, "");
    }

    private static Feed jsonLines(Cursor cursor, Source source) {
        List<Entry> entries = new ArrayList<>();
        for (cursor.skipTo(0); cursor.position < cursor.text.length(); ) {
            int end = cursor.text.indexOf('\n', cursor.position);
            String raw = cursor.upTo(end < 0 ? cursor.text.length() : end);
            if (!raw.isBlank()) {
                Map<String, String> fields = new TreeMap<>();
                String malformed = null;
                try {
                    JsonNode node = JSON.readTree(raw);
                    if (node.isObject()) {
                        source.feedMapping().forEach((column, pointer) -> fields.put(column, text(node, pointer)));
                    } else {
                        malformed = "not a JSON object";
                    }
                } catch (JacksonException notJson) {
                    malformed = "not JSON";
                }
                entries.add(new Entry(
                        cursor.line, malformed == null ? fields : Map.of(), malformed, cursor.byteOffset, null, raw));
            }
            cursor.skipTo(cursor.position + raw.length());
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
