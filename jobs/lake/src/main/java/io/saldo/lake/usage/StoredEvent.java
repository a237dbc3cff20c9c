package io.saldo.lake.usage;

import io.saldo.lake.file.ParquetSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A row of a segment with all its columns. */
public final class StoredEvent {
    private final byte[] encoded;
    private final EncodedEvent view = new EncodedEvent();
    private final String namespace;
    private final long delivery;
    private final long run;

    private StoredEvent(byte[] encoded, Dimensions dimensions, String namespace, long delivery, long run) {
        this.encoded = encoded;
        this.namespace = namespace;
        this.delivery = delivery;
        this.run = run;
        view.wrap(encoded, 0, dimensions);
    }

    /** Every row of the named events of an account, in the order of the segments' rows. */
    public static List<StoredEvent> find(
            Path lakeFolder, List<String> segmentPaths, String accountId, Set<String> eventIds) throws IOException {
        byte[] account = accountId.getBytes(StandardCharsets.UTF_8);
        Set<String> wanted = new HashSet<>(eventIds);
        List<StoredEvent> found = new ArrayList<>();
        for (String path : segmentPaths) {
            try (SegmentRows rows = SegmentRows.whole(
                    new ParquetSource(lakeFolder.resolve(path)), new WantedAccounts(List.of(accountId)))) {
                while (rows.next()) {
                    if (Arrays.equals(rows.accountId, account)
                            && wanted.contains(new String(rows.eventId, StandardCharsets.UTF_8))) {
                        found.add(of(rows));
                    }
                }
            }
        }
        return found;
    }

    /** Every row of the named event, whichever account has it; every row of the segments is read for that. */
    public static List<StoredEvent> find(Path lakeFolder, List<String> segmentPaths, String eventId)
            throws IOException {
        byte[] wanted = eventId.getBytes(StandardCharsets.UTF_8);
        List<StoredEvent> found = new ArrayList<>();
        for (String path : segmentPaths) {
            try (SegmentRows rows = SegmentRows.whole(new ParquetSource(lakeFolder.resolve(path)), null)) {
                while (rows.next()) {
                    if (Arrays.equals(rows.eventId, wanted)) {
                        found.add(of(rows));
                    }
                }
            }
        }
        return found;
    }

    private static StoredEvent of(SegmentRows rows) {
        EncodedEvent event = new RowEncoder().encode(rows, 0);
        return new StoredEvent(
                Arrays.copyOf(event.data(), EncodedEvent.length(event.data(), 0)),
                event.dimensions(),
                new String(rows.namespace, StandardCharsets.UTF_8),
                rows.delivery,
                rows.run);
    }

    /** The same event for an account, as so many events, with other quantities. */
    public StoredEvent with(String accountId, int month, int events, long reasoning, long[] quantities) {
        byte[][] texts = new byte[Dimensions.TEXTS][];
        for (int text = 0; text < Dimensions.TEXTS; text++) {
            texts[text] = text == Dimensions.ACCOUNT_ID
                    ? accountId.getBytes(StandardCharsets.UTF_8)
                    : Arrays.copyOfRange(
                            view.dimensions().encoded(),
                            view.dimensions().from(text),
                            view.dimensions().to(text));
        }
        byte[] target = new byte[EncodedEvent.OVERHEAD_BYTES + view.idTo() - view.idFrom()];
        int end = EncodedEvent.encode(
                target,
                0,
                0,
                0,
                view.line(),
                view.occurredAt(),
                month,
                view.billable(),
                events,
                encoded,
                view.idFrom(),
                view.idTo(),
                reasoning,
                quantities);
        return new StoredEvent(Arrays.copyOf(target, end), Dimensions.of(texts), namespace, delivery, run);
    }

    /** Within which its id is unique. */
    public String namespace() {
        return namespace;
    }

    /** The delivery that brought it. */
    public long delivery() {
        return delivery;
    }

    /** The run that added the row. */
    public long run() {
        return run;
    }

    /** Its other columns. */
    public EncodedEvent columns() {
        return view;
    }

    /** Turns rows into encoded events. */
    static final class RowEncoder {
        private final EncodedEvent event = new EncodedEvent();
        private byte[] encoded = new byte[1 << 10];

        /** The row as an event of that month; it is valid until the next one. */
        EncodedEvent encode(SegmentRows row, int month) {
            int most = EncodedEvent.OVERHEAD_BYTES + row.eventId.length;
            if (encoded.length < most) {
                encoded = new byte[most * 2];
            }
            EncodedEvent.encode(
                    encoded,
                    0,
                    0,
                    0,
                    row.line,
                    row.occurredAt,
                    month,
                    row.billable,
                    row.events,
                    row.eventId,
                    0,
                    row.eventId.length,
                    row.reasoning,
                    row.quantities);
            event.wrap(encoded, 0, dimensions(row));
            return event;
        }

        private static Dimensions dimensions(SegmentRows row) {
            return Dimensions.of(
                    row.accountId,
                    row.projectId,
                    row.apiKeyId,
                    row.provider.getBytes(StandardCharsets.UTF_8),
                    row.model.getBytes(StandardCharsets.UTF_8),
                    row.serviceTier.getBytes(StandardCharsets.UTF_8),
                    row.status);
        }
    }
}
