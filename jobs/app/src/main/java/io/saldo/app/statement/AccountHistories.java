package io.saldo.app.statement;

import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import org.springframework.stereotype.Component;

/** Finds in the books what they know of accounts before their open months are computed. */
@Component
public class AccountHistories {
    private final LakeStore lake;
    private final FeedStore feeds;
    private final StatementStore statements;
    private final CloseStore closes;
    private final ComputationStore computations;

    /** Over the books. */
    public AccountHistories(
            LakeStore lake,
            FeedStore feeds,
            StatementStore statements,
            CloseStore closes,
            ComputationStore computations) {
        this.lake = lake;
        this.feeds = feeds;
        this.statements = statements;
        this.closes = closes;
        this.computations = computations;
    }

    /** Of one account, as if it were computed for the first time. */
    AccountHistory of(String accountId) {
        return new AccountHistory(
                lake.usage(accountId),
                lake.usageByRun(accountId),
                feeds.entries(accountId),
                closes.frozen(accountId).orElse(null),
                null,
                statements.latestOfOpenMonths(accountId));
    }

    /** Of all accounts. */
    AccountHistory.All all() {
        return new AccountHistory.All(lake, feeds, statements, closes, computations);
    }
}
