package io.saldo.lake.usage;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.apache.parquet.filter2.predicate.Statistics;
import org.apache.parquet.filter2.predicate.UserDefinedPredicate;
import org.apache.parquet.io.api.Binary;

/**
 * Some accounts, in byte order: as a predicate it drops row groups and pages between whose lowest and highest account
 * none of them lies. A predicate of Parquet's own would keep all pages between the first and the last account.
 */
final class WantedAccounts extends UserDefinedPredicate<Binary> implements Serializable {
    private static final long serialVersionUID = 1;

    private final byte[][] accountIds;

    WantedAccounts(Collection<String> accountIds) {
        this.accountIds = accountIds.stream()
                .map(accountId -> accountId.getBytes(StandardCharsets.UTF_8))
                .sorted(Arrays::compareUnsigned)
                .toArray(byte[][]::new);
    }

    int size() {
        return accountIds.length;
    }

    byte[] at(int index) {
        return accountIds[index];
    }

    /** The index of the first account from that one on, counted from an index before which all are lower. */
    int from(int index, byte[] accountId) {
        int found = Arrays.binarySearch(accountIds, index, accountIds.length, accountId, Arrays::compareUnsigned);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public boolean keep(Binary accountId) {
        return Arrays.binarySearch(accountIds, accountId.getBytes(), Arrays::compareUnsigned) >= 0;
    }

    @Override
    public boolean canDrop(Statistics<Binary> statistics) {
        int first = from(0, statistics.getMin().getBytes());
        return first == accountIds.length
                || Arrays.compareUnsigned(accountIds[first], statistics.getMax().getBytes()) > 0;
    }

    @Override
    public boolean inverseCanDrop(Statistics<Binary> statistics) {
        return false;
    }
}
