package io.saldo.lake.usage;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.file.ParquetTarget;
import io.saldo.lake.file.StoredFile;
import io.saldo.usage.Meter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Writes one segment; events must come in the segment's order. Without {@link #commit} nothing of it remains. */
public final class UsageSegmentWriter implements Closeable {
    /**
     * What a segment holds; the columns beside the meters are as logged, the account is the one found.
     *
     * <p>Column {@code events} says how many events a row is: 1, or 0 where the row restates the event of the same
     * account, occurred_at, namespace and event_id by the signed difference to its figure so far, or -1 where it takes
     * that event back. So events and quantities may simply be summed; {@link AccountEventsReader} makes one event of
     * the rows of one.
     */
    public static final MessageType SCHEMA = schema();

    private static final int ROW_GROUP_BYTES_MAX = 32 << 20;
    private static final int PAGE_ROWS = 8_192;

    private final int month;
    private final int shard;
    private final NewFile file;
    private final ParquetWriter<EncodedEvent> writer;
    private final EventWriteSupport support = new EventWriteSupport();
    private byte[] firstAccount = new byte[0];
    private byte[] lastAccount = new byte[0];
    private long records;
    private long minOccurredAt = Long.MAX_VALUE;
    private long maxOccurredAt = Long.MIN_VALUE;

    /**
     * Begins a segment.
     *
     * @param month as {@link EncodedEvent#month}
     * @param memoryBudgetBytes bounds a row group
     */
    public UsageSegmentWriter(Path lakeFolder, int month, int shard, String name, long memoryBudgetBytes)
            throws IOException {
        this.month = month;
        this.shard = shard;
        file = NewFile.at(
                lakeFolder,
                String.format(Locale.ROOT, "usage/month=%s/shard=%02d/%s.parquet", word(month), shard, name));
        writer = new Builder(new ParquetTarget(file), support)
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
                .withRowGroupSize(Math.max(1L << 20, Math.min(ROW_GROUP_BYTES_MAX, memoryBudgetBytes / 4)))
                .withPageRowCountLimit(PAGE_ROWS)
                .withDictionaryEncoding("event_id", false)
                .withDictionaryEncoding("occurred_at", false)
                .withDictionaryEncoding("line", false)
                .withValidation(false)
                .build();
    }

    /** {@code YYYY-MM} of {@link EncodedEvent#month}. */
    public static String word(int month) {
        return YearMonth.of(Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1)
                .toString();
    }

    /** Adds the next event. */
    public void add(EncodedEvent event, byte[] namespace, long delivery) throws IOException {
        byte[] data = event.data();
        int from = event.from(EncodedEvent.ACCOUNT_ID);
        int to = event.to(EncodedEvent.ACCOUNT_ID);
        if (records == 0 || !Arrays.equals(lastAccount, 0, lastAccount.length, data, from, to)) {
            lastAccount = Arrays.copyOfRange(data, from, to);
            if (records == 0) {
                firstAccount = lastAccount;
            }
        }
        minOccurredAt = Math.min(minOccurredAt, event.occurredAt());
        maxOccurredAt = Math.max(maxOccurredAt, event.occurredAt());
        support.namespace(namespace);
        support.delivery = delivery;
        writer.write(event);
        records++;
    }

    /** Completes the segment. */
    public UsageSegment commit() throws IOException {
        writer.close();
        StoredFile stored = file.commit();
        return new UsageSegment(
                stored.path(),
                word(month),
                shard,
                records,
                stored.bytes(),
                stored.sha256(),
                new String(firstAccount, StandardCharsets.UTF_8),
                new String(lastAccount, StandardCharsets.UTF_8),
                minOccurredAt,
                maxOccurredAt);
    }

    @Override
    public void close() throws IOException {
        file.close();
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
        for (String column : new String[] {"reasoning_tokens", "delivery", "line"}) {
            builder.required(PrimitiveTypeName.INT64).named(column);
        }
        return builder.named("usage");
    }

    @SuppressWarnings("deprecation") // Parquet still declares the method of its old configuration abstract.
    private static final class Builder extends ParquetWriter.Builder<EncodedEvent, Builder> {
        private final EventWriteSupport support;

        Builder(OutputFile file, EventWriteSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<EncodedEvent> getWriteSupport(org.apache.hadoop.conf.Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<EncodedEvent> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }

    @SuppressWarnings("deprecation") // Parquet still declares the method of its old configuration abstract.
    private static final class EventWriteSupport extends WriteSupport<EncodedEvent> {
        private static final int[] TEXTS_AFTER_NAMESPACE = {
            EncodedEvent.EVENT_ID,
            EncodedEvent.PROJECT_ID,
            EncodedEvent.API_KEY_ID,
            EncodedEvent.PROVIDER,
            EncodedEvent.MODEL,
            EncodedEvent.SERVICE_TIER,
            EncodedEvent.STATUS
        };
        private static final String[] NAMES =
                SCHEMA.getFields().stream().map(field -> field.getName()).toArray(String[]::new);

        private byte[] namespaceBytes = new byte[0];
        private Binary namespace = Binary.EMPTY;
        private long delivery;
        private @org.jspecify.annotations.Nullable RecordConsumer consumer;

        void namespace(byte[] bytes) {
            if (bytes != namespaceBytes) {
                namespaceBytes = bytes;
                namespace = Binary.fromConstantByteArray(bytes);
            }
        }

        @Override
        public WriteContext init(org.apache.hadoop.conf.Configuration configuration) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(EncodedEvent event) {
            RecordConsumer target = consumer;
            if (target == null) {
                throw new IllegalStateException("not prepared");
            }
            target.startMessage();
            int field = 0;
            text(target, field++, event, EncodedEvent.ACCOUNT_ID);
            number(target, field++, event.occurredAt());
            target.startField(NAMES[field], field);
            target.addBinary(namespace);
            target.endField(NAMES[field], field++);
            for (int text : TEXTS_AFTER_NAMESPACE) {
                text(target, field++, event, text);
            }
            target.startField(NAMES[field], field);
            target.addBoolean(event.billable());
            target.endField(NAMES[field], field++);
            target.startField(NAMES[field], field);
            target.addInteger(event.events());
            target.endField(NAMES[field], field++);
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                number(target, field++, event.quantity(meter));
            }
            number(target, field++, event.reasoning());
            number(target, field++, delivery);
            number(target, field, event.line());
            target.endMessage();
        }

        private static void text(RecordConsumer target, int field, EncodedEvent event, int text) {
            target.startField(NAMES[field], field);
            target.addBinary(
                    Binary.fromReusedByteArray(event.data(), event.from(text), event.to(text) - event.from(text)));
            target.endField(NAMES[field], field);
        }

        private static void number(RecordConsumer target, int field, long value) {
            target.startField(NAMES[field], field);
            target.addLong(value);
            target.endField(NAMES[field], field);
        }
    }
}
