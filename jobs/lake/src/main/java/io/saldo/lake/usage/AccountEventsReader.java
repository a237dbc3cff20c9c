package io.saldo.lake.usage;

import io.saldo.lake.file.ParquetSource;
import io.saldo.usage.AccountEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.parquet.io.InputFile;
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
    private final long firstInstant;
    private final ContextTiers contextTiers;

    /** Reads below that lake folder; the products of events carry these context tiers. */
    public AccountEventsReader(Path lakeFolder, ContextTiers contextTiers) {
        this(path -> new ParquetSource(lakeFolder.resolve(path)), contextTiers, null, Long.MIN_VALUE);
    }

    AccountEventsReader(Files files) {
        this(files, ContextTiers.NONE, null, Long.MIN_VALUE);
    }

    private AccountEventsReader(Files files, ContextTiers contextTiers, @Nullable Long lastRun, long firstInstant) {
        this.files = files;
        this.contextTiers = contextTiers;
        this.lastRun = lastRun;
        this.firstInstant = firstInstant;
    }

    /** A reader of the same folder, as it is known now, that leaves out events before that instant in microseconds. */
    public AccountEventsReader from(long instant) {
        return new AccountEventsReader(files, contextTiers, null, instant);
    }

    /** A reader of the same folder that sees what was known when that run ended, and nothing that later runs added. */
    public AccountEventsReader knownTo(long run) {
        return new AccountEventsReader(files, contextTiers, run, Long.MIN_VALUE);
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

    /** What the account's events of these segments are known by that have one of these ids, in whatever namespaces. */
    public Set<EventName> named(List<String> segmentPaths, String accountId, Set<String> eventIds) throws IOException {
        WantedAccounts account = new WantedAccounts(List.of(accountId));
        TreeSet<byte[]> wanted = new TreeSet<>(Arrays::compareUnsigned);
        eventIds.forEach(each -> wanted.add(each.getBytes(StandardCharsets.UTF_8)));
        Map<EventName, Integer> events = new TreeMap<>();
        for (String path : segmentPaths) {
            try (SegmentRows rows = SegmentRows.names(files.open(path), account)) {
                while (rows.next()) {
                    if (wanted.contains(rows.eventId) && Arrays.equals(rows.accountId, account.at(0))) {
                        EventName name = new EventName(
                                new String(rows.namespace, StandardCharsets.UTF_8),
                                new String(rows.eventId, StandardCharsets.UTF_8));
                        events.merge(name, rows.events, Integer::sum);
                    }
                }
            }
        }
        // An event that was taken back has rows, and is not there.
        events.values().removeIf(count -> count == 0);
        return events.keySet();
    }

    /** The account's events of all these segments, each with what it is known by. */
    MergedAccounts.Keyed keyed(List<String> segmentPaths, String accountId) throws IOException {
        AccountEventsReader withRuns = lastRun == null ? knownTo(Long.MAX_VALUE) : this;
        try (MergedAccounts accounts = withRuns.open(segmentPaths, new WantedAccounts(List.of(accountId)))) {
            return accounts.keyed();
        }
    }

    /** What that run knew of an account's events; they need not be read again where nothing came after it. */
    MergedAccounts.Keyed keyedTo(long run, MergedAccounts.Keyed now, List<String> segmentPaths, String accountId)
            throws IOException {
        return now.lastRun() <= run ? now : knownTo(run).keyed(segmentPaths, accountId);
    }

    private MergedAccounts open(List<String> segmentPaths, @Nullable WantedAccounts wanted) throws IOException {
        List<SegmentRows> segments = new ArrayList<>();
        try {
            for (String path : segmentPaths) {
                segments.add(
                        lastRun == null
                                ? new SegmentRows(files.open(path), wanted, firstInstant)
                                : SegmentRows.knownTo(files.open(path), wanted, lastRun));
            }
            return new MergedAccounts(segments, wanted, contextTiers);
        } catch (IOException | RuntimeException failure) {
            for (SegmentRows segment : segments) {
                segment.close();
            }
            throw failure;
        }
    }
}
