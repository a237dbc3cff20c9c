package io.saldo.lake.identity;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The index segments of one rule and shard, of which the newest that knows an event holds. */
final class KnownEvents implements Closeable {
    private final List<IndexSegmentFile.Reader> newestFirst = new ArrayList<>();

    /** Opens segments, in the order in which they were listed. */
    KnownEvents(Path lakeFolder, List<IndexSegment> segments) throws IOException {
        try {
            for (int age = segments.size() - 1; age >= 0; age--) {
                newestFirst.add(new IndexSegmentFile.Reader(lakeFolder, segments.get(age)));
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** A reader that stands at the event; ids are to be asked for in rising order. */
    IndexSegmentFile.@Nullable Reader find(long high, long low) throws IOException {
        for (IndexSegmentFile.Reader reader : newestFirst) {
            if (reader.find(high, low)) {
                return reader;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        for (IndexSegmentFile.Reader reader : newestFirst) {
            reader.close();
        }
    }
}
