package io.saldo.lake.gather;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.table.TableWriter;
import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.EncodedEvent;
import io.saldo.lake.usage.UsageSegmentWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes where both contents of each conflict are; the file is only begun with the first of them. */
final class ConflictEvidence implements Closeable {
    private final Path lakeFolder;
    private final String path;
    private @Nullable TableWriter writer;

    ConflictEvidence(Path lakeFolder, String path) {
        this.lakeFolder = lakeFolder;
        this.path = path;
    }

    void add(EncodedEvent event, long delivery, String namespace, OutcomeMerge outcomes) throws IOException {
        TableWriter table = writer;
        if (table == null) {
            table = new TableWriter(lakeFolder, path, GatherManifest.CONFLICTS);
            writer = table;
        }
        table.add(List.of(
                delivery,
                event.line(),
                namespace,
                event.eventId(),
                event.text(Dimensions.ACCOUNT_ID),
                UsageSegmentWriter.word(event.month()),
                outcomes.firstDelivery(),
                outcomes.firstLine()));
    }

    @Nullable
    StoredFile commit() throws IOException {
        return writer == null ? null : writer.commit();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
