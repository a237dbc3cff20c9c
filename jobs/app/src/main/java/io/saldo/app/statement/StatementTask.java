package io.saldo.app.statement;

import io.saldo.credit.CreditEntry;
import io.saldo.statement.Correction;
import io.saldo.statement.DecidedCharge;
import io.saldo.statement.MonthCounters;
import io.saldo.statement.OpeningPosition;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account whose open months are to be computed.
 *
 * @param accountId the account
 * @param currency of all its money
 * @param closedOn its last day; null while it is open
 * @param opening what the first of the months begins with
 * @param entries credit entries that no closed month applied
 * @param late closed months with usage that no statement has counted, or with corrections, oldest first
 * @param charges usage without credit that a person had charged, of the open months, or of closed ones and not charged yet
 * @param months the open months, oldest first, without a gap
 * @param probes instants in microseconds, rising, for which a live balance was recorded
 * @param computedBy the run that computed it last; 0 where none did
 * @param dependencySha256 of everything that the result rests on
 */
public record StatementTask(
        String accountId,
        Currency currency,
        @Nullable LocalDate closedOn,
        OpeningPosition opening,
        List<CreditEntry> entries,
        List<LateMonth> late,
        List<DecidedCharge> charges,
        List<Month> months,
        List<Long> probes,
        long computedBy,
        String dependencySha256) {
    /**
     * A closed month with late usage.
     *
     * @param month the month
     * @param lastRun the last run that brought any of its events
     * @param countedBy the runs that closed a statement with usage of it, rising
     * @param counters how far these counted
     * @param corrections what approved disputes of it move now
     */
    public record LateMonth(
            YearMonth month, long lastRun, List<Long> countedBy, MonthCounters counters, List<Correction> corrections) {
        /** In {@code countedBy}: usage that came is not counted, whenever it came. */
        public static final long NOTHING_COUNTS = Long.MAX_VALUE;
    }

    /**
     * One month of it.
     *
     * @param month the month
     * @param lastRun the last run that brought any of its events; 0 where none did
     * @param events how many accepted events the books know
     * @param quantity the sum of all their meters that the books know
     * @param changedFrom the earliest instant of usage that came since the account was computed last, in microseconds;
     *     {@code Instants.MAX} where none did
     * @param revision the latest revision's number; 0 when there is none
     * @param resultSha256 of that revision; empty when there is none
     */
    public record Month(
            YearMonth month,
            long lastRun,
            long events,
            BigInteger quantity,
            long changedFrom,
            int revision,
            String resultSha256) {}
}
