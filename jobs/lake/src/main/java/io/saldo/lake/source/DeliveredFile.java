package io.saldo.lake.source;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A delivered file and its content, expanded where it is compressed.
 *
 * <p>What is wrong with the compressed stream is a problem of the delivery; what is wrong with the disk is not.
 */
final class DeliveredFile {
    /** So much content is read whatever the file's size. */
    static final long EXPANDED_BYTES_FREE = 64L << 20;

    /** Beyond that, content may be so many times as large as its file. */
    static final long EXPANSION_MAX = 200;

    private static final int BUFFER_BYTES = 1 << 16;
    // 128 MiB: what the format's own tool needs no permission for.
    private static final int ZSTANDARD_WINDOW_LOG_MAX = 27;

    private final Path path;
    private final Compression found;

    /** The content of a file; refused where it is not compressed as its source says. */
    DeliveredFile(Path path, Compression expected) throws IOException {
        this.path = path;
        byte[] beginning;
        try (InputStream input = Files.newInputStream(path)) {
            beginning = input.readNBytes(4);
        }
        found = compression(beginning);
        if (expected != Compression.ANY && found != expected) {
            throw problem(
                    expected == Compression.GZIP
                            ? "it is no gzip file, but its source's format says so"
                            : "it is no Zstandard file, but its source's format says so");
        }
    }

    Path path() {
        return path;
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    boolean isCompressed() {
        return found != Compression.ANY;
    }

    /** The content from its beginning. */
    InputStream open() throws IOException {
        FileInput file = new FileInput(Files.newInputStream(path));
        if (found == Compression.ANY) {
            return file;
        }
        try {
            InputStream expanded = found == Compression.GZIP
                    ? new GzipInput(file)
                    : new ZstdInputStreamNoFinalizer(new BufferedInputStream(file, BUFFER_BYTES))
                            .setLongMax(ZSTANDARD_WINDOW_LOG_MAX);
            return new Expanded(expanded, file, limit(Files.size(path)));
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /** How much content is read of a file of that size. */
    static long limit(long fileBytes) {
        return Math.max(
                EXPANDED_BYTES_FREE,
                fileBytes > Long.MAX_VALUE / EXPANSION_MAX ? Long.MAX_VALUE : fileBytes * EXPANSION_MAX);
    }

    /** The file cannot be read; nothing of it is taken. */
    ProblemException problem(String what) {
        return new ProblemException(ProblemCode.UNREADABLE_DELIVERY, Place.file(name()), what);
    }

    /** The content is out of proportion to the file. */
    ProblemException tooLarge() {
        return problem("it expands to more than " + EXPANSION_MAX
                + " times its size, which no log does: it is taken for an attack on memory and disk");
    }

    private static Compression compression(byte[] beginning) {
        if (beginning.length >= 2 && (beginning[0] & 0xFF) == 0x1F && (beginning[1] & 0xFF) == 0x8B) {
            return Compression.GZIP;
        }
        boolean four = beginning.length == 4;
        boolean frame = four
                && (beginning[0] & 0xFF) == 0x28
                && (beginning[1] & 0xFF) == 0xB5
                && (beginning[2] & 0xFF) == 0x2F
                && (beginning[3] & 0xFF) == 0xFD;
        // Parallel compressors begin with a frame to be skipped.
        boolean skipped = four
                && (beginning[0] & 0xF0) == 0x50
                && (beginning[1] & 0xFF) == 0x2A
                && (beginning[2] & 0xFF) == 0x4D
                && (beginning[3] & 0xFF) == 0x18;
        return frame || skipped ? Compression.ZSTANDARD : Compression.ANY;
    }

    /** Remembers a failure of the file itself, so that it is not taken for one of its content. */
    private static final class FileInput extends FilterInputStream {
        private @Nullable IOException failure;

        FileInput(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (IOException broken) {
                failure = broken;
                throw broken;
            }
        }
    }

    /** Content that is neither damaged nor out of proportion. */
    private final class Expanded extends InputStream {
        private final InputStream content;
        private final FileInput file;
        private final long limit;
        private long bytes;

        Expanded(InputStream content, FileInput file, long limit) {
            this.content = content;
            this.file = file;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read;
            try {
                read = content.read(target, offset, length);
            } catch (IOException damaged) {
                if (file.failure != null) {
                    throw damaged;
                }
                String format = found == Compression.GZIP ? "gzip" : "Zstandard";
                throw problem("its " + format + " stream is damaged or cut off after " + bytes + " bytes of content ("
                        + damaged.getMessage() + ")");
            }
            if (read > 0) {
                bytes += read;
                if (bytes > limit) {
                    throw tooLarge();
                }
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            content.close();
            file.close();
        }
    }
}
