package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads accepted events of accounts, in burn-down order, from the segments that the books list. */
public final class AccountEventsReader {
    private final Path lakeFolder;

    /** Reads below that lake folder. */
    public AccountEventsReader(Path lakeFolder) {
        this.lakeFolder = lakeFolder;
    }

    /** The account's events of all these segments; row groups and pages of other accounts are not read. */
    public AccountEvents read(List<String> segmentPaths, String accountId) throws IOException {
        try (MergedAccounts accounts = open(segmentPaths, accountId)) {
            return accounts.next() ? accounts.events() : AccountEvents.none();
        }
    }

    /** Every account of these segments, once each, in byte order. */
    public AccountEventsCursor readAll(List<String> segmentPaths) throws IOException {
        return open(segmentPaths, null);
    }

    private MergedAccounts open(List<String> segmentPaths, @Nullable String onlyAccountId) throws IOException {
        List<SegmentRows> segments = new ArrayList<>();
        try {
            for (String path : segmentPaths) {
                segments.add(new SegmentRows(lakeFolder.resolve(path), onlyAccountId));
            }
            return new MergedAccounts(segments);
        } catch (IOException | RuntimeException failure) {
            for (SegmentRows segment : segments) {
                segment.close();
            }
            throw failure;
        }
    }
}
