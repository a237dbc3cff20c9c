package io.saldo.app.intake;

import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;
import io.saldo.app.store.FeedStore;
import io.saldo.time.Instants;
import java.util.Optional;

/** Balances that the live prepaid system recorded. */
final class BalanceFeed implements Feed {
    private final FeedStore feeds;
    private final FeedConflicts conflicts;

    BalanceFeed(FeedStore feeds) {
        this.feeds = feeds;
        conflicts = new FeedConflicts(feeds);
    }

    @Override
    public String instant() {
        return "as_of";
    }

    @Override
    public FeedOutcome take(Run run, FeedRecord record, Configuration configuration) {
        String accountId = record.required("account_id");
        long asOf = record.instant("as_of");
        FeedStore.RecordedBalance balance =
                new FeedStore.RecordedBalance(accountId, asOf, record.amount("balance"), record.currency("currency"));
        if (!configuration.accounts().ids().contains(accountId)) {
            return new FeedOutcome.Held(accountId);
        }
        Optional<FeedStore.RecordedBalance> known = feeds.balance(accountId, asOf);
        if (known.isPresent()) {
            return known.get().equals(balance)
                    ? FeedOutcome.DUPLICATE
                    : conflicts.enter(
                            run,
                            record,
                            "balance of " + accountId + " at " + Instants.format(asOf),
                            feeds.originOfBalance(accountId, asOf));
        }
        feeds.addBalance(run.id(), record.deliveryId(), record.line(), balance);
        return FeedOutcome.ACCEPTED;
    }
}
