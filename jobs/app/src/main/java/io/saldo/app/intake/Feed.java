package io.saldo.app.intake;

import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;

/** Takes the records of one feed into the books. */
interface Feed {
    /**
     * Takes a record.
     *
     * @throws FeedRecord.Rejection where it cannot be one of this feed
     */
    FeedOutcome take(Run run, FeedRecord record, Configuration configuration);

    /** The column with the instant of a record. */
    String instant();
}
