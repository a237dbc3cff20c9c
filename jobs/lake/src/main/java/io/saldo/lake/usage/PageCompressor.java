package io.saldo.lake.usage;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;

/** Zstandard, with one context for all pages of a file. */
final class PageCompressor implements AutoCloseable {
    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx();

    PageCompressor() {
        context.setLevel(LEVEL);
    }

    BytesInput compress(BytesInput bytes) throws IOException {
        return BytesInput.from(context.compress(array(bytes)));
    }

    @Override
    public void close() {
        context.close();
    }

    /** All of the bytes, copied. */
    static byte[] array(BytesInput bytes) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(target);
        return target.toByteArray();
    }
}
