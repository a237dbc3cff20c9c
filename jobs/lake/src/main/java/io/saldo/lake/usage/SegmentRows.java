package io.saldo.lake.usage;

import io.saldo.lake.file.ParquetRows;
import io.saldo.lake.file.ParquetSource;
import io.saldo.usage.Meter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** A walk over the events of one segment; it tells the event that the last {@link #next} found. */
final class SegmentRows implements Closeable {
    /** Which columns are read. */
    private enum Columns {
        /** Whose, how many, and what they are known by. */
        NAMES,
        /** What is counted: whose, how many, how much, from which delivery and run. */
        COUNTS,
        /** What a statement needs. */
        STATEMENT,
        /** The same, and which run added the row. */
        STATEMENT_AND_RUN,
        /** All. */
        WHOLE;

        private boolean has(String column) {
            return switch (column) {
                case "account_id", "events" -> true;
                case "namespace", "event_id" -> this != COUNTS;
                case "project_id", "api_key_id", "status", "reasoning_tokens" -> this == WHOLE;
                case "run" -> this != NAMES && this != STATEMENT;
                case "occurred_at", "provider", "model", "service_tier", "line" -> this != NAMES && this != COUNTS;
                default -> this != NAMES;
            };
        }
    }

    private final InputFile file;
    private final ParquetReader<SegmentRows> reader;
    private final long lastRun;
    private final long firstInstant;

    byte[] accountId = new byte[0];
    byte[] namespace = new byte[0];
    byte[] eventId = new byte[0];
    // Many columns only where they are read: what the walk does not read keeps its first value.
    byte[] projectId = new byte[0];
    byte[] apiKeyId = new byte[0];
    byte[] status = new byte[0];
    long reasoning;
    long run;
    String provider = "";
    String model = "";
    String serviceTier = "";
    boolean billable;
    int events;
    long occurredAt;
    long delivery;
    long line;
    final long[] quantities = new long[Meter.COUNT];

    /**
     * Opens a segment.
     *
     * @param wanted pages that hold none of these accounts are left out; the rest may hold others too. All where null
     * @param firstInstant rows of events before it are left out, in microseconds
     */
    SegmentRows(InputFile file, @Nullable WantedAccounts wanted, long firstInstant) throws IOException {
        this(file, wanted, Columns.STATEMENT, Long.MAX_VALUE, firstInstant);
    }

    /** Opens a segment as it was known when that run ended: without the rows that later runs added. */
    static SegmentRows knownTo(InputFile file, @Nullable WantedAccounts wanted, long run) throws IOException {
        return new SegmentRows(file, wanted, Columns.STATEMENT_AND_RUN, run, Long.MIN_VALUE);
    }

    /** Opens a segment with the columns alone that are counted. */
    static SegmentRows counts(InputFile file) throws IOException {
        return new SegmentRows(file, null, Columns.COUNTS, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** Opens a segment with the columns alone that tell which events there are. */
    static SegmentRows names(InputFile file, WantedAccounts wanted) throws IOException {
        return new SegmentRows(file, wanted, Columns.NAMES, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** Opens a segment with the columns that no statement needs, too. */
    static SegmentRows whole(InputFile file, @Nullable WantedAccounts wanted) throws IOException {
        return new SegmentRows(file, wanted, Columns.WHOLE, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    private SegmentRows(
            InputFile file, @Nullable WantedAccounts wanted, Columns columns, long lastRun, long firstInstant)
            throws IOException {
        this.file = file;
        this.lastRun = lastRun;
        this.firstInstant = firstInstant;
        MessageType all = UsageSegmentWriter.SCHEMA;
        MessageType read = new MessageType(
                all.getName(),
                all.getFields().stream()
                        .filter(field -> columns.has(field.getName()))
                        .toList());
        ParquetRows<SegmentRows> rows = new ParquetRows<>(file, read, this::converter, () -> {}, () -> this);
        if (wanted != null) {
            FilterPredicate pages = FilterApi.userDefined(FilterApi.binaryColumn("account_id"), wanted);
            if (firstInstant != Long.MIN_VALUE) {
                pages = FilterApi.and(pages, FilterApi.gtEq(FilterApi.longColumn("occurred_at"), firstInstant));
            }
            rows.withFilter(FilterCompat.get(pages));
            // Whoever merges segments compares accounts anyway; Parquet's filter of rows costs more than that.
            rows.useRecordFilter(false);
        }
        reader = ParquetSource.open(file, rows);
    }

    boolean next() throws IOException {
        while (ParquetSource.next(file, reader) != null) {
            if (run <= lastRun && occurredAt >= firstInstant) {
                return true;
            }
        }
        return false;
    }

    /** Goes on to the first event of that account or one behind it. */
    boolean nextFrom(byte[] account) throws IOException {
        while (next()) {
            if (Arrays.compareUnsigned(accountId, account) >= 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Burn-down order within an account, accounts in byte order. */
    static int compare(SegmentRows left, SegmentRows right) {
        int byAccount = Arrays.compareUnsigned(left.accountId, right.accountId);
        if (byAccount != 0) {
            return byAccount;
        }
        int byTime = Long.compare(left.occurredAt, right.occurredAt);
        if (byTime != 0) {
            return byTime;
        }
        int byNamespace = Arrays.compareUnsigned(left.namespace, right.namespace);
        if (byNamespace != 0) {
            return byNamespace;
        }
        int byId = Arrays.compareUnsigned(left.eventId, right.eventId);
        if (byId != 0) {
            return byId;
        }
        // An event comes before what restates it or takes it back.
        int byEvents = Integer.compare(right.events, left.events);
        if (byEvents != 0) {
            return byEvents;
        }
        // Equal rows in the order in which they came, so that it does not matter which segments hold them.
        int byDelivery = Long.compare(left.delivery, right.delivery);
        return byDelivery != 0 ? byDelivery : Long.compare(left.line, right.line);
    }

    private Converter converter(Type field) {
        return switch (field.getName()) {
            case "account_id" ->
                new BytesConverter() {
                    @Override
                    void set(byte[] bytes) {
                        accountId = bytes;
                    }
                };
            case "namespace" ->
                new BytesConverter() {
                    @Override
                    void set(byte[] bytes) {
                        namespace = bytes;
                    }
                };
            case "event_id" ->
                new BytesConverter() {
                    @Override
                    void set(byte[] bytes) {
                        eventId = bytes;
                    }
                };
            case "project_id" ->
                new BytesConverter() {
                    @Override
                    void set(byte[] bytes) {
                        projectId = bytes;
                    }
                };
            case "api_key_id" ->
                new BytesConverter() {
                    @Override
                    void set(byte[] bytes) {
                        apiKeyId = bytes;
                    }
                };
            case "status" ->
                new BytesConverter() {
                    @Override
                    void set(byte[] bytes) {
                        status = bytes;
                    }
                };
            case "provider" ->
                new TextConverter() {
                    @Override
                    void set(String text) {
                        provider = text;
                    }
                };
            case "model" ->
                new TextConverter() {
                    @Override
                    void set(String text) {
                        model = text;
                    }
                };
            case "service_tier" ->
                new TextConverter() {
                    @Override
                    void set(String text) {
                        serviceTier = text;
                    }
                };
            case "billable" ->
                new PrimitiveConverter() {
                    @Override
                    public void addBoolean(boolean value) {
                        billable = value;
                    }
                };
            case "events" ->
                new PrimitiveConverter() {
                    @Override
                    public void addInt(int value) {
                        events = value;
                    }
                };
            case "occurred_at" ->
                new PrimitiveConverter() {
                    @Override
                    public void addLong(long value) {
                        occurredAt = value;
                    }
                };
            case "reasoning_tokens" ->
                new PrimitiveConverter() {
                    @Override
                    public void addLong(long value) {
                        reasoning = value;
                    }
                };
            case "delivery" ->
                new PrimitiveConverter() {
                    @Override
                    public void addLong(long value) {
                        delivery = value;
                    }
                };
            case "run" ->
                new PrimitiveConverter() {
                    @Override
                    public void addLong(long value) {
                        run = value;
                    }
                };
            case "line" ->
                new PrimitiveConverter() {
                    @Override
                    public void addLong(long value) {
                        line = value;
                    }
                };
            default -> meterConverter(field.getName());
        };
    }

    private Converter meterConverter(String word) {
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            if (Meter.at(meter).word().equals(word)) {
                int position = meter;
                return new PrimitiveConverter() {
                    @Override
                    public void addLong(long value) {
                        quantities[position] = value;
                    }
                };
            }
        }
        throw new IllegalArgumentException("no column " + word);
    }

    private abstract static class BytesConverter extends PrimitiveConverter {
        private byte[][] decoded = new byte[0][];

        abstract void set(byte[] bytes);

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            decoded = new byte[dictionary.getMaxId() + 1][];
            for (int id = 0; id < decoded.length; id++) {
                decoded[id] = dictionary.decodeToBinary(id).getBytes();
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            set(decoded[id]);
        }

        @Override
        public void addBinary(Binary value) {
            set(value.getBytes());
        }
    }

    private abstract static class TextConverter extends BytesConverter {
        private String[] texts = new String[0];

        abstract void set(String text);

        @Override
        void set(byte[] bytes) {
            set(new String(bytes, StandardCharsets.UTF_8));
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            texts = new String[dictionary.getMaxId() + 1];
            for (int id = 0; id < texts.length; id++) {
                texts[id] = dictionary.decodeToBinary(id).toStringUsingUTF8();
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            set(texts[id]);
        }
    }
}
