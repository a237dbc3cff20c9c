package io.saldo.app.statement;

import io.saldo.lake.usage.AccountEventsCursor;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.TextOrder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The events of a shard's accounts, asked for account by account: each month's segments are opened once, and walked as
 * the accounts go by. It holds one account of each month.
 *
 * <p>Accounts that go on from a checkpoint need no segment whose usage is all before it. Most have theirs at one instant,
 * the latest; the others are read from the earliest of theirs. So there are three walks at most.
 */
final class ShardEvents implements Closeable {
    private static final long WHOLE = Long.MIN_VALUE;

    private final AccountEventsReader reader;
    private final Map<YearMonth, List<StatementPartition.Segment>> segments = new HashMap<>();
    private final Map<String, Map<YearMonth, Long>> starts;
    private final List<String> accountIds;
    private final Map<YearMonth, NavigableMap<Long, Walk>> open = new HashMap<>();

    /**
     * Of those accounts.
     *
     * @param accountIds in the order of {@link TextOrder}
     * @param starts by account and month, the instant before which nothing is needed
     */
    ShardEvents(
            Path lake,
            ContextTiers contextTiers,
            List<StatementPartition.MonthSegments> segments,
            List<String> accountIds,
            Map<String, Map<YearMonth, Long>> starts) {
        reader = new AccountEventsReader(lake, contextTiers);
        segments.forEach(each -> this.segments.put(each.month(), each.segments()));
        this.accountIds = accountIds;
        this.starts = starts;
    }

    private static final class Walk {
        private final AccountEventsCursor cursor;
        private boolean begun;
        private boolean hasAccount;

        Walk(AccountEventsCursor cursor) {
            this.cursor = cursor;
        }

        AccountEvents of(String accountId) throws IOException {
            if (!begun) {
                begun = true;
                hasAccount = cursor.next();
            }
            while (hasAccount && TextOrder.UTF_8.compare(cursor.accountId(), accountId) < 0) {
                hasAccount = cursor.next();
            }
            return hasAccount && cursor.accountId().equals(accountId) ? cursor.events() : AccountEvents.none();
        }
    }

    /**
     * The events of an account-month, at least those from its start on. Within a month, no account may be asked for
     * after one that follows it.
     */
    AccountEvents of(String accountId, YearMonth month) throws IOException {
        NavigableMap<Long, Walk> walks = open.get(month);
        if (walks == null) {
            walks = walks(month);
            open.put(month, walks);
        }
        return walks.floorEntry(start(accountId, month)).getValue().of(accountId);
    }

    /** Whether {@link #of} leaves out what is before a start. */
    boolean areFromACheckpointOn(String accountId, YearMonth month) {
        return start(accountId, month) != WHOLE;
    }

    /** All events of an account-month, whatever its start. */
    AccountEvents whole(String accountId, YearMonth month) throws IOException {
        return reader.read(paths(month, WHOLE), accountId);
    }

    private NavigableMap<Long, Walk> walks(YearMonth month) throws IOException {
        TreeMap<Long, List<String>> byStart = new TreeMap<>();
        for (String accountId : accountIds) {
            byStart.computeIfAbsent(start(accountId, month), start -> new ArrayList<>())
                    .add(accountId);
        }
        TreeMap<Long, List<String>> wanted = new TreeMap<>();
        byStart.forEach((start, accounts) -> {
            Long lowest = byStart.higherKey(WHOLE);
            boolean apart = start == WHOLE || lowest == null || start.equals(byStart.lastKey());
            wanted.computeIfAbsent(apart ? start : lowest, each -> new ArrayList<>())
                    .addAll(accounts);
        });
        NavigableMap<Long, Walk> walks = new TreeMap<>();
        try {
            for (Map.Entry<Long, List<String>> each : wanted.entrySet()) {
                walks.put(
                        each.getKey(),
                        new Walk(reader.from(each.getKey()).read(paths(month, each.getKey()), each.getValue())));
            }
        } catch (IOException | RuntimeException failure) {
            close(walks);
            throw failure;
        }
        return walks;
    }

    private long start(String accountId, YearMonth month) {
        return starts.getOrDefault(accountId, Map.of()).getOrDefault(month, WHOLE);
    }

    private List<String> paths(YearMonth month, long start) {
        return segments.getOrDefault(month, List.of()).stream()
                .filter(segment -> segment.lastOccurredAt() >= start)
                .map(StatementPartition.Segment::path)
                .toList();
    }

    private static void close(NavigableMap<Long, Walk> walks) throws IOException {
        for (Walk walk : walks.values()) {
            walk.cursor.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (NavigableMap<Long, Walk> walks : open.values()) {
            close(walks);
        }
    }
}
