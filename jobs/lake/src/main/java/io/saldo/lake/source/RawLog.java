package io.saldo.lake.source;

import io.saldo.usage.UsageColumn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The records of one raw log, one after the other.
 *
 * <p>A cursor: what it tells belongs to the record that the last {@link #next} found, and memory does not grow with
 * the log. Belongs to one thread. Opening, and every {@link #next}, throws a {@link
 * io.saldo.problem.ProblemException} where the delivery cannot be read to its end: then nothing of it may be taken.
 */
public abstract class RawLog implements Closeable {
    /** Longer records are malformed; of their bytes only so many are kept. */
    public static final int RECORD_BYTES_MAX = 1 << 20;

    /** In {@link #instant} and {@link #number}: the log has no number for it. */
    public static final long NO_NUMBER = Long.MIN_VALUE;

    /** In {@link #word}: the log does not know the text by a word. */
    public static final int NO_WORD = -1;

    /** In {@link #word}: the text is empty. */
    public static final int EMPTY_WORD = 0;

    final RecordLayout layout;
    final RecordFields fields;

    /** For the formats of this package. */
    RawLog(RecordLayout layout) {
        this.layout = layout;
        fields = new RecordFields(layout);
    }

    /**
     * Opens a delivered file.
     *
     * @param workFolder gets an expanded copy where a format cannot be read in one go; it is removed on closing
     */
    public static RawLog open(Path file, RecordLayout layout, Path workFolder) throws IOException {
        DeliveredFile delivered = new DeliveredFile(file, layout.compression());
        return switch (layout.format()) {
            case CSV -> {
                RecordBuffer buffer = new RecordBuffer(delivered.open());
                try {
                    yield layout.isPaypalReport()
                            ? new PaypalReportLog(buffer, layout, delivered.name())
                            : new CsvLog(buffer, layout, delivered.name());
                } catch (IOException | RuntimeException failure) {
                    buffer.close();
                    throw failure;
                }
            }
            case JSONL -> {
                RecordBuffer buffer = new RecordBuffer(delivered.open());
                try {
                    yield new JsonLinesLog(buffer, layout);
                } catch (IOException | RuntimeException failure) {
                    buffer.close();
                    throw failure;
                }
            }
            case JSON -> new JsonDocumentLog(delivered, layout);
            case PARQUET -> ParquetLog.open(delivered, layout, workFolder);
        };
    }

    /** Opens a file of records that were not taken: they come again with the place that they had in their delivery. */
    public static HeldLog openHeld(Path heldFile, RecordLayout layout) throws IOException {
        return new HeldLog(heldFile, layout, HeldLog.EVERY_DELIVERY);
    }

    /** Opens those records of one delivery, where the file has records of several, which other layouts may have written. */
    public static HeldLog openHeld(Path heldFile, RecordLayout layout, long deliveryId) throws IOException {
        return new HeldLog(heldFile, layout, deliveryId);
    }

    /** Goes to the next record, and says whether there is one. */
    public abstract boolean next() throws IOException;

    /** The line on which the record starts, from 1 on; of JSON documents and Parquet its number in the file. Unique. */
    public abstract long line();

    /** Where the record starts in the expanded file, from 0 on; 0 where the format has no such place. */
    public abstract long byteOffset();

    /** How long the record is, without its line end. */
    public abstract long byteLength();

    /** The record's bytes, at most {@value #RECORD_BYTES_MAX} of them; a row as a JSON object of its columns. */
    public abstract byte[] rawBytes();

    /**
     * What the record's bytes need to be read again: the header that gives its fields their names, or the values that
     * stand around it; null where nothing.
     */
    public abstract byte @Nullable [] header();

    /** What is malformed about the record; null where its fields can be read. */
    public abstract @Nullable Malformation malformation();

    /** The field as logged; empty where the log does not have it. Only for a record that is not malformed. */
    public final String text(UsageColumn column) {
        return text(column.ordinal());
    }

    /** The text of the layout's column at that position. Only for a record that is not malformed. */
    public final String text(int position) {
        return new String(
                fieldData(), fieldStart(position), fieldEnd(position) - fieldStart(position), StandardCharsets.UTF_8);
    }

    /** The bytes into which {@link #fieldStart} and {@link #fieldEnd} point; shared, not to be changed. */
    public byte[] fieldData() {
        return fields.data();
    }

    /**
     * The record's {@link UsageColumn#OCCURRED_AT} in microseconds, where the log has it as an instant: what its text comes
     * to in the form ISO. Else {@link #NO_NUMBER}, and the text says it. Only for a record that is not malformed.
     */
    public long instant() {
        return NO_NUMBER;
    }

    /**
     * The layout's column at that position, where the log has it as a whole number: what its text comes to. Else {@link
     * #NO_NUMBER}, and the text says it. Only for a record that is not malformed.
     */
    public long number(int position) {
        return NO_NUMBER;
    }

    /**
     * What stands for the text of the layout's column at that position: in records of one {@link #vocabulary} the same word of
     * the same column is the same text. {@link #EMPTY_WORD} or more; {@link #NO_WORD} where the log has none. Only for a
     * record that is not malformed.
     */
    public int word(int position) {
        return NO_WORD;
    }

    /** Which words the record has; those of another number mean something else. */
    public int vocabulary() {
        return 0;
    }

    /** Where the text of the layout's column at that position starts; for usage, of {@link UsageColumn#all}. */
    public int fieldStart(int position) {
        return fields.from(position);
    }

    /** Where the text of the column at that position ends. */
    public int fieldEnd(int position) {
        return fields.to(position);
    }
}
