package io.saldo.lake.file;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
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
        return new LocalInputFile(path).getLength();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new LocalInputFile(path).newStream();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
