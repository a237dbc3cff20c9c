package io.saldo.lake.usage;

import io.saldo.usage.Meter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.parquet.io.LocalInputFile;

/**
 * What the rows of segments come to, counted anew: by account and run, and by delivery. It holds a few numbers for each of
 * these, whatever the number of rows.
 */
public final class SegmentCounts {
    private final TreeMap<String, TreeMap<Long, Counts>> accounts = new TreeMap<>();
    private final TreeMap<Long, Counts> deliveries = new TreeMap<>();
    private long rows;

    /**
     * Rows of one account that one run added, in the words of {@code GatherManifest.AccountMonth}.
     *
     * @param quantity units of all meters together
     */
    public record OfAccount(
            String accountId, long run, long events, long restated, long notBillable, BigInteger quantity) {}

    /**
     * Records of one delivery.
     *
     * @param records rows, restatements too, and without those that moved an event to another account
     * @param notBillable how many of them are not charged
     */
    public record OfDelivery(long delivery, long records, long notBillable) {}

    private static final class Counts {
        long events;
        long restated;
        long notBillableEvents;
        long records;
        long notBillableRecords;
        final QuantitySum quantity = new QuantitySum();

        void add(SegmentRows row) {
            events += row.events;
            restated += row.events == 0 ? 1 : 0;
            // An event that is moved is a row that takes it back and one that gives it: together no record.
            int record = row.events < 0 ? -1 : 1;
            records += record;
            if (!row.billable) {
                notBillableEvents += row.events;
                notBillableRecords += record;
            }
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                quantity.add(row.quantities[meter]);
            }
        }
    }

    /**
     * Adds the rows of a segment.
     *
     * @return how many
     */
    public long add(Path lakeFolder, String path) throws IOException {
        long before = rows;
        try (SegmentRows row = SegmentRows.counts(new LocalInputFile(lakeFolder.resolve(path)))) {
            byte[] accountId = new byte[0];
            TreeMap<Long, Counts> account = new TreeMap<>();
            while (row.next()) {
                if (rows == before || !Arrays.equals(accountId, row.accountId)) {
                    accountId = row.accountId;
                    account = accounts.computeIfAbsent(
                            new String(accountId, StandardCharsets.UTF_8), each -> new TreeMap<>());
                }
                account.computeIfAbsent(row.run, run -> new Counts()).add(row);
                deliveries
                        .computeIfAbsent(row.delivery, delivery -> new Counts())
                        .add(row);
                rows++;
            }
        }
        return rows - before;
    }

    /** By account and run. */
    public List<OfAccount> ofAccounts() {
        List<OfAccount> all = new ArrayList<>();
        accounts.forEach((account, runs) -> runs.forEach((run, counts) -> all.add(new OfAccount(
                account, run, counts.events, counts.restated, counts.notBillableEvents, counts.quantity.value()))));
        return all;
    }

    /** By delivery. */
    public List<OfDelivery> ofDeliveries() {
        List<OfDelivery> all = new ArrayList<>();
        deliveries.forEach(
                (delivery, counts) -> all.add(new OfDelivery(delivery, counts.records, counts.notBillableRecords)));
        return all;
    }
}
