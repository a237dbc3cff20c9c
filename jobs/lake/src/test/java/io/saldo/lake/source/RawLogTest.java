package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.problem.ProblemException;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of both formats, as a table: what is a record, where it is, what it says. */
class RawLogTest {
    @TempDir
    Path folder;

    static Stream<Arguments> csv() {
        String h = "event_id,occurred_at,model,api_key_id\n";
        return Stream.of(
                Arguments.of("plain", h + "a,t,m,k\nb,t,m,k\n", List.of("2@38+7 a|t|m|k", "3@46+7 b|t|m|k")),
                Arguments.of("missing last newline", h + "a,t,m,k", List.of("2@38+7 a|t|m|k")),
                Arguments.of(
                        "CR LF",
                        "event_id,occurred_at,model,api_key_id\r\na,t,m,k\r\nb,t,m,k\r\n",
                        List.of("2@39+7 a|t|m|k", "3@48+7 b|t|m|k")),
                Arguments.of(
                        "CR alone",
                        "event_id,occurred_at,model,api_key_id\ra,t,m,k\rb,t,m,k",
                        List.of("2@38+7 a|t|m|k", "3@46+7 b|t|m|k")),
                Arguments.of("byte order mark", "\uFEFF" + h + "a,t,m,k\n", List.of("2@41+7 a|t|m|k")),
                Arguments.of(
                        "blank lines are no records",
                        "\n" + h + "\n\r\n  \t\na,t,m,k\n\n\nb,t,m,k\n\n",
                        List.of("6@46+7 a|t|m|k", "9@56+7 b|t|m|k")),
                Arguments.of(
                        "columns in any order, unknown columns ignored",
                        "x,api_key_id,model,event_id,occurred_at\n?,k,m,a,t\n",
                        List.of("2@40+9 a|t|m|k")),
                Arguments.of(
                        "quoted field with comma, quote and line end",
                        h + "a,t,\"m,\"\"x\"\"\n2\",k\nb,t,m,k\n",
                        List.of("2@38+17 a|t|m,\"x\"\n2|k", "4@56+7 b|t|m|k")),
                Arguments.of(
                        "line ends inside quotes count lines: LF, CR LF, CR",
                        h + "a,t,\"1\n2\r\n3\r4\",k\nb,t,m,k\n",
                        List.of("2@38+16 a|t|1\n2\r\n3\r4|k", "6@55+7 b|t|m|k")),
                Arguments.of(
                        "quoted header",
                        "\"event_id\",occurred_at,model,\"api_key_id\"\na,t,m,k\n",
                        List.of("2@42+7 a|t|m|k")),
                Arguments.of("empty quoted field", h + "a,t,\"\",k\n", List.of("2@38+8 a|t||k")),
                Arguments.of("blanks are part of a field", h + " a,t, m ,k\n", List.of("2@38+10  a|t| m |k")),
                Arguments.of(
                        "too few columns",
                        h + "a,t,m\nb,t,m,k\n",
                        List.of("2@38+5 COLUMN_COUNT the record has 3 columns, its header has 4", "3@44+7 b|t|m|k")),
                Arguments.of(
                        "too many columns",
                        h + "a,t,m,k,\nb,t,m,k\n",
                        List.of("2@38+8 COLUMN_COUNT the record has 5 columns, its header has 4", "3@47+7 b|t|m|k")),
                Arguments.of(
                        "unterminated quote swallows the rest, as one record",
                        h + "a,t,m,k\nb,\"t,m,k\nc,t,m,k\n",
                        List.of(
                                "2@38+7 a|t|m|k",
                                "3@46+17 MALFORMED the record has a quote in field occurred_at that is not closed before the end of the file")),
                Arguments.of(
                        "quote inside an unquoted field",
                        h + "a,t\"x,m,k\nb,t,m,k\n",
                        List.of(
                                "2@38+9 MALFORMED the record has a quote inside the unquoted field occurred_at",
                                "3@48+7 b|t|m|k")),
                Arguments.of(
                        "text after a closing quote",
                        h + "a,\"t\"x,m,k\nb,t,m,k\n",
                        List.of(
                                "2@38+10 MALFORMED the record has text after the closing quote of field occurred_at",
                                "3@49+7 b|t|m|k")),
                Arguments.of("only commas are a record", h + ",,,\n", List.of("2@38+3 |||")),
                Arguments.of("no record", h, List.of()),
                Arguments.of(
                        "a byte order mark later is text", h + "\uFEFFa,t,m,k\n", List.of("2@38+10 \uFEFFa|t|m|k")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("csv")
    void readsCsv(String name, String text, List<String> expected) throws IOException {
        assertThat(read(text.getBytes(StandardCharsets.UTF_8), LogFormat.CSV))
                .as(name)
                .isEqualTo(expected);
    }

    static Stream<Arguments> jsonLines() {
        String good = "{\"event_id\":\"a\",\"occurred_at\":\"t\",\"model\":\"m\",\"api_key_id\":\"k\"}";
        return Stream.of(
                Arguments.of("plain", good + "\n" + good + "\n", List.of("1@0+63 a|t|m|k", "2@64+63 a|t|m|k")),
                Arguments.of("missing last newline", good, List.of("1@0+63 a|t|m|k")),
                Arguments.of("CR LF", good + "\r\n" + good, List.of("1@0+63 a|t|m|k", "2@65+63 a|t|m|k")),
                Arguments.of("byte order mark", "\uFEFF" + good, List.of("1@3+63 a|t|m|k")),
                Arguments.of("blank lines", "\n \r\n" + good + "\n\n", List.of("3@4+63 a|t|m|k")),
                Arguments.of(
                        "other members, nested", "{\"x\":{\"model\":[1,{}]},\"model\":\"m\"}", List.of("1@0+34 ||m|")),
                Arguments.of("null is empty", "{\"model\":null}", List.of("1@0+14 |||")),
                Arguments.of(
                        "numbers are their text, exactly",
                        "{\"model\":12345678901234567890.1200e5,\"event_id\":-0,\"api_key_id\":true}",
                        List.of("1@0+69 -0||12345678901234567890.1200e5|true")),
                Arguments.of("escapes", "{\"model\":\"\\u00fc\\n\\ud83d\\ude00\\/\"}", List.of("1@0+34 ||ü\n😀/|")),
                Arguments.of("other scripts", "{\"model\":\"zürich 東京\"}", List.of("1@0+26 ||zürich 東京|")),
                Arguments.of(
                        "half of a surrogate pair",
                        "{\"model\":\"\\ud83d\"}\n" + good,
                        List.of("1@0+18 BAD_ENCODING /model has half of a surrogate pair", "2@19+63 a|t|m|k")),
                Arguments.of(
                        "twice",
                        "{\"model\":\"a\",\"model\":\"b\"}",
                        List.of("1@0+25 MALFORMED the record has /model twice")),
                Arguments.of(
                        "twice, where it does not matter", "{\"x\":1,\"x\":2,\"model\":\"b\"}", List.of("1@0+25 ||b|")),
                Arguments.of(
                        "an object",
                        "{\"model\":{}}",
                        List.of("1@0+12 MALFORMED /model is an object, where a single value is expected")),
                Arguments.of(
                        "an array",
                        "{\"model\":[1]}",
                        List.of("1@0+13 MALFORMED /model is an array, where a single value is expected")),
                Arguments.of(
                        "no object",
                        "[1]\n7\n\"x\"\nnull",
                        List.of(
                                "1@0+3 MALFORMED the record is no JSON object",
                                "2@4+1 MALFORMED the record is no JSON object",
                                "3@6+3 MALFORMED the record is no JSON object",
                                "4@10+4 MALFORMED the record is no JSON object")),
                Arguments.of(
                        "two values",
                        good + good,
                        List.of("1@0+126 MALFORMED the record has more than one JSON value")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jsonLines")
    void readsJsonLines(String name, String text, List<String> expected) throws IOException {
        assertThat(read(text.getBytes(StandardCharsets.UTF_8), LogFormat.JSONL))
                .as(name)
                .isEqualTo(expected);
    }

    @Test
    void brokenJsonHarmsNoNeighbour() throws IOException {
        String good = "{\"event_id\":\"a\",\"occurred_at\":\"t\",\"model\":\"m\",\"api_key_id\":\"k\"}";
        for (String bad : List.of(
                "{\"model\":",
                "{\"model\":\"x",
                "{'model':1}",
                "{\"model\":01}",
                "{\"model\":NaN}",
                "{} x",
                "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}",
                "{\"model\":" + "9".repeat(2_000) + "}",
                "{\"model\":1e}",
                "{\u0000}",
                "{\"model\":\"\u0001\"}")) {
            List<String> records =
                    read((good + "\n" + bad + "\n" + good).getBytes(StandardCharsets.UTF_8), LogFormat.JSONL);
            assertThat(records).as(bad).hasSize(3);
            assertThat(records.get(0)).isEqualTo("1@0+63 a|t|m|k");
            assertThat(records.get(1)).contains(" MALFORMED the record ");
            assertThat(records.get(2)).startsWith("3@").endsWith(" a|t|m|k");
        }
    }

    @Test
    void badBytesRejectTheirRecordAlone() throws IOException {
        byte[] csv =
                "event_id,occurred_at,model,api_key_id\na,t,m,k\nb,t,?,k\nc,t,m,k\n".getBytes(StandardCharsets.UTF_8);
        csv[50] = (byte) 0xC3;
        assertThat(read(csv, LogFormat.CSV))
                .containsExactly(
                        "2@38+7 a|t|m|k", "3@46+7 BAD_ENCODING model has bytes that are not UTF-8", "4@54+7 c|t|m|k");
        byte[] json = "{\"model\":\"a\"}\n{\"model\":\"?\"}\n".getBytes(StandardCharsets.UTF_8);
        json[24] = (byte) 0xFF;
        assertThat(read(json, LogFormat.JSONL))
                .containsExactly("1@0+13 ||a|", "2@14+13 BAD_ENCODING the record has bytes that are not UTF-8");
    }

    @Test
    void recordsBeyondTheLimitAreCutAndTheNextIsFound() throws IOException {
        String header = "event_id,occurred_at,model,api_key_id\n";
        int length = 3 * RawLog.RECORD_BYTES_MAX;
        for (String monster : List.of("x".repeat(length), "\"" + "\n\"\",".repeat(length / 5) + "\",t\"t")) {
            String text = header + "a,t,m,k\n" + monster + ",t,m,k\nb,t,m,k\n";
            long lines = monster.chars().filter(character -> character == '\n').count();
            assertThat(read(text.getBytes(StandardCharsets.UTF_8), LogFormat.CSV))
                    .containsExactly(
                            "2@38+7 a|t|m|k",
                            "3@46+" + (monster.length() + 6) + " MALFORMED the record is longer than 1048576 bytes",
                            (4 + lines) + "@" + (46 + monster.length() + 7) + "+7 b|t|m|k");
        }
        for (int size : new int[] {RawLog.RECORD_BYTES_MAX, RawLog.RECORD_BYTES_MAX + 1, length}) {
            String line = "x".repeat(size);
            assertThat(read((line + "\r\n{\"model\":1}\n").getBytes(StandardCharsets.UTF_8), LogFormat.JSONL))
                    .containsExactly(
                            "1@0+" + size + " MALFORMED the record is "
                                    + (size > RawLog.RECORD_BYTES_MAX ? "longer than 1048576 bytes" : "no JSON object"),
                            "2@" + (size + 2) + "+11 ||1|");
        }
    }

    @Test
    void everyWindowEdgeReadsTheSame() throws IOException {
        // The window is 256 KiB: records of every length around its edge, with line ends and quotes on the edge.
        StringBuilder text = new StringBuilder("event_id,occurred_at,model,api_key_id\r\n");
        List<String> expected = new ArrayList<>();
        int line = 2;
        for (int record = 0; record < 40_000; record++) {
            String model = "m" + "\"\"".repeat(record % 7) + (record % 5 == 0 ? "\r\n" : "");
            String row = record + ",t,\"" + model + "\",k";
            expected.add(line + "@" + text.length() + "+" + row.length() + " " + record + "|t|"
                    + model.replace("\"\"", "\"") + "|k");
            text.append(row).append("\r\n");
            line += record % 5 == 0 ? 2 : 1;
        }
        assertThat(read(text.toString().getBytes(StandardCharsets.UTF_8), LogFormat.CSV))
                .isEqualTo(expected);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of(
                        "a,b\n", Map.of(), "the header lacks event_id, occurred_at, model, account_id or api_key_id"),
                Arguments.of(
                        "event_id,occurred_at,model,account_id,event_id\n",
                        Map.of(),
                        "the header has the column \"event_id\" twice"),
                Arguments.of(
                        "event_id,occurred_at,model,account_id,prompt_token\n",
                        Map.of(UsageColumn.INPUT_TOKENS, "prompt_tokens"),
                        "the header lacks prompt_tokens"),
                Arguments.of(
                        "event_id,occurred_at,model,\"account_id\n",
                        Map.of(),
                        "the header is no CSV record: has a quote in field 4 that is not closed before the end of the file"));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void refusesHeaders(String text, Map<UsageColumn, String> mapping, String what) throws IOException {
        Path file = Files.writeString(folder.resolve("usage.csv"), text);
        assertThatThrownBy(
                        () -> RawLog.open(file, format(LogFormat.CSV, mapping).layout(), folder)
                                .close())
                .isInstanceOf(ProblemException.class)
                .satisfies(problem -> assertThat(
                                ((ProblemException) problem).problems().get(0).what())
                        .isEqualTo(what));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n\n", "\uFEFF", "\uFEFF\n", "event_id,occurred_at,model,account_id\n\n"})
    void aFileWithoutARecordHasNone(String text) throws IOException {
        assertThat(read(text.getBytes(StandardCharsets.UTF_8), LogFormat.CSV)).isEmpty();
    }

    @Test
    void pointersReachIntoObjectsAndArrays() throws IOException {
        Path file = Files.writeString(folder.resolve("usage.jsonl"), """
                {"a/b":{"~":[{"id":"x"},{"id":"y"}]},"usage":{"in":5}}
                {"usage":{},"usage":{"in":5}}
                """);
        Map<UsageColumn, String> mapping = Map.of(
                UsageColumn.EVENT_ID, "/a~1b/~0/1/id",
                UsageColumn.INPUT_TOKENS, "/usage/in",
                UsageColumn.UNITS, "/usage/in",
                UsageColumn.MODEL, "");
        try (RawLog log = RawLog.open(file, format(LogFormat.JSONL, mapping).layout(), folder)) {
            assertThat(log.next()).isTrue();
            assertThat(log.malformation()).isNull();
            assertThat(log.text(UsageColumn.EVENT_ID)).isEqualTo("y");
            assertThat(log.text(UsageColumn.INPUT_TOKENS)).isEqualTo("5");
            assertThat(log.text(UsageColumn.UNITS)).isEqualTo("5");
            assertThat(log.text(UsageColumn.MODEL)).isEmpty();
            assertThat(log.next()).isTrue();
            assertThat(log.malformation().message()).isEqualTo("the record has /usage twice");
        }
    }

    private List<String> read(byte[] bytes, LogFormat format) throws IOException {
        Path file = Files.write(folder.resolve("usage.log"), bytes);
        List<String> records = new ArrayList<>();
        try (RawLog log = RawLog.open(file, format(format, Map.of()).layout(), folder)) {
            while (log.next()) {
                String place = log.line() + "@" + log.byteOffset() + "+" + log.byteLength() + " ";
                Malformation malformation = log.malformation();
                int kept = (int) Math.min(log.byteLength(), RawLog.RECORD_BYTES_MAX);
                assertThat(Arrays.equals(
                                log.rawBytes(),
                                Arrays.copyOfRange(bytes, (int) log.byteOffset(), (int) log.byteOffset() + kept)))
                        .as("raw bytes of line %s", log.line())
                        .isTrue();
                records.add(place
                        + (malformation != null
                                ? malformation.code().name() + " " + malformation.message()
                                : String.join(
                                        "|",
                                        log.text(UsageColumn.EVENT_ID),
                                        log.text(UsageColumn.OCCURRED_AT),
                                        log.text(UsageColumn.MODEL),
                                        log.text(UsageColumn.API_KEY_ID))));
            }
        }
        return records;
    }

    private static SourceFormat format(LogFormat format, Map<UsageColumn, String> mapping) {
        return new SourceFormat(
                "gateway",
                format,
                mapping,
                TimestampFormat.Form.ISO,
                "",
                TokenSemantics.INCLUSIVE,
                "openai",
                false,
                IdentityRule.EVENT_ID,
                "gateway",
                Set.of());
    }
}
