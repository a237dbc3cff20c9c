package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads accepted events of accounts, in burn-down order, from the segments that the books list.
 *
 * <p>A segment is opened once, however many accounts are asked for, and of its pages only those are read that can hold
 * one of them. So one account costs a few pages of each segment, and all accounts cost the segments once.
 */
public final class AccountEventsReader {
    /** How a segment is opened. */
    @FunctionalInterface
    interface Files {
        InputFile open(String path) throws IOException;
    }

    private final Files files;
    private final @Nullable Long lastRun;

    /** Reads below that lake folder. */
    public AccountEventsReader(Path lakeFolder) {
        this(path -> new LocalInputFile(lakeFolder.resolve(path)), null);
    }

    AccountEventsReader(Files files) {
        this(files, null);
    }

    private AccountEventsReader(Files files, @Nullable Long lastRun) {
        this.files = files;
        this.lastRun = lastRun;
    }

    /** A reader of the same folder that sees what was known when that run ended, and nothing that later runs added. */
    public AccountEventsReader knownTo(long run) {
        return new AccountEventsReader(files, run);
    }

    /** The account's events of all these segments. */
    public AccountEvents read(List<String> segmentPaths, String accountId) throws IOException {
        try (AccountEventsCursor accounts = read(segmentPaths, List.of(accountId))) {
            return accounts.next() ? accounts.events() : AccountEvents.none();
        }
    }

    /** Those of the accounts that have events in these segments, once each, in byte order. */
    public AccountEventsCursor read(List<String> segmentPaths, Collection<String> accountIds) throws IOException {
        return open(segmentPaths, new WantedAccounts(accountIds));
    }

    /** Every account of these segments, once each, in byte order. */
    public AccountEventsCursor readAll(List<String> segmentPaths) throws IOException {
        return open(segmentPaths, null);
    }

    /** The account's events of all these segments, each with what it is known by. */
    MergedAccounts.Keyed keyed(List<String> segmentPaths, String accountId) throws IOException {
        try (MergedAccounts accounts = open(segmentPaths, new WantedAccounts(List.of(accountId)))) {
            return accounts.keyed();
        }
    }

    private MergedAccounts open(List<String> segmentPaths, @Nullable WantedAccounts wanted) throws IOException {
        List<SegmentRows> segments = new ArrayList<>();
        try {
            for (String path : segmentPaths) {
                segments.add(
                        lastRun == null
                                ? new SegmentRows(files.open(path), wanted)
                                : SegmentRows.knownTo(files.open(path), wanted, lastRun));
            }
            return new MergedAccounts(segments, wanted);
        } catch (IOException | RuntimeException failure) {
            for (SegmentRows segment : segments) {
                segment.close();
            }
            throw failure;
        }
    }
}
