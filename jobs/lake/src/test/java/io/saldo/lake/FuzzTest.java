package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mutated records: no exception escapes, and every record is accounted for. */
class FuzzTest {
    private static final int FILES = 85;
    private static final int RECORDS = 800;

    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource(names = {"CSV", "JSONL"})
    void everyRecordIsAccountedFor(LogFormat format) throws IOException {
        Random random = new Random(20261005);
        SourceFormat source = SourceFormat.saldo("gateway", format);
        Nights nights = new Nights(home);
        nights.budget = 1;
        long records = 0;
        for (int file = 0; file < FILES; file++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (format == LogFormat.CSV) {
                bytes.writeBytes((Logs.HEADER + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (int record = 0; record < RECORDS; record++) {
                String row = Logs.row(
                        "event_id=e" + random.nextInt(5_000),
                        "input_tokens=" + (20 + random.nextInt(50)),
                        "account_id=" + (random.nextInt(20) == 0 ? "nobody" : "acme"));
                byte[] line = (format == LogFormat.CSV ? row : Logs.json(row)).getBytes(StandardCharsets.UTF_8);
                bytes.writeBytes(mutated(random, line));
                bytes.write('\n');
            }
            // Run checks records = accepted + duplicate + conflict + rejected + held for every delivery.
            ScatterManifest manifest = nights.run(
                            Nights.delivery(file, source, nights.file("f" + file, bytes.toByteArray())))
                    .get(0);
            assertThat(manifest.deliveryProblem()).isNull();
            records += manifest.records();
        }
        // Mutations add and remove line ends; an unterminated quote swallows the rest of its file.
        assertThat(records).isGreaterThan(format == LogFormat.CSV ? 10_000 : 20_000);
        long[] sums = new long[7];
        for (long[] count : nights.counts.values()) {
            for (int column = 0; column < sums.length; column++) {
                sums[column] += count[column];
            }
        }
        assertThat(sums[0]).isEqualTo(records);
        for (int column = 1; column <= 5; column++) {
            assertThat(sums[column]).as("column %s", column).isPositive();
        }
        assertThat(nights.content().values().stream().mapToInt(List::size).sum())
                .isEqualTo((int) sums[1]);
    }

    private static byte[] mutated(Random random, byte[] line) {
        byte[] bytes = line.clone();
        int mutations = random.nextInt(4);
        for (int mutation = 0; mutation < mutations; mutation++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) ",,{}[]:.-e019\\\r\t".charAt(random.nextInt(16));
                case 2 -> {
                    // A quote swallows lines; often enough to be tried, rarely enough that the rest is.
                    bytes[at] = (byte) (random.nextInt(20) == 0 ? '"' : '0');
                }
                default -> {
                    byte[] cut = new byte[bytes.length - 1];
                    System.arraycopy(bytes, 0, cut, 0, at);
                    System.arraycopy(bytes, at + 1, cut, at, cut.length - at);
                    bytes = cut;
                }
            }
        }
        return bytes;
    }
}
