package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each type of Parquet becomes, exactly. */
class ParquetLogTest {
    @TempDir
    Path folder;

    @Test
    void everyTypeThatDuckDbWrites() throws IOException {
        Path file = Files.write(folder.resolve("types.parquet"), LogFiles.parquet(folder, """
                SELECT 'zürich "1"' AS varchar, true AS boolean, (-8)::TINYINT AS tinyint, 255::UTINYINT AS utinyint,
                  (-300)::SMALLINT AS smallint, 4294967295::UINTEGER AS uinteger, -1 AS integer,
                  9223372036854775807 AS bigint, 18446744073709551615::UBIGINT AS ubigint,
                  12.34::DECIMAL(4,2) AS decimal4, 1234567.891::DECIMAL(18,3) AS decimal18,
                  (-12345678901234567890.123456789)::DECIMAL(38,9) AS decimal38,
                  12.0::DOUBLE AS whole, 12.5::DOUBLE AS half, 1e300::DOUBLE AS large, 'NaN'::DOUBLE AS nan, 3::FLOAT AS real, 16777216::FLOAT AS wide,
                  DATE '2026-10-05' AS date, TIME '10:00:00.5' AS time, TIMESTAMP '2026-10-05 10:00:00.123456' AS local,
                  TIMESTAMP_MS '2026-10-05 10:00:00.123' AS millis, TIMESTAMP_NS '2026-10-05 10:00:00.123456789' AS nanos,
                  TIMESTAMPTZ '2026-10-05 10:00:00+02' AS utc, NULL::INTEGER AS nothing,
                  UUID '00000000-0000-0001-0000-000000000002' AS uuid,
                  {'input': 5, 'inner': {'hit': 3}} AS usage, [1, NULL, 3] AS list,
                  MAP {'a': 1, 'b': 2} AS map, [{'k': 'x', 'v': 7}] AS entries, 'bytes'::BLOB AS blob
                """, "snappy"));
        String text = row(file, true);
        assertThat(text)
                .isEqualTo("{\"varchar\":\"zürich \\\"1\\\"\",\"boolean\":true,\"tinyint\":-8,\"utinyint\":255,"
                        + "\"smallint\":-300,\"uinteger\":4294967295,\"integer\":-1,\"bigint\":9223372036854775807,"
                        + "\"ubigint\":18446744073709551615,\"decimal4\":12.34,\"decimal18\":1234567.891,"
                        + "\"decimal38\":-12345678901234567890.123456789,\"whole\":12.0,"
                        + "\"half\":\"12.5 (binary floating point)\",\"large\":\"1.0E300 (binary floating point)\","
                        + "\"nan\":\"NaN (binary floating point)\",\"real\":3.0,\"wide\":\"1.6777216E7 (binary floating point)\",\"date\":\"2026-10-05\","
                        + "\"time\":\"10:00:00.500\",\"local\":\"2026-10-05T10:00:00.123456\","
                        + "\"millis\":\"2026-10-05T10:00:00.123\",\"nanos\":\"2026-10-05T10:00:00.123456789\","
                        + "\"utc\":\"2026-10-05T08:00:00Z\",\"uuid\":\"00000000-0000-0001-0000-000000000002\","
                        + "\"usage\":{\"input\":5,\"inner\":{\"hit\":3}},\"list\":[1,null,3],"
                        + "\"map\":[{\"key\":\"a\",\"value\":1},{\"key\":\"b\",\"value\":2}],"
                        + "\"entries\":[{\"k\":\"x\",\"v\":7}],\"blob\":\"bytes\"}");
        assertThat(row(file, false))
                .contains("\"whole\":\"12.0 (binary floating point)\"", "\"real\":\"3.0 (binary floating point)\"");
        assertThat(fields(
                        file,
                        Map.of(
                                "by name", "varchar",
                                "by pointer", "/integer",
                                "struct", "/usage/inner/hit",
                                "map", "/map/[key=b]/value",
                                "entry", "/entries/[k=x]/v",
                                "nothing", "nothing")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "by name", "zürich \"1\"",
                        "by pointer", "-1",
                        "struct", "3",
                        "map", "2",
                        "entry", "7",
                        "nothing", ""));
    }

    @Test
    void theOldTypesToo() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("""
                message old { required int96 at; required binary text; required binary bad (STRING);
                  required fixed_len_byte_array(3) fixed (DECIMAL(6,2)); repeated int32 numbers;
                  required int32 unsigned (INTEGER(32,false)); required int64 millis (TIMESTAMP(MILLIS,true)); }
                """);
        SimpleGroup group = new SimpleGroup(schema);
        group.add(
                "at",
                Binary.fromConstantByteArray(ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(36_000_000_000_001L)
                        .putInt(2_440_588 + 1)
                        .array()));
        group.add("text", Binary.fromString("plain"));
        group.add("bad", Binary.fromConstantByteArray(new byte[] {(byte) 0xC3, 'x'}));
        group.add("fixed", Binary.fromConstantByteArray(new byte[] {(byte) 0xFF, (byte) 0xFF, 0x38}));
        group.add("numbers", 1);
        group.add("numbers", 2);
        group.add("unsigned", -1);
        group.add("millis", -1L);
        Path file = folder.resolve("old.parquet");
        try (ParquetWriter<org.apache.parquet.example.data.Group> writer = ExampleParquetWriter.builder(
                        new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .build()) {
            writer.write(group);
        }
        RecordLayout layout = RecordLayout.amounts(LogFormat.PARQUET, Compression.ANY, "", Map.of("text", "text"));
        try (RawLog log = RawLog.open(file, layout, folder)) {
            assertThat(log.next()).isTrue();
            assertThat(log.malformation().message()).isEqualTo("the row has a text that is not UTF-8");
            assertThat(new String(log.rawBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"at\":\"1970-01-02T10:00:00.000000001\",\"text\":\"plain\",\"bad\":\"0xc378\","
                            + "\"fixed\":-2.00,\"numbers\":[1,2],\"unsigned\":4294967295,"
                            + "\"millis\":\"1969-12-31T23:59:59.999Z\"}");
            assertThat(log.next()).isFalse();
        }
    }

    @Test
    void linesAreRowsOverAllRowGroups() throws IOException {
        Path file = Files.write(
                folder.resolve("rows.parquet"),
                LogFiles.parquet(folder, "SELECT 'e' || i AS event_id FROM range(300000) t(i)", "zstd"));
        RecordLayout layout = RecordLayout.amounts(
                LogFormat.PARQUET, Compression.ANY, "", new LinkedHashMap<>(Map.of("id", "event_id")));
        long line = 0;
        try (RawLog log = RawLog.open(file, layout, folder)) {
            while (log.next()) {
                if (!List.of("e" + line).contains(log.text(0)) || log.line() != line + 1) {
                    throw new AssertionError("row " + line + " is " + log.text(0) + " on line " + log.line());
                }
                line++;
            }
        }
        assertThat(line).isEqualTo(300_000);
    }

    private String row(Path file, boolean usage) throws IOException {
        RecordLayout layout = usage
                ? RecordLayout.usage(LogFormat.PARQUET, Compression.ANY, "", List.of(), Set.of())
                : RecordLayout.amounts(LogFormat.PARQUET, Compression.ANY, "", Map.of());
        try (RawLog log = RawLog.open(file, layout, folder)) {
            assertThat(log.next()).isTrue();
            assertThat(log.malformation()).isNull();
            return new String(log.rawBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, String> fields(Path file, Map<String, String> mapping) throws IOException {
        RecordLayout layout = RecordLayout.amounts(LogFormat.PARQUET, Compression.ANY, "", mapping);
        Map<String, String> found = new LinkedHashMap<>();
        try (RawLog log = RawLog.open(file, layout, folder)) {
            assertThat(log.next()).isTrue();
            for (int column = 0; column < layout.columns().size(); column++) {
                found.put(layout.columns().get(column).name(), log.text(column));
            }
        }
        return found;
    }
}
