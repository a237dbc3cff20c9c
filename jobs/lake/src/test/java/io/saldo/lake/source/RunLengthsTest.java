package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;

class RunLengthsTest {
    private static final long SEED = 20_261_125;

    /** Whatever Parquet's encoder made of runs and of none, in blocks of any size. */
    @Test
    void whatParquetPacksIsReadInBlocksOfAnySize() throws IOException {
        for (int round = 0; round < 400; round++) {
            Random random = new Random(SEED + round);
            int bits = round % 33;
            int[] numbers = new int[1 + random.nextInt(3_000)];
            for (int from = 0; from < numbers.length; ) {
                int to = Math.min(numbers.length, from + 1 + random.nextInt(random.nextBoolean() ? 40 : 2));
                Arrays.fill(numbers, from, to, bits == 0 ? 0 : random.nextInt() >>> (32 - bits));
                from = to;
            }
            int[] read = new int[numbers.length];
            RunLengths runs = new RunLengths(bits, packed(bits, numbers));
            for (int at = 0; at < read.length; ) {
                int[] block = new int[Math.min(read.length - at, 1 + random.nextInt(1_100))];
                runs.read(block, block.length);
                System.arraycopy(block, 0, read, at, block.length);
                at += block.length;
            }
            assertThat(read).as("seed %d, round %d, %d bits", SEED, round, bits).isEqualTo(numbers);
        }
    }

    @Test
    void lastGroupMayLackTheBytesOfNumbersThatNobodyNeeds() {
        // One group of numbers of 8 bits, of which three are there.
        RunLengths runs = new RunLengths(8, ByteBuffer.wrap(new byte[] {3, 7, 8, 9}));
        int[] read = new int[3];
        runs.read(read, 3);
        assertThat(read).containsExactly(7, 8, 9);
    }

    @Test
    void numbersThatEndEarlyAreRefused() {
        RunLengths runs = new RunLengths(1, ByteBuffer.wrap(new byte[] {6, 1}));
        int[] read = new int[4];
        runs.read(read, 3);
        assertThat(read).containsExactly(1, 1, 1, 0);
        assertThatThrownBy(() -> runs.read(read, 1)).isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> new RunLengths(33, ByteBuffer.allocate(8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer packed(int bits, int[] numbers) throws IOException {
        try (RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(bits, 64, 1 << 16, new HeapByteBufferAllocator())) {
            for (int number : numbers) {
                encoder.writeInt(number);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            encoder.toBytes().writeAllTo(bytes);
            return ByteBuffer.wrap(bytes.toByteArray());
        }
    }
}
