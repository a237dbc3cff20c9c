package io.saldo.app.statement;

import io.saldo.lake.usage.AccountEventsCursor;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.TextOrder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a shard's accounts, asked for account by account: each month's segments are opened once, and walked as
 * the accounts go by. It holds one account of each month.
 */
final class ShardEvents implements Closeable {
    private final AccountEventsReader reader;
    private final Map<YearMonth, List<String>> segments = new HashMap<>();
    private final List<String> accountIds;
    private final Map<YearMonth, Month> open = new HashMap<>();

    /** Of those accounts, which must be in the order of {@link TextOrder}. */
    ShardEvents(Path lake, List<StatementPartition.MonthSegments> segments, List<String> accountIds) {
        reader = new AccountEventsReader(lake);
        segments.forEach(each -> this.segments.put(each.month(), each.paths()));
        this.accountIds = accountIds;
    }

    private static final class Month {
        private final AccountEventsCursor cursor;
        private boolean begun;
        private boolean hasAccount;

        Month(AccountEventsCursor cursor) {
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

    /** The events of an account-month. Within a month, no account may be asked for after one that follows it. */
    AccountEvents of(String accountId, YearMonth month) throws IOException {
        Month cursor = open.get(month);
        if (cursor == null) {
            cursor = new Month(reader.read(segments.getOrDefault(month, List.of()), accountIds));
            open.put(month, cursor);
        }
        return cursor.of(accountId);
    }

    @Override
    public void close() throws IOException {
        for (Month month : open.values()) {
            month.cursor.close();
        }
    }
}
