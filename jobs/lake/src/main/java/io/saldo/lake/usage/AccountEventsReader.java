package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads accepted events of accounts, in burn-down order, from the segments that the books list. */
public final class AccountEventsReader {
    /** Reads below that lake folder. */
    public AccountEventsReader(Path lakeFolder) {
        throw new UnsupportedOperationException(lakeFolder.toString());
    }

    /** The account's events of all these segments; row groups and pages of other accounts are not read. */
    public AccountEvents read(List<String> segmentPaths, String accountId) throws IOException {
        return List.<AccountEvents>of().get(0);
    }

    /** Every account of these segments, once each, in byte order. */
    public AccountEventsCursor readAll(List<String> segmentPaths) throws IOException {
        return List.<AccountEventsCursor>of().get(0);
    }
}
