package io.saldo.app.intake;

import io.saldo.app.run.Run;
import io.saldo.app.store.FeedStore;
import java.util.Optional;

/** Enters records that contradict one that stands. */
final class FeedConflicts {
    private final FeedStore feeds;

    FeedConflicts(FeedStore feeds) {
        this.feeds = feeds;
    }

    FeedOutcome enter(Run run, FeedRecord record, String subject, Optional<FeedStore.Origin> stands) {
        FeedStore.Origin first = stands.orElseThrow(() -> new IllegalStateException("nothing stands of " + subject));
        feeds.addConflict(
                run.id(),
                new FeedStore.Conflict(record.deliveryId(), record.line(), subject, first.deliveryId(), first.line()));
        return FeedOutcome.CONFLICT;
    }
}
