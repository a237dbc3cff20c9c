package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.lake.source.Malformation;
import io.saldo.lake.source.RawLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a delivery of credits, balances or payments, record by record, through the readers of usage. */
final class FeedReader implements Closeable {
    private final RawLog log;
    private final List<String> columns;

    /**
     * One record, by canonical column.
     *
     * @param line on which it starts, from 1 on
     * @param fields every canonical column of the profile, empty where the feed has none; no entries where malformed
     * @param malformed what is malformed about it; null where its fields could be read
     */
    record Entry(
            long line, Map<String, String> fields, @Nullable Malformation malformed) {}

    /**
     * Opens a delivery.
     *
     * @throws io.saldo.problem.ProblemException here or in {@link #next} where it cannot be read to its end
     */
    FeedReader(Path file, Source source, Path workFolder) throws IOException {
        log = RawLog.open(file, Objects.requireNonNull(source.feed()), workFolder);
        columns = source.profile().feedColumns();
    }

    /** Reads a delivery to its end, so that nothing is taken of one that cannot be read. */
    static void prove(Path file, Source source, Path workFolder) throws IOException {
        try (FeedReader reader = new FeedReader(file, source, workFolder)) {
            while (reader.log.next()) {
                // Only whether there is an end.
            }
        }
    }

    /** The next record; null after the last one. */
    @Nullable
    Entry next() throws IOException {
        if (!log.next()) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        if (log.malformation() == null) {
            for (int column = 0; column < columns.size(); column++) {
                fields.put(columns.get(column), log.text(column));
            }
        }
        return new Entry(log.line(), fields, log.malformation());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
