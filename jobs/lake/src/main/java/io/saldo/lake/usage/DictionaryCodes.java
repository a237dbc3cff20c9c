package io.saldo.lake.usage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** Positions in a dictionary of a given size; a page of equal ones is a single run. */
final class DictionaryCodes {
    private final int bits;
    private int[] codes = new int[ColumnChunk.PAGE_ROWS];
    private int count;
    private boolean equal = true;

    DictionaryCodes(int dictionarySize) {
        bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, dictionarySize - 1));
    }

    void add(int code) {
        if (count == codes.length) {
            codes = Arrays.copyOf(codes, count * 2);
        }
        codes[count] = code;
        equal &= code == codes[0];
        count++;
    }

    /** Adds nothing but this code, so many times. */
    void repeat(int code, int times) {
        codes[0] = code;
        count = times;
    }

    BytesInput page() throws IOException {
        BytesInput page;
        if (equal) {
            ByteArrayOutputStream run = new ByteArrayOutputStream();
            run.write(bits);
            BytesUtils.writeUnsignedVarInt(count << 1, run);
            BytesUtils.writeIntLittleEndianPaddedOnBitWidth(run, codes[0], bits);
            page = BytesInput.from(run.toByteArray());
        } else {
            try (RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(
                    bits, 1 << 10, ColumnChunk.ENCODER_BYTES, ColumnChunk.ALLOCATOR)) {
                for (int index = 0; index < count; index++) {
                    encoder.writeInt(codes[index]);
                }
                page = BytesInput.from(PageCompressor.array(
                        BytesInput.concat(BytesInput.from(new byte[] {(byte) bits}), encoder.toBytes())));
            }
        }
        count = 0;
        equal = true;
        return page;
    }
}
