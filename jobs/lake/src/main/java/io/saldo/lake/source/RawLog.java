package io.saldo.lake.source;

import io.saldo.usage.UsageColumn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The records of one raw log, one after the other.
 *
 * <p>A cursor: what it tells belongs to the record that the last {@link #next} found, and memory does not grow with
 * the log. Belongs to one thread.
 */
public abstract class RawLog implements Closeable {
    /** Longer records are malformed; of their bytes only so many are kept. */
    public static final int RECORD_BYTES_MAX = 1 << 20;

    /** For the formats of this package. */
    RawLog() {}

    /**
     * Opens a delivered file.
     *
     * @throws io.saldo.problem.ProblemException when its header lacks a column that the mapping names
     */
    public static RawLog open(Path file, SourceFormat format) throws IOException {
        return java.util.List.<RawLog>of().get(0);
    }

    /** Goes to the next record, and says whether there is one. */
    public abstract boolean next() throws IOException;

    /** The line on which the record starts, from 1 on. */
    public abstract long line();

    /** Where the record starts, from 0 on. */
    public abstract long byteOffset();

    /** How long the record is, without its line end. */
    public abstract long byteLength();

    /** The record's bytes, at most {@value #RECORD_BYTES_MAX} of them. */
    public abstract byte[] rawBytes();

    /** What is malformed about the record; null where its fields can be read. */
    public abstract @Nullable Malformation malformation();

    /** The field as logged; empty where the log does not have it. Only for a record that is not malformed. */
    public abstract String text(UsageColumn column);
}
