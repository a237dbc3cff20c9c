package io.saldo.lake.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.io.SeekableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was read before, the next bytes are those of the file at the position. */
class ParquetSourceTest {
    private static final int LENGTH = 100_000;
    private static final long SEED = 20261130;

    @Test
    void everyReadGivesTheBytesOfItsPlace(@TempDir Path folder) throws IOException {
        System.out.println("saldo.seed=" + SEED);
        Random random = new Random(SEED);
        byte[] written = new byte[LENGTH];
        random.nextBytes(written);
        ParquetSource source = new ParquetSource(Files.write(folder.resolve("file"), written));
        assertThat(source.getLength()).isEqualTo(LENGTH);
        try (SeekableInputStream stream = source.newStream()) {
            int at = 0;
            for (int round = 0; round < 5_000; round++) {
                if (random.nextInt(3) == 0) {
                    boolean near = random.nextBoolean();
                    at = near
                            ? Math.max(0, Math.min(LENGTH, at + random.nextInt(20_000) - 10_000))
                            : random.nextInt(LENGTH);
                    stream.seek(at);
                }
                assertThat(stream.getPos()).isEqualTo(at);
                int length =
                        Math.min(LENGTH - at, random.nextInt(10) == 0 ? random.nextInt(30_000) : random.nextInt(9));
                if (random.nextBoolean()) {
                    byte[] read = new byte[length];
                    stream.readFully(read);
                    assertThat(read).isEqualTo(Arrays.copyOfRange(written, at, at + length));
                    at += length;
                } else if (random.nextBoolean()) {
                    ByteBuffer read = ByteBuffer.allocate(length);
                    stream.readFully(read);
                    assertThat(read.array()).isEqualTo(Arrays.copyOfRange(written, at, at + length));
                    at += length;
                } else {
                    assertThat(stream.read()).isEqualTo(at == LENGTH ? -1 : written[at] & 0xff);
                    at = Math.min(LENGTH, at + 1);
                }
            }
        }
    }
}
