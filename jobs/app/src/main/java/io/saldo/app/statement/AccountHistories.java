package io.saldo.app.statement;

import io.saldo.app.run.Run;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.DecisionStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Finds in the books what they know of accounts before their open months are computed. */
@Component
public class AccountHistories {
    private final LakeStore lake;
    private final FeedStore feeds;
    private final StatementStore statements;
    private final CloseStore closes;
    private final ComputationStore computations;
    private final DecisionStore decisions;

    /** Over the books. */
    public AccountHistories(
            LakeStore lake,
            FeedStore feeds,
            StatementStore statements,
            CloseStore closes,
            ComputationStore computations,
            DecisionStore decisions) {
        this.lake = lake;
        this.feeds = feeds;
        this.statements = statements;
        this.closes = closes;
        this.computations = computations;
        this.decisions = decisions;
    }

    /** Of all accounts, as the run finds them, from every closed statement: nothing that a close freezes rests on a shortcut. */
    public AccountHistory.All ofStatements(Run run) {
        return all(run, closes.frozen());
    }

    /** The same, from what closes kept: for what runs each night. */
    public AccountHistory.All ofKept(Run run) {
        return all(run, closes.kept());
    }

    private AccountHistory.All all(Run run, Map<String, CloseStore.Frozen> frozen) {
        return new AccountHistory.All(run, frozen, lake, feeds, statements, computations, decisions);
    }
}
