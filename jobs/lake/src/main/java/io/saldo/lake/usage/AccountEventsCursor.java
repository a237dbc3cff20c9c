package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import java.io.Closeable;
import java.io.IOException;

/** Accounts of some segments, one after the other in byte order, each with all its events in burn-down order. */
public interface AccountEventsCursor extends Closeable {
    /** Goes to the next account, and says whether there is one. */
    boolean next() throws IOException;

    /** The account. */
    String accountId();

    /** Its events. */
    AccountEvents events();

    @Override
    void close() throws IOException;
}
