package io.saldo.lake.usage;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.file.ParquetTarget;
import io.saldo.lake.file.StoredFile;
import io.saldo.usage.Meter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Writes one segment; events must come in the segment's order. Without {@link #commit} nothing of it remains. */
public final class UsageSegmentWriter implements Closeable {
    /**
     * What a segment holds; the columns beside the meters are as logged, the account is the one found.
     *
     * <p>Column {@code events} says how many events a row is: 1, or 0 where the row restates the event of the same
     * account, occurred_at, namespace and event_id by the signed difference to its figure so far, or -1 where it takes
     * that event back. So events and quantities may simply be summed; {@link AccountEventsReader} makes one event of
     * the rows of one. Column {@code run} says which run added the row, so that what was known at any time can be read
     * again.
     */
    public static final MessageType SCHEMA = schema();

    private static final String USAGE = "usage";
    private static final int ROW_GROUP_ROWS_MAX = 1 << 17;
    private static final int ROWS_BETWEEN_LOOKS = 64;
    // Of numbers and codes, and as much again while they are encoded.
    private static final int ROW_BYTES = 400;

    private final int month;
    private final int shard;
    private final NewFile file;
    private final ParquetFileWriter writer;
    private final PageCompressor compressor = new PageCompressor();
    private final List<ColumnChunk> columns = new ArrayList<>();
    private DimensionsTable dimensions = new DimensionsTable();
    private int[] dimensionsOfRows = new int[ColumnChunk.PAGE_ROWS];
    private long dimensionsBytes;
    // In the order of the texts of the dimensions.
    private final List<WordsChunk> words = new ArrayList<>();
    private final NumbersChunk occurredAt;
    private final WordsChunk namespaces;
    private final TextsChunk eventIds;
    private final TruthsChunk billable;
    private final NumbersChunk events;
    private final NumbersChunk[] quantities = new NumbersChunk[Meter.COUNT];
    private final NumbersChunk reasoningTokens;
    private final NumbersChunk deliveries;
    private final NumbersChunk lines;
    private final NumbersChunk runs;
    private final int rowGroupRows;
    private final long rowGroupTextBytes;
    private @Nullable Dimensions first;
    private @Nullable Dimensions last;
    private int rows;
    private long records;
    private long minOccurredAt = Long.MAX_VALUE;
    private long maxOccurredAt = Long.MIN_VALUE;

    /**
     * Begins a segment of usage.
     *
     * @param month as {@link EncodedEvent#month}
     * @param memoryBudgetBytes bounds a row group
     */
    public UsageSegmentWriter(Path lakeFolder, int month, int shard, String name, long memoryBudgetBytes)
            throws IOException {
        this(lakeFolder, USAGE, month, shard, name, memoryBudgetBytes);
    }

    /**
     * Begins a segment of that form.
     *
     * @param table the folder of the lake that it belongs to
     * @param month as {@link EncodedEvent#month}
     * @param memoryBudgetBytes bounds a row group
     */
    public UsageSegmentWriter(Path lakeFolder, String table, int month, int shard, String name, long memoryBudgetBytes)
            throws IOException {
        this.month = month;
        this.shard = shard;
        rowGroupRows =
                (int) Math.max(ColumnChunk.PAGE_ROWS, Math.min(ROW_GROUP_ROWS_MAX, memoryBudgetBytes / 2 / ROW_BYTES));
        rowGroupTextBytes = Math.max(1 << 20, Math.min(Integer.MAX_VALUE / 4, memoryBudgetBytes / 4));
        file = NewFile.at(
                lakeFolder,
                String.format(Locale.ROOT, "%s/month=%s/shard=%02d/%s.parquet", table, word(month), shard, name));
        writer = new ParquetFileWriter(
                new ParquetTarget(file),
                SCHEMA,
                ParquetFileWriter.Mode.CREATE,
                0,
                0,
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                true);
        writer.start();
        words.add(words("account_id"));
        occurredAt = numbers("occurred_at");
        namespaces = words("namespace");
        eventIds = new TextsChunk(descriptor("event_id"));
        columns.add(eventIds);
        while (words.size() < Dimensions.TEXTS) {
            words.add(words(SCHEMA.getFieldName(columns.size())));
        }
        billable = new TruthsChunk(descriptor("billable"));
        columns.add(billable);
        events = numbers("events");
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter] = numbers(Meter.at(meter).word());
        }
        reasoningTokens = numbers("reasoning_tokens");
        deliveries = numbers("delivery");
        lines = numbers("line");
        runs = numbers("run");
    }

    /** {@code YYYY-MM} of {@link EncodedEvent#month}. */
    public static String word(int month) {
        return YearMonth.of(Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1)
                .toString();
    }

    /**
     * Adds the next event.
     *
     * @param delivery the books' number of the delivery that brought it
     * @param run the books' number of the run that took it
     */
    public void add(EncodedEvent event, byte[] namespace, long delivery, long run) throws IOException {
        last = event.dimensions();
        if (first == null) {
            first = last;
        }
        if (rows == dimensionsOfRows.length) {
            dimensionsOfRows = Arrays.copyOf(dimensionsOfRows, rows * 2);
        }
        dimensionsOfRows[rows] = dimensions.add(last);
        dimensionsBytes += last.encoded().length;
        minOccurredAt = Math.min(minOccurredAt, event.occurredAt());
        maxOccurredAt = Math.max(maxOccurredAt, event.occurredAt());
        occurredAt.add(event.occurredAt());
        namespaces.add(namespace, 0, namespace.length);
        eventIds.add(event.data(), event.idFrom(), event.idTo());
        billable.add(event.billable());
        events.add(event.events());
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter].add(event.quantity(meter));
        }
        reasoningTokens.add(event.reasoning());
        deliveries.add(delivery);
        lines.add(event.line());
        runs.add(run);
        records++;
        rows++;
        if (rows == rowGroupRows || (rows % ROWS_BETWEEN_LOOKS == 0 && textBytes() > rowGroupTextBytes)) {
            endRowGroup();
        }
    }

    // Few dimensions fit the dictionaries of all their columns; of many, a column may be written text by text.
    private long textBytes() {
        long distinct = dimensions.encodedBytes();
        long ofDimensions = distinct <= WordsChunk.DICTIONARY_BYTES_MAX ? distinct : dimensionsBytes;
        return eventIds.length() + namespaces.length() + ofDimensions;
    }

    /** Completes the segment. */
    public UsageSegment commit() throws IOException {
        endRowGroup();
        writer.end(Map.of());
        StoredFile stored = file.commit();
        return new UsageSegment(
                stored.path(),
                word(month),
                shard,
                records,
                stored.bytes(),
                stored.sha256(),
                account(first),
                account(last),
                minOccurredAt,
                maxOccurredAt);
    }

    private static String account(@Nullable Dimensions dimensions) {
        return dimensions == null ? "" : dimensions.text(Dimensions.ACCOUNT_ID);
    }

    @Override
    public void close() throws IOException {
        compressor.close();
        file.close();
    }

    private void endRowGroup() throws IOException {
        if (rows == 0) {
            return;
        }
        for (int text = 0; text < Dimensions.TEXTS; text++) {
            words.get(text).addAll(dimensions, text, dimensionsOfRows, rows);
        }
        writer.startBlock(rows);
        for (ColumnChunk column : columns) {
            column.writeTo(writer, compressor);
        }
        writer.endBlock();
        rows = 0;
        dimensions = new DimensionsTable();
        dimensionsBytes = 0;
    }

    private static ColumnDescriptor descriptor(String name) {
        return SCHEMA.getColumnDescription(new String[] {name});
    }

    private WordsChunk words(String name) {
        WordsChunk column = new WordsChunk(descriptor(name));
        columns.add(column);
        return column;
    }

    private NumbersChunk numbers(String name) {
        NumbersChunk column = new NumbersChunk(descriptor(name));
        columns.add(column);
        return column;
    }

    private static MessageType schema() {
        var builder = Types.buildMessage();
        builder.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named("account_id");
        builder.required(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS))
                .named("occurred_at");
        for (String column : new String[] {
            "namespace", "event_id", "project_id", "api_key_id", "provider", "model", "service_tier", "status"
        }) {
            builder.required(PrimitiveTypeName.BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(column);
        }
        builder.required(PrimitiveTypeName.BOOLEAN).named("billable");
        builder.required(PrimitiveTypeName.INT32).named("events");
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            builder.required(PrimitiveTypeName.INT64).named(Meter.at(meter).word());
        }
        for (String column : new String[] {"reasoning_tokens", "delivery", "line", "run"}) {
            builder.required(PrimitiveTypeName.INT64).named(column);
        }
        return builder.named("usage");
    }
}
