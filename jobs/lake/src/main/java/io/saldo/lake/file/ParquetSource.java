package io.saldo.lake.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** A Parquet file of the lake to be read. Each page that is read is compared with its checksum, and damage names the file. */
public final class ParquetSource implements InputFile {
    private final Path path;

    /** That file. */
    public ParquetSource(Path path) {
        this.path = path;
    }

    /** Opens a file for a reader, which then reads nothing that differs from its checksum. */
    public static <T> ParquetReader<T> open(InputFile file, ParquetReader.Builder<T> builder) throws IOException {
        try {
            return builder.usePageChecksumVerification().build();
        } catch (IOException | RuntimeException unreadable) {
            throw damaged(file, unreadable);
        }
    }

    /** The reader's next row; null after the last. */
    public static <T> @Nullable T next(InputFile file, ParquetReader<T> reader) throws IOException {
        try {
            return reader.read();
        } catch (IOException | RuntimeException unreadable) {
            throw damaged(file, unreadable);
        }
    }

    private static IOException damaged(InputFile file, Exception unreadable) {
        Throwable why = unreadable;
        while (why.getCause() != null) {
            why = why.getCause();
        }
        return new DamagedFileException(file.toString(), String.valueOf(why), unreadable);
    }

    @Override
    public long getLength() throws IOException {
        return Files.size(path);
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        ReadAhead bytes = new ReadAhead(new RandomAccessFile(path.toFile(), "r"));
        return new DelegatingSeekableInputStream(bytes) {
            @Override
            public long getPos() {
                return bytes.position();
            }

            @Override
            public void seek(long position) throws IOException {
                bytes.seek(position);
            }
        };
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Parquet takes footers and indexes of pages byte by byte, and each byte would be a call to the system. */
    private static final class ReadAhead extends InputStream {
        private final RandomAccessFile file;
        private final byte[] ahead = new byte[1 << 13];
        private int next;
        private int end;
        // Where in the file ends what was read ahead.
        private long behind;

        ReadAhead(RandomAccessFile file) {
            this.file = file;
        }

        long position() {
            return behind - (end - next);
        }

        void seek(long position) throws IOException {
            long back = behind - position;
            if (back >= 0 && back <= end) {
                next = end - (int) back;
            } else {
                file.seek(position);
                behind = position;
                next = 0;
                end = 0;
            }
        }

        @Override
        public int read() throws IOException {
            return next < end || fill() ? ahead[next++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (next == end && length >= ahead.length) {
                int read = file.read(target, offset, length);
                behind += Math.max(0, read);
                next = 0;
                end = 0;
                return read;
            }
            if (next == end && !fill()) {
                return -1;
            }
            int part = Math.min(length, end - next);
            System.arraycopy(ahead, next, target, offset, part);
            next += part;
            return part;
        }

        private boolean fill() throws IOException {
            next = 0;
            end = Math.max(0, file.read(ahead));
            behind += end;
            return end > 0;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
