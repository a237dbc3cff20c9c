package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a text of a mapping means, and which texts mean nothing. */
class FieldPlaceTest {
    private static final String LIST =
            "{\"l\":[{\"k\":\"a/b\",\"v\":{\"i\":\"7\"}},{\"v\":{\"i\":8},\"k\":\"c\"},{\"k\":5,\"v\":9},3]}";

    @TempDir
    Path folder;

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of("/a", "{\"a\":5}", "5"),
                Arguments.of("/a | /b", "{\"b\":5}", "5"),
                Arguments.of("/a | /b", "{\"a\":null,\"b\":5}", "5"),
                Arguments.of("/a | /b", "{\"a\":0,\"b\":5}", "5"),
                Arguments.of("/a | /b", "{\"a\":0,\"b\":null}", "0"),
                Arguments.of("/a | /b", "{\"a\":0.0,\"b\":800.0}", "800.0"),
                Arguments.of("/a | /b", "{\"a\":\"000\",\"b\":5}", "5"),
                Arguments.of("/a | /b", "{\"a\":0e0,\"b\":0.00}", "0e0"),
                Arguments.of("/a | /b", "{\"a\":\"0.\",\"b\":5}", "0."),
                Arguments.of("/a - /c | /b", "{\"a\":5.0,\"b\":7,\"c\":5}", "7"),
                Arguments.of("/a | /b", "{\"a\":6,\"b\":5}", "6"),
                Arguments.of("/a | '3'", "{}", "3"),
                Arguments.of("/a + /b", "{\"a\":6,\"b\":\"5\"}", "11"),
                Arguments.of("/a + /b + /c", "{\"a\":1.0,\"c\":2.25}", "3.25"),
                Arguments.of("/a + /b", "{\"b\":5}", "5"),
                Arguments.of("/a + /b", "{}", ""),
                Arguments.of("/a + /b", "{\"a\":\"x\",\"b\":5}", "x + 5"),
                Arguments.of("/a + /b", "{\"a\":1e999999999,\"b\":5}", "1e999999999 + 5"),
                Arguments.of(
                        "/a + /b", "{\"a\":9223372036854775807,\"b\":9223372036854775807}", "18446744073709551614"),
                Arguments.of("/a - /b", "{\"a\":6,\"b\":\"5\"}", "1"),
                Arguments.of("/a - /b - /c", "{\"a\":6,\"b\":2,\"c\":1}", "3"),
                Arguments.of("/a - /b", "{\"a\":6}", "6"),
                Arguments.of("/a - /b", "{\"b\":6}", "-6"),
                Arguments.of("/a - /b", "{}", ""),
                Arguments.of("/a & '#' & /b", "{\"a\":\"x\",\"b\":\"ü\"}", "x#ü"),
                Arguments.of("/a & '#' & /b", "{\"a\":\"x\"}", ""),
                Arguments.of("/a & '/' & /b | /a", "{\"a\":\"x\"}", "x"),
                Arguments.of("/a if /t=in,out", "{\"a\":5,\"t\":\"out\"}", "5"),
                Arguments.of("/a if /t=in,out", "{\"a\":5,\"t\":\"other\"}", ""),
                Arguments.of("/a if /t=in,out", "{\"a\":5}", ""),
                Arguments.of("'1' if /t=true | '0'", "{\"t\":true}", "1"),
                Arguments.of("'1' if /t=true | '0'", "{\"t\":false}", "0"),
                Arguments.of("'1' if /t=a | '0' if /t=b | /t", "{\"t\":\"b\"}", "0"),
                Arguments.of("'1' if /t=a | '0' if /t=b | /t", "{\"t\":\"c\"}", "c"),
                Arguments.of("/a + /b if /t=x | /c", "{\"a\":1,\"b\":2,\"c\":9,\"t\":\"x\"}", "3"),
                Arguments.of("/a if /t=x and /u=y", "{\"a\":1,\"t\":\"x\",\"u\":\"y\"}", "1"),
                Arguments.of("/a if /t=x and /u=y | '0'", "{\"a\":1,\"t\":\"x\",\"u\":\"z\"}", "0"),
                Arguments.of("/this and that", "{\"this and that\":1}", "1"),
                Arguments.of("/a if /t=T01*,T0200", "{\"a\":1,\"t\":\"T0199\"}", "1"),
                Arguments.of("/a if /t=T01*,T0200", "{\"a\":1,\"t\":\"T0201\"}", ""),
                Arguments.of("/l/[k=a/b]/v/i", LIST, "7"),
                Arguments.of("/l/[k=c]/v/i", LIST, "8"),
                Arguments.of("/l/[k=5]/v", LIST, "9"),
                Arguments.of("/l/[k=d]/v", LIST, ""),
                Arguments.of("/l/[k=c]/v", LIST, "MALFORMED /l/[k=c]/v is an object, where a single value is expected"),
                Arguments.of(
                        "/l/[k=c]/v",
                        "{\"l\":[{\"k\":\"c\",\"v\":1},{\"k\":\"c\",\"v\":2}]}",
                        "MALFORMED the record has /l/[k=c] twice"),
                Arguments.of(
                        "/l/[k=c]/v",
                        "{\"l\":[{\"k\":\"c\",\"v\":1,\"v\":2}]}",
                        "MALFORMED the record has /l/[k=c]/v twice"),
                Arguments.of("/l/1", "{\"l\":[1,2]}", "2"),
                Arguments.of("/m/u/i", "{\"m\":\"{\\\"u\\\":{\\\"i\\\":4}}\"}", "4"),
                Arguments.of("/m/u/i", "{\"m\":{\"u\":\"{\\\"i\\\":4}\"}}", "4"),
                Arguments.of("/m/u/i", "{\"m\":\"\"}", ""),
                Arguments.of("/m/u/i", "{\"m\":\"none\"}", ""),
                Arguments.of("/m/u/i", "{\"m\":\"{\\\"u\\\":\"}", "MALFORMED the text in /m is no JSON: "),
                Arguments.of("/m/u/i", "{\"m\":\"{} {}\"}", "MALFORMED the text in /m has more than one JSON value"));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("places")
    void finds(String place, String json, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("usage.jsonl"), json);
        RecordLayout layout = RecordLayout.usage(
                LogFormat.JSONL,
                Compression.ANY,
                "",
                List.of(new RecordLayout.Column("count", place, false, true)),
                Set.of());
        try (RawLog log = RawLog.open(file, layout, folder)) {
            assertThat(log.next()).isTrue();
            Malformation malformation = log.malformation();
            assertThat(malformation == null ? log.text(0) : malformation.code() + " " + malformation.message())
                    .satisfies(found -> assertThat(
                                    expected.endsWith(": ") ? found.startsWith(expected) : found.equals(expected))
                            .as(found)
                            .isTrue());
        }
    }

    @Test
    void findsJsonInColumnsOfCsv() throws IOException {
        Path file = Files.writeString(folder.resolve("usage.csv"), """
                id,meta,in
                a,"{""u"":{""hit"":7}}",5
                b,,6
                c,"{""u"":",7
                """);
        RecordLayout layout = RecordLayout.usage(
                LogFormat.CSV,
                Compression.ANY,
                "",
                List.of(
                        new RecordLayout.Column("id", "/id", true, false),
                        new RecordLayout.Column("in", "in", true, true),
                        new RecordLayout.Column("hit", "/meta/u/hit", true, true),
                        new RecordLayout.Column("both", "in + /meta/u/hit", true, true)),
                Set.of());
        StringBuilder found = new StringBuilder();
        try (RawLog log = RawLog.open(file, layout, folder)) {
            while (log.next()) {
                assertThat(new String(log.header(), StandardCharsets.UTF_8)).isEqualTo("id,meta,in");
                found.append(
                        log.malformation() == null
                                ? log.text(0) + " " + log.text(1) + " " + log.text(2) + " " + log.text(3) + "\n"
                                : log.malformation().message().substring(0, 30));
            }
        }
        assertThat(found).hasToString("a 5 7 12\nb 6  6\nthe text in meta is no JSON: U");
    }

    @Test
    void namesWhatAHeaderLacks() {
        RecordLayout layout = RecordLayout.usage(
                LogFormat.CSV,
                Compression.ANY,
                "",
                List.of(
                        new RecordLayout.Column("id", "/id", true, false),
                        new RecordLayout.Column("status", "'x' if /hit=1 | /code | /meta/code", true, false),
                        new RecordLayout.Column("team", "/team | ''", true, false),
                        new RecordLayout.Column("sum", "a + /b", true, true)),
                Set.of());
        assertThat(layout.missing(reference -> false)).containsExactly("id", "hit or code or meta", "a or b");
        assertThat(layout.missing(reference -> Set.of("meta", "a").contains(reference.column())))
                .containsExactly("id", "a or b");
        assertThat(layout.missing(reference -> Set.of("hit", "a", "b", "id").contains(reference.column())))
                .isEmpty();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("usage", "in a jsonl source it must be a JSON pointer, such as /usage/input"),
                Arguments.of("/a | ", "a place is missing"),
                Arguments.of("/", "a place is missing"),
                Arguments.of("/a~2", "in a pointer ~ is written ~0 and / is written ~1"),
                Arguments.of("/a | 'x", "the quote of a constant is not closed"),
                Arguments.of("'x'y", "\"y\" cannot stand there"),
                Arguments.of("/a + /b & /c", "\"& /c\" cannot stand there"),
                Arguments.of("/a if /t", "after \"if\" stands a place, = and a word, such as /type=output"),
                Arguments.of("/a if =x", "after \"if\" stands a place, = and a word, such as /type=output"),
                Arguments.of(
                        "../t",
                        "../ leads to what surrounds a record of a json source, and around these there is no such object"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrong(String place, String problem) {
        assertThat(RecordLayout.problemOf(place, LogFormat.JSONL, "")).contains(problem);
    }

    @Test
    void knowsHowFarItCanLookAround() {
        assertThat(RecordLayout.problemOf("../t", LogFormat.JSON, "/data/*")).isEmpty();
        assertThat(RecordLayout.problemOf("../../t", LogFormat.JSON, "/data/*")).isPresent();
        assertThat(RecordLayout.problemOf("../../t", LogFormat.JSON, "/data/*/results/*"))
                .isEmpty();
        assertThat(RecordLayout.problemOf("../t", LogFormat.JSON, "")).isPresent();
        for (String name : List.of("Tokens (in)", "Tokens - in", "a + b", "a | b", "x if y=z")) {
            assertThat(RecordLayout.problemOf(name, LogFormat.CSV, "")).isEmpty();
            assertThat(FieldPlace.parse(name).references())
                    .containsExactly(new FieldPlace.Reference(0, true, List.of(new FieldPlace.Name(name))));
        }
        assertThat(RecordLayout.problemOfRecords("/data/*/results/*")).isEmpty();
        assertThat(RecordLayout.problemOfRecords("/*")).isEmpty();
        for (String bad : List.of("/data", "data/*", "*", "/", "/data//*")) {
            assertThat(RecordLayout.problemOfRecords(bad)).as(bad).isPresent();
        }
    }
}
