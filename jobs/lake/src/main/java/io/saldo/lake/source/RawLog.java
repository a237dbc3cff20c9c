package io.saldo.lake.source;

import io.saldo.usage.UsageColumn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static final List<UsageColumn> COLUMNS = UsageColumn.all();

    /** The bytes that the field positions point into. */
    byte[] fieldData = new byte[0];

    /** Where each column's text starts, by position in {@link UsageColumn#all}. */
    final int[] fieldFrom = new int[COLUMNS.size()];

    /** Where each column's text ends. */
    final int[] fieldTo = new int[COLUMNS.size()];

    /** For the formats of this package. */
    RawLog() {}

    /**
     * Opens a delivered file.
     *
     * @throws io.saldo.problem.ProblemException when its header lacks a column that the mapping names
     */
    public static RawLog open(Path file, SourceFormat format) throws IOException {
        RecordBuffer buffer = new RecordBuffer(Files.newInputStream(file));
        try {
            return switch (format.format()) {
                case CSV -> new CsvLog(buffer, format, file.getFileName().toString());
                case JSONL -> new JsonLinesLog(buffer, format);
            };
        } catch (IOException | RuntimeException failure) {
            buffer.close();
            throw failure;
        }
    }

    /** Opens a held file: its records come again with the place that they had in their delivery. */
    public static RawLog openHeld(Path heldFile, SourceFormat format) throws IOException {
        return new HeldLog(heldFile, format);
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

    /** The header that gives the record's fields their names, as it was; null where the format has none. */
    public abstract byte @Nullable [] header();

    /** What is malformed about the record; null where its fields can be read. */
    public abstract @Nullable Malformation malformation();

    /** The field as logged; empty where the log does not have it. Only for a record that is not malformed. */
    public final String text(UsageColumn column) {
        int position = COLUMNS.indexOf(column);
        return new String(
                fieldData(), fieldStart(position), fieldEnd(position) - fieldStart(position), StandardCharsets.UTF_8);
    }

    /** The bytes into which {@link #fieldStart} and {@link #fieldEnd} point; shared, not to be changed. */
    public byte[] fieldData() {
        return fieldData;
    }

    /** Where the text of the column at that position of {@link UsageColumn#all} starts. */
    public int fieldStart(int position) {
        return fieldFrom[position];
    }

    /** Where the text of the column at that position of {@link UsageColumn#all} ends. */
    public int fieldEnd(int position) {
        return fieldTo[position];
    }
}
