package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.app.store.FeedStore;
import io.saldo.lake.source.Malformation;
import io.saldo.lake.source.RawLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivery of credits, balances or payments, record by record, through the readers of usage. What it tells
 * belongs to the record that the last {@link #next} found.
 */
final class FeedReader implements Closeable {
    private final RawLog log;
    private final List<String> columns;

    /**
     * Opens a delivery.
     *
     * @throws io.saldo.problem.ProblemException here or in {@link #next} where it cannot be read to its end
     */
    FeedReader(Path file, Source source, Path workFolder) throws IOException {
        log = RawLog.open(file, Objects.requireNonNull(source.feed()), workFolder);
        columns = source.profile().feed().columns();
    }

    /** Reads a delivery to its end, so that nothing is taken of one that cannot be read, and counts its records. */
    static long count(Path file, Source source, Path workFolder) throws IOException {
        try (FeedReader reader = new FeedReader(file, source, workFolder)) {
            long records = 0;
            while (reader.log.next()) {
                records++;
            }
            return records;
        }
    }

    /** Goes to the next record, and says whether there is one. */
    boolean next() throws IOException {
        return log.next();
    }

    /** The line on which it starts, from 1 on. */
    long line() {
        return log.line();
    }

    /** What is malformed about it; null where its fields could be read. */
    @Nullable
    Malformation malformation() {
        return log.malformation();
    }

    /** Whether there is a NUL in it, which the books could not keep as it was delivered. */
    boolean hasNul() {
        for (byte each : log.rawBytes()) {
            if (each == 0) {
                return true;
            }
        }
        return false;
    }

    /** Every canonical column of the profile, empty where the feed has none; no entries where it is malformed. */
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        if (log.malformation() == null) {
            for (int column = 0; column < columns.size(); column++) {
                fields.put(columns.get(column), log.text(column));
            }
        }
        return fields;
    }

    /** The record as it was delivered. */
    RawLog log() {
        return log;
    }

    /** The record as it waits in the books; its fields could be read, so it is UTF-8. */
    FeedStore.HeldEntry held(long deliveryId, String subject, Map<String, String> fields) {
        byte[] header = log.header();
        return new FeedStore.HeldEntry(
                deliveryId,
                log.line(),
                subject,
                fields,
                log.byteOffset(),
                header == null ? null : new String(header, StandardCharsets.UTF_8),
                new String(log.rawBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
