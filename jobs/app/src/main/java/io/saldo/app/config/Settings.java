package io.saldo.app.config;

import io.saldo.time.BillingZone;
import java.time.LocalDate;

/**
 * The technical settings of {@code application.yml}.
 *
 * @param billingZone decides usage dates and months
 * @param identityHorizonDays how long event ids are known; older events are rejected
 * @param lateUsage what becomes of usage of a closed month
 * @param breakFloodLimit more new breaks of one code in one night are told as one group
 * @param accountShards into how many shards accounts fall: the same for the life of a home
 * @param identityShards into how many shards event ids fall: the same for the life of a home
 * @param threads how many partitions are worked on at once; no result depends on it
 * @param memoryBudgetBytes what all partitions together may hold in memory before they spill; no result depends on it
 * @param retention for how long what nothing rests on any more is kept; no result depends on it
 */
public record Settings(
        BillingZone billingZone,
        int identityHorizonDays,
        LateUsage lateUsage,
        int breakFloodLimit,
        int accountShards,
        int identityShards,
        int threads,
        long memoryBudgetBytes,
        RetentionSettings retention) {
    /** The file that has them. */
    public static final String FILE = ConfigurationKeys.APPLICATION_FILE;

    /** The start of the identity horizon of a night: older events are rejected. */
    public long horizonStart(LocalDate businessDate) {
        return billingZone.startOf(businessDate.plusDays(1).minusDays(identityHorizonDays));
    }

    /** What becomes of usage of a closed month (SPEC 4.4). */
    public enum LateUsage {
        /** It is charged with the oldest open month, in a section of its own. */
        NEXT_INVOICE("next-invoice"),
        /** It stands in no statement, only in a break. */
        REPORT_ONLY("report-only");

        private final String word;

        LateUsage(String word) {
            this.word = word;
        }

        /** The word in {@code application.yml}. */
        public String word() {
            return word;
        }
    }
}
