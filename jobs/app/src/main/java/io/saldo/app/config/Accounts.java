package io.saldo.app.config;

import io.saldo.usage.TextOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dated rows of {@code accounts.csv}.
 *
 * <p>An account whose rows are wrong is still known here, so that its usage is taken; only its good rows are, and it is
 * among the held accounts.
 */
public final class Accounts {
    private final TreeMap<String, List<Account>> rows = new TreeMap<>(TextOrder.UTF_8);

    /**
     * Those rows.
     *
     * @param ids every account that is known, also one without a good row
     * @param accounts in any order
     */
    public Accounts(Collection<String> ids, Collection<Account> accounts) {
        ids.forEach(id -> rows.put(id, List.of()));
        TreeMap<String, List<Account>> collected = new TreeMap<>(TextOrder.UTF_8);
        for (Account account : accounts) {
            collected
                    .computeIfAbsent(account.accountId(), id -> new ArrayList<>())
                    .add(account);
        }
        collected.forEach((id, list) -> {
            list.sort(Comparator.comparingLong(Account::effectiveFrom));
            rows.put(id, List.copyOf(list));
        });
    }

    /** Every known account, sorted. */
    public SortedSet<String> ids() {
        return Collections.unmodifiableSortedSet(rows.navigableKeySet());
    }

    /** The account as it is at that instant; null where it is unknown or its first row begins later. */
    public @Nullable Account at(String accountId, long micros) {
        Account last = null;
        for (Account account : rows(accountId)) {
            if (account.effectiveFrom() <= micros) {
                last = account;
            }
        }
        return last;
    }

    /** The account's rows by their beginning; none where it is unknown. */
    public List<Account> rows(String accountId) {
        return rows.getOrDefault(accountId, List.of());
    }
}
