package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records inside documents: which they are, where they are, what surrounds them. */
class JsonDocumentTest {
    private static final String PAGES = "/data/*/results/*";

    @TempDir
    Path folder;

    static Stream<Arguments> documents() {
        return Stream.of(
                Arguments.of("an array", "", "[{\"a\":1},\n{\"a\":\"2\"}]", List.of("1@1+7 1|", "2@10+9 2|")),
                Arguments.of("an empty array", "", " [ ] ", List.of()),
                Arguments.of("null", "", "null", List.of()),
                Arguments.of("byte order mark", "", "\uFEFF[{\"a\":1}]", List.of("1@4+7 1|")),
                Arguments.of(
                        "arrays one after the other", "", "[{\"a\":1}]\n[{\"a\":2}]", List.of("1@1+7 1|", "2@11+7 2|")),
                Arguments.of(
                        "a wrapper", "/data/*", "{\"x\":[{}],\"data\":[{\"a\":1}],\"y\":{}}", List.of("1@18+7 1|")),
                Arguments.of(
                        "pages of buckets",
                        PAGES,
                        "{\"data\":[{\"t\":5,\"results\":[{\"a\":1},{\"a\":2}]},{\"t\":6,\"results\":[]},{\"t\":7,\"results\":[{\"a\":3}]}],\"has_more\":false}",
                        List.of("1@27+7 1|5", "2@35+7 2|5", "3@84+7 3|7")),
                Arguments.of(
                        "what surrounds comes later",
                        PAGES,
                        "{\"data\":[{\"results\":[{\"a\":1},{\"a\":2}],\"t\":5},{\"results\":[{\"a\":3}]}]}",
                        List.of("1@21+7 1|5", "2@29+7 2|5", "3@57+7 3|")),
                Arguments.of("no list", PAGES, "{\"data\":[{\"t\":5,\"results\":null}]}", List.of()),
                Arguments.of(
                        "entries that are no records",
                        "",
                        "[7,\"x\",null,[1],{\"a\":1}]",
                        List.of(
                                "1@1+1 MALFORMED the record is no JSON object",
                                "2@3+3 MALFORMED the record is no JSON object",
                                "3@7+4 MALFORMED the record is no JSON object",
                                "4@12+3 MALFORMED the record is no JSON object",
                                "5@16+7 1|")),
                Arguments.of(
                        "a bad record among good ones",
                        "",
                        "[{\"a\":1,\"a\":2},{\"a\":{}},{\"a\":3}]",
                        List.of(
                                "1@1+13 MALFORMED the record has /a twice",
                                "2@15+8 MALFORMED /a is an object, where a single value is expected",
                                "3@24+7 3|")),
                Arguments.of(
                        "a record that is nested too deep",
                        "",
                        "[{\"x\":" + "[".repeat(100) + "]".repeat(100) + "},{\"a\":3}]",
                        List.of("1@1+206 MALFORMED", "2@208+7 3|")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void readsRecords(String name, String records, String text, List<String> expected) throws IOException {
        List<String> read = read(records, text.getBytes(StandardCharsets.UTF_8));
        assertThat(read).as(name).hasSameSizeAs(expected);
        for (int record = 0; record < expected.size(); record++) {
            assertThat(read.get(record)).startsWith(expected.get(record));
        }
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("", "", "it is empty, where a JSON document is expected"),
                Arguments.of("", "[{\"a\":1}", "it is no JSON from line 1, column 9 on: .*"),
                Arguments.of("", "[{\"a\":1},\n{\"a\":", "it is no JSON from line 2, column 6 on: .*"),
                Arguments.of("", "[{\"a\":1}] x", "it is no JSON from line 1, column 1[12] on: .*"),
                Arguments.of("", "[{\"a\":1},{\"a\":01}]", "it is no JSON from line 1, .*"),
                Arguments.of("", "[{\"a\":1 \"b\":2}]", "it is no JSON from line 1, .*"),
                Arguments.of("", "[" + "[".repeat(600), "it is no JSON from line 1, .*depth.*"),
                Arguments.of(
                        "",
                        "{\"error\":{}}",
                        "its records cannot be found at /\\*: on line 1, the document is no array: say in the source's"
                                + " records where they are, such as /data/\\*"),
                Arguments.of(
                        PAGES,
                        "{\"error\":{}}",
                        "its records cannot be found at /data/\\*/results/\\*: on line 1, there is no /data in it"),
                Arguments.of(PAGES, "{\"data\":{}}", ".*: on line 1, /data is no array"),
                Arguments.of(PAGES, "{\"data\":[{}]}", ".*: on line 1, there is no /data/\\*/results in it"),
                Arguments.of(PAGES, "{\"data\":[[]]}", ".*: on line 1, /data/\\* is no object"),
                Arguments.of(PAGES, "{\"data\":[],\"data\":[]}", ".*: on line 1, the object has data twice"),
                Arguments.of(
                        PAGES,
                        "{\"data\":[{\"t\":1,\"t\":2,\"results\":[]}]}",
                        ".*: on line 1, the object has t twice"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refusesTheDelivery(String records, String text, String message) {
        assertThatThrownBy(() -> read(records, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problems().get(0).what()).matches(message));
    }

    @Test
    void refusesOtherEncodings() {
        assertThatThrownBy(() -> read("", "[{\"a\":1}]".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("it is not UTF-8");
        byte[] latin = "[{\"a\":\"?\"}]".getBytes(StandardCharsets.UTF_8);
        latin[7] = (byte) 0xE4;
        assertThatThrownBy(() -> read("", latin))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("it is no JSON from line 1");
    }

    @Test
    void longRecordsAreCutAndTheNextIsFound() throws IOException {
        for (int length : new int[] {
            RawLog.RECORD_BYTES_MAX - 20,
            RawLog.RECORD_BYTES_MAX + 1,
            RawLog.RECORD_BYTES_MAX + 70_000,
            3 * RawLog.RECORD_BYTES_MAX
        }) {
            String text = "[{\"a\":1},{\"x\":\"" + "y".repeat(length) + "\"},{\"a\":3}]";
            List<String> read = read("", text.getBytes(StandardCharsets.UTF_8));
            assertThat(read).hasSize(3);
            assertThat(read.get(0)).isEqualTo("1@1+7 1|");
            assertThat(read.get(1))
                    .isEqualTo("2@9+" + (length + 8)
                            + (length + 8 > RawLog.RECORD_BYTES_MAX
                                    ? " MALFORMED the record is longer than 1048576 bytes"
                                    : " |"));
            assertThat(read.get(2)).isEqualTo("3@" + (length + 18) + "+7 3|");
        }
    }

    @Test
    void recordsWaitWithinBoundsForWhatSurroundsThem() throws IOException {
        String record = "{\"a\":\"" + "y".repeat(1_000) + "\"}";
        String some = "{\"data\":[{\"results\":[" + (record + ",").repeat(9_999) + record + "],\"t\":5}]}";
        List<String> read = read(PAGES, some.getBytes(StandardCharsets.UTF_8));
        assertThat(read).hasSize(10_000).allMatch(each -> each.endsWith("y|5"));
        String many = "{\"data\":[{\"results\":[" + (record + ",").repeat(19_999) + record + "],\"t\":5}]}";
        assertThatThrownBy(() -> read(PAGES, many.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the values around the records come after more than 16 MiB of them");
        String early = "{\"data\":[{\"t\":5,\"results\":[" + (record + ",").repeat(19_999) + record + "]}]}";
        assertThat(read(PAGES, early.getBytes(StandardCharsets.UTF_8))).hasSize(20_000);
    }

    private List<String> read(String place, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("usage.json"), bytes);
        Map<String, String> mapping = new LinkedHashMap<>();
        mapping.put("a", "/a");
        mapping.put("t", place.equals(PAGES) ? "../t" : "");
        RecordLayout layout = RecordLayout.amounts(LogFormat.JSON, Compression.ANY, place, mapping);
        List<String> records = new ArrayList<>();
        try (RawLog log = RawLog.open(file, layout, folder)) {
            while (log.next()) {
                int offset = (int) log.byteOffset();
                int kept = (int) Math.min(log.byteLength(), RawLog.RECORD_BYTES_MAX);
                assertThat(new String(log.rawBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(
                                new String(Arrays.copyOfRange(bytes, offset, offset + kept), StandardCharsets.UTF_8));
                Malformation malformation = log.malformation();
                records.add(log.line() + "@" + offset + "+" + log.byteLength() + " "
                        + (malformation != null
                                ? malformation.code().name() + " " + malformation.message()
                                : log.text(0) + "|" + log.text(1)));
            }
        }
        return records;
    }
}
