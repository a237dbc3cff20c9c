package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.lake.source.RecordLayout.Column;
import io.saldo.problem.ProblemException;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flat file is read without JSON: the same fields, the same malformed rows, the same bytes as through JSON. */
class FlatBlockTest {
    private static final long SEED = Long.getLong("saldo.seed", 20261005);

    private static final int FEW = 5;

    /** All physical types, and what they may mean. */
    private static final MessageType TYPES = MessageTypeParser.parseMessageType("""
            message types { optional int32 number; optional boolean flag; optional int32 narrow (INTEGER(8,true));
              optional int32 unsigned (INTEGER(32,false)); optional int64 wide; optional int64 unsigned64 (INTEGER(64,false));
              optional int32 decimal4 (DECIMAL(9,2)); optional int64 decimal8 (DECIMAL(18,6));
              optional fixed_len_byte_array(9) decimal (DECIMAL(20,5)); optional binary digits (DECIMAL(4000,3));
              optional int32 day (DATE); optional int64 time (TIME(MICROS,true)); optional int32 millis_time (TIME(MILLIS,false));
              optional int64 millis (TIMESTAMP(MILLIS,true)); optional int64 micros (TIMESTAMP(MICROS,false));
              optional int64 nanos (TIMESTAMP(NANOS,true)); optional int96 old; optional float real; optional double twice;
              optional binary text (STRING); optional binary word (STRING); optional binary bytes; optional binary json (JSON);
              optional fixed_len_byte_array(4) fixed; optional fixed_len_byte_array(16) uuid (UUID);
              optional fixed_len_byte_array(12) interval (INTERVAL); required binary kind (ENUM); required int64 last; }
            """);

    private long instants;
    private long numbers;
    private long words;

    @TempDir
    Path folder;

    @Test
    void everyTypeIsReadAsThroughJson() throws IOException {
        Set<String> malformed = new TreeSet<>();
        for (int round = 0; round < 24; round++) {
            Random random = new Random(SEED + round);
            Path file = folder.resolve("types-" + round + ".parquet");
            double nulls = random.nextInt(3) / 3.0;
            int distinct = random.nextBoolean() ? FEW : 1_000_000;
            // What few values have of bad ones comes again and again, from a dictionary.
            int badOneIn = random.nextInt(3) == 0 ? Integer.MAX_VALUE : distinct == FEW ? 30 : 300;
            long salt = random.nextLong();
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                    .withConf(new PlainParquetConfiguration())
                    .withType(TYPES)
                    .withDictionaryEncoding(random.nextBoolean())
                    .withRowGroupSize(1L << (12 + random.nextInt(8)))
                    .withPageSize(1 << (9 + random.nextInt(8)))
                    .withMinRowCountForPageSizeCheck(10)
                    .withCompressionCodec(
                            random.nextBoolean() ? CompressionCodecName.ZSTD : CompressionCodecName.UNCOMPRESSED)
                    .build()) {
                int rows = random.nextInt(400);
                for (int row = 0; row < rows; row++) {
                    writer.write(row(random, nulls, distinct, salt, badOneIn));
                }
            }
            malformed.addAll(check(file, "seed " + SEED + ", round " + round));
        }
        assertThat(numbers).as("seed %d", SEED).isPositive();
        assertThat(words).as("seed %d", SEED).isPositive();
        assertThat(malformed)
                .anyMatch(each -> each.contains("not UTF-8"))
                .anyMatch(each -> each.contains("longer than"))
                .anyMatch(each -> each.contains("Number value length"));
    }

    @Test
    void whatDuckDbWritesIsReadAsThroughJson() throws IOException {
        for (int round = 0; round < 6; round++) {
            Random random = new Random(SEED + round);
            // A few values go into a dictionary, many do not.
            String any = "hash(i + " + random.nextInt(1000) + ") % " + (random.nextBoolean() ? 7 : 1_000_000_007L);
            Supplier<String> sometimes =
                    () -> "CASE WHEN hash(i * " + (1 + random.nextInt(100)) + ") % 4 > " + random.nextInt(3) + " THEN ";
            List<String> columns = new ArrayList<>(List.of("(i % 1000)::INTEGER AS number"));
            List<String> values = List.of(
                    "(V % 100)::TINYINT",
                    "(V % 200)::UTINYINT",
                    "-(V % 30000)::SMALLINT",
                    "(V * 3)::UINTEGER",
                    "-(V::BIGINT) * 4000000000",
                    "V * 10000000000::UBIGINT",
                    "(V % 2 = 0)",
                    "((V::BIGINT - 9) / 100)::DECIMAL(18,3)",
                    "(V / 8)::DECIMAL(4,1)",
                    "(V::HUGEINT * -12345678901234567890)::DECIMAL(38,4)",
                    "V::DOUBLE / 2",
                    "V::FLOAT",
                    "DATE '1969-12-01' + (V % 100000)::INTEGER",
                    "TIME '10:00:00' + to_milliseconds((V % 100000)::INTEGER)",
                    "TIMESTAMP '1969-12-31 23:00:00' + to_microseconds(V::BIGINT * 1000003)",
                    "make_timestamp_ns(V::BIGINT * 1001)",
                    "(TIMESTAMP '2026-10-05 10:00:00' + to_seconds(V::BIGINT))::TIMESTAMPTZ",
                    "('00000000-0000-0001-0000-' || lpad(V::VARCHAR, 12, '0'))::UUID",
                    "to_days((V % 1000)::INTEGER)",
                    "'zü\"\\' || chr((V % 200)::INTEGER + 1) || V",
                    "encode('b' || V)",
                    "'[\"' || V || '\"]'");
            for (String value : values) {
                if (random.nextInt(4) > 0) {
                    String column = value.replaceAll("\\bV\\b", "(" + any + ")");
                    // Decimal places of a too large value would fail the query, not the reader.
                    columns.add(sometimes.get() + "TRY(" + column + ") END AS c" + columns.size());
                }
            }
            Path file = Files.write(
                    folder.resolve("duckdb-" + round),
                    LogFiles.parquet(
                            folder,
                            "SELECT " + String.join(", ", columns) + " FROM range(" + (1 + random.nextInt(6000))
                                    + ") t(i)",
                            random.nextBoolean() ? "snappy" : "zstd",
                            2048));
            assertThat(check(file, "seed " + SEED + ", round " + round + ": " + columns))
                    .isEmpty();
        }
    }

    @Test
    void aValueThatIsNoneRefusesTheFileBothWays() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message times { required int32 number; required int64 time (TIME(MICROS,true)); }");
        Path file = folder.resolve("times.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .build()) {
            writer.write(new SimpleGroup(schema).append("number", 1).append("time", 0L));
            writer.write(new SimpleGroup(schema).append("number", 2).append("time", -1L));
        }
        for (String place : List.of("number", "/number/0")) {
            RecordLayout layout = layout(Map.of("field", place), true);
            assertThat(FlatBlock.fits(schema, layout)).isEqualTo(place.equals("number"));
            try (RawLog log = RawLog.open(file, layout, folder)) {
                // Nothing of the file is taken, so it does not matter that a block is decoded ahead of its rows.
                assertThatThrownBy(() -> {
                            log.next();
                            log.next();
                        })
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining(
                                "from row %d on it could not be read: Invalid value for NanoOfDay",
                                place.equals("number") ? 1 : 2);
            }
        }
    }

    /** Whatever a stranger changed in a file: it is refused both ways, or neither. */
    @Test
    void mutatedFilesAreReadOrRefusedBothWays() throws IOException {
        byte[] file = LogFiles.content(LogFormat.PARQUET, 200, folder);
        Random random = new Random(SEED);
        int refused = 0;
        int read = 0;
        for (int round = 0; round < 200; round++) {
            byte[] mutated = file.clone();
            mutated[random.nextInt(file.length)] = (byte) random.nextInt(256);
            Path path = Files.write(folder.resolve("mutated.parquet"), mutated);
            List<String> straight = records(path, "/input_tokens");
            assertThat(straight)
                    .as("seed %d, round %d", SEED, round)
                    .isEqualTo(records(path, "/input_tokens | /input_tokens/0"));
            if (straight.contains("refused")) {
                refused++;
            } else {
                read++;
            }
        }
        assertThat(refused).as("seed %d", SEED).isPositive();
        assertThat(read).as("seed %d", SEED).isPositive();
    }

    private List<String> records(Path file, String input) throws IOException {
        List<String> records = new ArrayList<>();
        RecordLayout layout = layout(Map.of("input", input), true);
        try (RawLog log = RawLog.open(file, layout, folder)) {
            while (log.next()) {
                records.add(log.malformation() + " " + new String(log.rawBytes(), StandardCharsets.UTF_8)
                        + (log.malformation() == null ? log.text(0) : ""));
            }
        } catch (ProblemException unreadable) {
            // Nothing of it is taken, however far it was read: blocks are decoded ahead of their rows.
            return List.of("refused");
        }
        return records;
    }

    /** Reads the file both ways, and tells what it has of malformed rows. */
    private Set<String> check(Path file, String as) throws IOException {
        MessageType schema;
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            schema = reader.getFileMetaData().getSchema();
        }
        List<String> names = schema.getFields().stream().map(Type::getName).toList();
        Set<String> malformed = new TreeSet<>();
        for (boolean usage : new boolean[] {false, true}) {
            for (boolean composed : new boolean[] {false, true}) {
                Map<String, String> mapping = new LinkedHashMap<>();
                names.forEach(name -> mapping.put(name, name));
                if (composed) {
                    mapping.put("pointer", "/number");
                    mapping.put("sum", "/number + /" + names.get(names.size() - 1));
                    mapping.put("first", "/" + names.get(1 % names.size()) + " | /number");
                }
                RecordLayout straight = layout(mapping, usage);
                assertThat(FlatBlock.fits(schema, straight)).as(as).isTrue();
                // There is nothing below a number, but to look there takes JSON.
                mapping.put("below", "/number/0");
                RecordLayout general = layout(mapping, usage);
                assertThat(FlatBlock.fits(schema, general)).as(as).isFalse();
                malformed.addAll(compare(file, straight, general, as));
            }
        }
        return malformed;
    }

    private Set<String> compare(Path file, RecordLayout straight, RecordLayout general, String as) throws IOException {
        Set<String> malformed = new TreeSet<>();
        Map<List<Integer>, String> textOfWord = new HashMap<>();
        try (RawLog log = RawLog.open(file, straight, folder);
                RawLog expected = RawLog.open(file, general, folder)) {
            while (expected.next()) {
                String where = as + ", row " + expected.line();
                assertThat(log.next()).as(where).isTrue();
                assertThat(log.line()).as(where).isEqualTo(expected.line());
                assertThat(log.byteLength()).as(where).isEqualTo(expected.byteLength());
                assertThat(log.malformation()).as(where).isEqualTo(expected.malformation());
                assertThat(new String(log.rawBytes(), StandardCharsets.UTF_8))
                        .as(where)
                        .isEqualTo(new String(expected.rawBytes(), StandardCharsets.UTF_8));
                Malformation found = log.malformation();
                if (found != null) {
                    malformed.add(found.message());
                    continue;
                }
                for (int column = 0; column < straight.columns().size(); column++) {
                    if (log.number(column) != RawLog.NO_NUMBER) {
                        numbers++;
                        assertThat(Long.toString(log.number(column))).as(where).isEqualTo(expected.text(column));
                    }
                    assertThat(log.text(column)).as(where).isEqualTo(expected.text(column));
                    if (log.word(column) != RawLog.NO_WORD) {
                        words++;
                        String before = textOfWord.putIfAbsent(
                                List.of(log.vocabulary(), column, log.word(column)), log.text(column));
                        assertThat(log.text(column))
                                .as(where)
                                .isEqualTo(
                                        log.word(column) == RawLog.EMPTY_WORD
                                                ? ""
                                                : Objects.requireNonNullElse(before, log.text(column)));
                    }
                }
                if (log.instant() != RawLog.NO_NUMBER) {
                    instants++;
                    assertThat(TimestampFormat.ISO_WITH_OFFSET.parse(log.text(UsageColumn.OCCURRED_AT.ordinal())))
                            .as(where)
                            .hasValue(log.instant());
                }
            }
            assertThat(log.next()).as(as).isFalse();
        }
        return malformed;
    }

    private static RecordLayout layout(Map<String, String> mapping, boolean usage) {
        return usage
                ? RecordLayout.usage(
                        LogFormat.PARQUET,
                        Compression.ANY,
                        "",
                        mapping.entrySet().stream()
                                .map(each -> new Column(
                                        each.getKey(),
                                        each.getValue(),
                                        false,
                                        each.getKey().equals("first")))
                                .toList(),
                        Set.of())
                : RecordLayout.amounts(LogFormat.PARQUET, Compression.ANY, "", mapping);
    }

    @Test
    void anInstantIsWhatItsTextSays() throws IOException {
        Path file = folder.resolve("instants.parquet");
        for (String unit : List.of("MILLIS", "MICROS", "NANOS")) {
            for (String zone : List.of("true", "false")) {
                MessageType schema = MessageTypeParser.parseMessageType("message instants { required int32 number;"
                        + " optional int64 at (TIMESTAMP(" + unit + "," + zone + ")); }");
                Random random = new Random(SEED);
                long perSecond = unit.equals("MILLIS") ? 1_000L : unit.equals("MICROS") ? 1_000_000L : 1_000_000_000L;
                Files.deleteIfExists(file);
                try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withConf(new PlainParquetConfiguration())
                        .withDictionaryEncoding(random.nextBoolean())
                        .withType(schema)
                        .build()) {
                    for (int number = 0; number < 3_000; number++) {
                        Group row = new SimpleGroup(schema).append("number", number);
                        if (random.nextInt(10) > 0) {
                            row.append(
                                    "at", perSecond == 1_000_000_000L ? random.nextLong() : instant(random, perSecond));
                        }
                        writer.write(row);
                    }
                }
                instants = 0;
                check(file, "seed " + SEED + ", " + unit + ", " + zone);
                assertThat(instants > 0).as(unit + " " + zone).isEqualTo(zone.equals("true"));
            }
        }
    }

    private static Group row(Random random, double nulls, int distinct, long salt, int badOneIn) {
        SimpleGroup row = new SimpleGroup(TYPES);
        for (Type column : TYPES.getFields()) {
            if (column.isRepetition(Type.Repetition.OPTIONAL) && random.nextDouble() < nulls) {
                continue;
            }
            // A value of its own for each column, from few or from many.
            value(
                    row,
                    column,
                    new Random(salt
                            + 31L * random.nextInt(distinct)
                            + column.getName().hashCode()),
                    badOneIn);
        }
        return row;
    }

    private static void value(SimpleGroup row, Type column, Random random, int badOneIn) {
        String name = column.getName();
        long wide = random.nextInt(8) == 0
                ? List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 10L, 99L).get(random.nextInt(6))
                : random.nextLong() >> random.nextInt(64);
        switch (name) {
            case "flag" -> row.add(name, random.nextBoolean());
            case "day" -> row.add(name, random.nextInt(2_000_000) - 1_000_000);
            case "time" -> row.add(name, (random.nextInt(86_400) * 1_000_000L) + random.nextInt(2) * 120L);
            case "millis_time" -> row.add(name, random.nextInt(86_400_000));
            case "millis" -> row.add(name, instant(random, 1_000L));
            case "micros" -> row.add(name, instant(random, 1_000_000L));
            case "nanos" -> row.add(name, wide >> random.nextInt(20));
            case "real" -> row.add(name, random.nextInt(5) == 0 ? Float.NaN : random.nextInt(100) / 4f);
            case "twice" ->
                row.add(name, random.nextBoolean() ? random.nextInt(100) / 4.0 : Double.longBitsToDouble(wide));
            case "old" ->
                row.add(
                        name,
                        Binary.fromConstantByteArray(ByteBuffer.allocate(12)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putLong(random.nextInt(86_400) * 1_000_000_000L)
                                .putInt(2_440_588 + random.nextInt(20_000))
                                .array()));
            case "decimal", "fixed", "uuid", "interval" -> {
                byte[] bytes = new byte[column.asPrimitiveType().getTypeLength()];
                random.nextBytes(bytes);
                if (name.equals("fixed")) {
                    for (int index = 0; index < bytes.length; index++) {
                        bytes[index] = (byte) (random.nextInt(badOneIn) > 0 ? bytes[index] & 0x7F : 0xFF);
                    }
                }
                row.add(name, Binary.fromConstantByteArray(bytes));
            }
            case "digits" ->
                row.add(
                        name,
                        Binary.fromConstantByteArray(new BigInteger(random.nextInt(badOneIn) == 0 ? 3_600 : 90, random)
                                .subtract(BigInteger.TEN)
                                .toByteArray()));
            case "text", "word", "bytes", "json", "kind" ->
                row.add(name, Binary.fromConstantByteArray(text(random, badOneIn)));
            default -> {
                if (column.asPrimitiveType().getPrimitiveTypeName().javaType == int.class) {
                    row.add(name, (int) wide);
                } else {
                    row.add(name, wide);
                }
            }
        }
    }

    // Around 1970, in years of four digits and beyond them.
    private static long instant(Random random, long perSecond) {
        long second =
                switch (random.nextInt(8)) {
                    case 0 -> random.nextInt(200) - 100;
                    case 1 -> (random.nextLong() >> 24);
                    case 2 -> random.nextInt(30_000) * 86_400L;
                    default -> 1_790_000_000L + random.nextInt(200_000);
                };
        long part = random.nextBoolean() ? 0 : random.nextInt((int) perSecond) / (random.nextBoolean() ? 1_000 : 1);
        return second * perSecond + part * (random.nextBoolean() && part < 1_000 && perSecond > 1_000 ? 1_000 : 1);
    }

    private static byte[] text(Random random, int badOneIn) {
        if (random.nextInt(badOneIn) == 0) {
            return random.nextInt(4) == 0
                    ? "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)
                    : new byte[] {'a', (byte) 0xC3, 'x'};
        }
        List<String> parts =
                List.of("a", "\"", "\\", "\n", "\u0000", "ü", "€", "😀", "{", "[1]", "\u007f", "0", " ", "model-");
        StringBuilder text = new StringBuilder();
        for (int part = random.nextInt(12); part > 0; part--) {
            text.append(parts.get(random.nextInt(parts.size())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
