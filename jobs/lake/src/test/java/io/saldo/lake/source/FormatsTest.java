package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format in every compression says the same, and a damaged file says nothing. */
class FormatsTest {
    private static final int RECORDS = 500;

    @TempDir
    Path folder;

    /** How a content is packed. */
    enum Packing {
        PLAIN,
        GZIP,
        GZIP_OF_TWO_MEMBERS,
        ZSTANDARD,
        ZSTANDARD_OF_TWO_FRAMES,
        ZSTANDARD_AFTER_A_SKIPPED_FRAME;

        byte[] pack(byte[] content) throws IOException {
            byte[] first = Arrays.copyOf(content, content.length / 2);
            byte[] second = Arrays.copyOfRange(content, content.length / 2, content.length);
            return switch (this) {
                case PLAIN -> content;
                case GZIP -> LogFiles.gzip(content);
                case GZIP_OF_TWO_MEMBERS -> LogFiles.joined(LogFiles.gzip(first), LogFiles.gzip(second));
                case ZSTANDARD -> LogFiles.zstandard(content);
                case ZSTANDARD_OF_TWO_FRAMES -> LogFiles.joined(LogFiles.zstandard(first), LogFiles.zstandard(second));
                case ZSTANDARD_AFTER_A_SKIPPED_FRAME ->
                    LogFiles.joined(new byte[] {0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7}, LogFiles.zstandard(content));
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void everyFormatSaysTheSame(Packing packing) throws IOException {
        List<String> expected = read(LogFormat.CSV, Compression.ANY, LogFiles.utf8(LogFiles.csv(RECORDS)));
        assertThat(expected).hasSize(RECORDS);
        assertThat(expected.get(7))
                .contains("e7|2026-10-05T10:00:00Z|acme, \"süd\"\nzwei|")
                .contains("|9007199254740993|");
        for (LogFormat format : LogFormat.values()) {
            byte[] file = packing.pack(LogFiles.content(format, RECORDS, folder));
            assertThat(read(format, Compression.ANY, file))
                    .as("%s %s", format, packing)
                    .isEqualTo(expected);
        }
        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            assertThat(left).as("expanded copies are removed").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void everyCodecOfParquetAndEveryEmptyFile(LogFormat format) throws IOException {
        if (format == LogFormat.PARQUET) {
            for (String codec : List.of("uncompressed", "snappy", "gzip", "zstd", "lz4_raw")) {
                byte[] file = LogFiles.parquet(
                        folder,
                        "SELECT 'e' AS event_id, 't' AS occurred_at, 'm' AS model, 'p' AS provider, 'a' AS account_id",
                        codec);
                assertThat(read(format, Compression.ANY, file)).as(codec).hasSize(1);
            }
        }
        String expected =
                switch (format) {
                    case CSV, JSONL -> "";
                    case JSON -> "DLV-003 it is empty, where a JSON document is expected";
                    case PARQUET -> "DLV-003 it is no sound Parquet file";
                };
        for (byte[] empty : List.of(new byte[0], LogFiles.gzip(new byte[0]), LogFiles.zstandard(new byte[0]))) {
            if (expected.isEmpty()) {
                assertThat(read(format, Compression.ANY, empty)).isEmpty();
            } else {
                assertThat(problem(format, Compression.ANY, empty)).startsWith(expected);
            }
        }
    }

    @Test
    void aFormatMayDemandItsCompression() throws IOException {
        byte[] csv = LogFiles.utf8(LogFiles.csv(3));
        assertThat(read(LogFormat.CSV, Compression.GZIP, LogFiles.gzip(csv))).hasSize(3);
        assertThat(read(LogFormat.CSV, Compression.ZSTANDARD, LogFiles.zstandard(csv)))
                .hasSize(3);
        assertThat(problem(LogFormat.CSV, Compression.GZIP, csv))
                .isEqualTo("DLV-003 it is no gzip file, but its source's format says so");
        assertThat(problem(LogFormat.CSV, Compression.GZIP, LogFiles.zstandard(csv)))
                .isEqualTo("DLV-003 it is no gzip file, but its source's format says so");
        assertThat(problem(LogFormat.CSV, Compression.ZSTANDARD, LogFiles.gzip(csv)))
                .isEqualTo("DLV-003 it is no Zstandard file, but its source's format says so");
    }

    static Stream<Arguments> damages() throws IOException {
        byte[] csv = LogFiles.utf8(LogFiles.csv(2_000));
        byte[] gzip = LogFiles.gzip(csv);
        byte[] zstandard = LogFiles.zstandard(csv);
        List<Arguments> damages = new ArrayList<>();
        for (int left : new int[] {3, 9, 10, gzip.length / 2, gzip.length - 8, gzip.length - 1}) {
            damages.add(Arguments.of(
                    "gzip cut to " + left,
                    Arrays.copyOf(gzip, left),
                    "its gzip stream is damaged or cut off after \\d+ bytes of content \\(it ends early\\)"));
        }
        byte[] wrongChecksum = gzip.clone();
        wrongChecksum[gzip.length - 8] ^= 1;
        damages.add(Arguments.of("gzip with another checksum", wrongChecksum, ".*\\(its checksum is wrong\\)"));
        byte[] wrongLength = gzip.clone();
        wrongLength[gzip.length - 1] ^= 1;
        damages.add(Arguments.of("gzip with another length", wrongLength, ".*\\(its length is wrong\\)"));
        damages.add(Arguments.of(
                "gzip and something else",
                LogFiles.joined(gzip, LogFiles.utf8("x,y\n")),
                "its gzip stream .* after " + csv.length + " bytes of content \\(something else follows it\\)"));
        for (int left : new int[] {5, zstandard.length / 2, zstandard.length - 1}) {
            damages.add(Arguments.of(
                    "Zstandard cut to " + left,
                    Arrays.copyOf(zstandard, left),
                    "its Zstandard stream is damaged or cut off after \\d+ bytes of content \\(.*\\)"));
        }
        for (String rest : List.of("x", "x,y\n", "x".repeat(500))) {
            damages.add(Arguments.of(
                    "Zstandard and something else of " + rest.length(),
                    LogFiles.joined(zstandard, LogFiles.utf8(rest)),
                    "its Zstandard stream is damaged or cut off after " + csv.length + " bytes of content \\(.*\\)"));
        }
        byte[] flipped = zstandard.clone();
        flipped[zstandard.length / 2] ^= 4;
        damages.add(Arguments.of("Zstandard with another bit", flipped, "its Zstandard stream is damaged .*"));
        return damages.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void ofADamagedFileNothingIsRead(String name, byte[] file, String message) throws IOException {
        assertThat(problem(LogFormat.CSV, Compression.ANY, file)).as(name).matches("DLV-003 " + message);
    }

    @Test
    void damagedParquetIsRefused() throws IOException {
        byte[] parquet = LogFiles.content(LogFormat.PARQUET, RECORDS, folder);
        for (int left : new int[] {4, 20, parquet.length / 2, parquet.length - 1}) {
            assertThat(problem(LogFormat.PARQUET, Compression.ANY, Arrays.copyOf(parquet, left)))
                    .startsWith(
                            "DLV-003 it is no sound Parquet file, or one with a feature that is not read; from row 1 on");
        }
        assertThat(problem(LogFormat.PARQUET, Compression.ANY, LogFiles.utf8(LogFiles.csv(3))))
                .startsWith("DLV-003 it is no sound Parquet file");
        byte[] lacking = LogFiles.parquet(folder, "SELECT 1 AS event_id, 2 AS occurred_at", "snappy");
        assertThat(problem(LogFormat.PARQUET, Compression.ANY, lacking))
                .isEqualTo("DLV-001 the file has no column provider, model, account_id or api_key_id");
        byte[] packed = LogFiles.gzip(parquet);
        assertThat(problem(LogFormat.PARQUET, Compression.ANY, Arrays.copyOf(packed, packed.length - 9)))
                .startsWith("DLV-003 its gzip stream is damaged or cut off");
    }

    @Test
    void whatExpandsWithoutMeasureIsRefused() throws IOException {
        byte[] blanks = new byte[(int) DeliveredFile.EXPANDED_BYTES_FREE + 1];
        Arrays.fill(blanks, (byte) '\n');
        System.arraycopy(LogFiles.utf8(LogFiles.csv(1)), 0, blanks, 0, 100);
        String refused =
                "DLV-003 it expands to more than 200 times its size, which no log does: it is taken for an attack"
                        + " on memory and disk";
        assertThat(problem(LogFormat.CSV, Compression.ANY, LogFiles.gzip(blanks)))
                .isEqualTo(refused);
        assertThat(problem(LogFormat.PARQUET, Compression.ANY, LogFiles.zstandard(blanks)))
                .isEqualTo(refused);
        byte[] rows = LogFiles.parquet(
                folder,
                "SELECT 'e' AS event_id, 't' AS occurred_at, 'm' AS model, 'p' AS provider, repeat('a', 600000) AS"
                        + " account_id FROM range(200)",
                "zstd");
        assertThat(problem(LogFormat.PARQUET, Compression.ANY, rows)).isEqualTo(refused);
    }

    /** A file that a stranger changed is refused, or what it says is there; nothing else happens. */
    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void mutatedFilesAreReadOrRefused(LogFormat format) throws IOException {
        long seed = Long.getLong("saldo.seed", 20261005);
        Random random = new Random(seed);
        for (Packing packing : List.of(Packing.PLAIN, Packing.GZIP, Packing.ZSTANDARD)) {
            byte[] content = LogFiles.content(format, 20, folder);
            byte[] file = packing.pack(content);
            List<String> expected = read(format, Compression.ANY, file);
            int refused = 0;
            for (int round = 0; round < 150; round++) {
                byte[] mutated = mutated(random, file);
                String as = "seed " + seed + ", " + format + " " + packing + ", round " + round;
                try {
                    List<String> records = read(format, Compression.ANY, mutated);
                    boolean stillPacked = mutated.length > 3 && Arrays.equals(mutated, 0, 4, file, 0, 4);
                    if (packing != Packing.PLAIN && stillPacked) {
                        assertThat(records).as(as).isEqualTo(expected);
                    }
                } catch (ProblemException unreadable) {
                    refused++;
                    assertThat(unreadable.problems()).as(as).hasSize(1);
                }
            }
            assertThat(refused)
                    .as("seed %s, %s %s", seed, format, packing)
                    .isBetween(format == LogFormat.JSONL && packing == Packing.PLAIN ? 0 : 1, 150);
        }
    }

    private static byte[] mutated(Random random, byte[] file) {
        byte[] bytes = file.clone();
        for (int mutation = random.nextInt(3); mutation >= 0 && bytes.length > 1; mutation--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default ->
                    bytes = LogFiles.joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
            }
        }
        return bytes;
    }

    private String problem(LogFormat format, Compression compression, byte[] file) {
        List<String> problems = new ArrayList<>();
        assertThatThrownBy(() -> read(format, compression, file))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    Problem problem = thrown.problems().get(0);
                    assertThat(problem.code()).isIn(ProblemCode.UNREADABLE_DELIVERY, ProblemCode.HEADER);
                    problems.add(problem.code().id() + " " + problem.what());
                });
        return problems.get(0);
    }

    private List<String> read(LogFormat format, Compression compression, byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("delivery"), file);
        SourceFormat saldo = SourceFormat.saldo("gateway", format);
        SourceFormat source = new SourceFormat(
                saldo.name(),
                format,
                saldo.mapping(),
                saldo.timestampForm(),
                saldo.timestampZone(),
                saldo.tokenSemantics(),
                saldo.provider(),
                saldo.accountByKeyOnly(),
                saldo.identity(),
                saldo.namespace(),
                saldo.billableStatuses(),
                compression,
                "",
                true);
        List<String> records = new ArrayList<>();
        Files.createDirectories(folder.resolve("work"));
        try (RawLog log = RawLog.open(path, source.layout(), folder.resolve("work"))) {
            while (log.next()) {
                assertThat(log.rawBytes().length).isLessThanOrEqualTo(RawLog.RECORD_BYTES_MAX);
                Malformation malformation = log.malformation();
                records.add(
                        malformation != null
                                ? malformation.toString()
                                : String.join(
                                        "|",
                                        UsageColumn.all().stream()
                                                .map(log::text)
                                                .toList()));
            }
        }
        return records;
    }
}
