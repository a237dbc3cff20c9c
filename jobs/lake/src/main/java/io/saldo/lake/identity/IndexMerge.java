package io.saldo.lake.identity;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges index segments into one, so that a night does not ask as many segments as there were nights.
 *
 * <p>A segment is merged with those listed after it once they have together two and a half times its entries: of nights
 * alike, four become one, and four of these, also where their sizes differ by a sixth. So the segments are few (with each
 * the entries that it and those after it have grow by two fifths at least), and an entry is rewritten about as often as the
 * logarithm of the entries to the base 4 (O'Neil and others, The log-structured merge-tree, 1996). Asking one more segment
 * costs a look at a filter, which is read in order; merging costs reading and writing all entries.
 */
final class IndexMerge {
    private IndexMerge() {}

    /**
     * The segments to merge with what is to be added: the last ones of the list.
     *
     * @param segments in the order in which they were listed
     * @param added how many entries are to be added
     */
    static List<IndexSegment> chosen(List<IndexSegment> segments, long added) {
        int from = segments.size();
        long newer = added;
        for (int age = segments.size() - 1; age >= 0; age--) {
            long entries = segments.get(age).entries();
            if (newer >= entries * 2 + entries / 2) {
                from = age;
            }
            newer += entries;
        }
        return List.copyOf(segments.subList(from, segments.size()));
    }

    /**
     * Copies every entry once, the newest where several segments have it, and leaves out those before a day.
     *
     * @param segments from the oldest to the newest
     * @param folders of each segment
     * @param firstDay entries of earlier days are beyond the identity horizon: no event can ask for them any more
     */
    static void copy(List<IndexSegment> segments, List<Path> folders, int firstDay, IndexSegmentFile.Writer target)
            throws IOException {
        try (Heads heads = new Heads()) {
            for (int age = 0; age < segments.size(); age++) {
                heads.open(folders.get(age), segments.get(age), age);
            }
            long[] entry = new long
                    [segments.isEmpty() ? 0 : IndexEntry.longs(segments.get(0).identity())];
            boolean any = false;
            long high = 0;
            long low = 0;
            for (Head head = heads.next(); head != null; head = heads.next()) {
                if (any && head.high() == high && head.low() == low) {
                    continue;
                }
                any = true;
                high = head.high();
                low = head.low();
                if (head.reader.at(IndexEntry.DAY) >= firstDay) {
                    head.reader.copyTo(entry);
                    target.add(entry);
                }
            }
        }
    }

    private record Head(IndexSegmentFile.Reader reader, int age) {
        long high() {
            return reader.at(IndexEntry.ID_HIGH);
        }

        long low() {
            return reader.at(IndexEntry.ID_LOW);
        }
    }

    /** The next entries of all segments, the newest first among equal ids. */
    private static final class Heads implements Closeable {
        private final List<IndexSegmentFile.Reader> readers = new ArrayList<>();
        private final PriorityQueue<Head> queue = new PriorityQueue<>((left, right) -> {
            int byHigh = Long.compareUnsigned(left.high(), right.high());
            int byId = byHigh != 0 ? byHigh : Long.compareUnsigned(left.low(), right.low());
            return byId != 0 ? byId : Integer.compare(right.age(), left.age());
        });
        private @Nullable Head last;

        void open(Path folder, IndexSegment segment, int age) throws IOException {
            IndexSegmentFile.Reader reader = new IndexSegmentFile.Reader(folder, segment);
            readers.add(reader);
            if (reader.next()) {
                queue.add(new Head(reader, age));
            }
        }

        @Nullable
        Head next() throws IOException {
            Head before = last;
            if (before != null && before.reader.next()) {
                queue.add(before);
            }
            last = queue.poll();
            return last;
        }

        @Override
        public void close() throws IOException {
            for (IndexSegmentFile.Reader reader : readers) {
                reader.close();
            }
        }
    }
}
