package io.saldo.documents.finance;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What finance has to know of a month. Amounts are exact, but for those of documents, which are what the documents say.
 *
 * @param month the month
 * @param asOf the last day whose usage is in it
 * @param rollForward purchased credit, by account
 * @param breakage credit that expired in the month, by account and credit
 * @param coverage who pays for the month's usage, by account
 * @param taxes tax of documents and of purchases of credit, by account
 * @param changes this month beside the last, by account
 */
public record FinanceReport(
        YearMonth month,
        LocalDate asOf,
        List<RollForward> rollForward,
        List<Breakage> breakage,
        List<Coverage> coverage,
        List<Tax> taxes,
        List<Change> changes) {
    /** Keeps copies. */
    public FinanceReport {
        rollForward = List.copyOf(rollForward);
        breakage = List.copyOf(breakage);
        coverage = List.copyOf(coverage);
        taxes = List.copyOf(taxes);
        changes = List.copyOf(changes);
    }

    /**
     * Deferred revenue of an account: purchased credit, net.
     * {@code opening + purchased + restored - consumed - expired - refunded = closing}.
     *
     * @param status {@code closed}, or how far the account-month is
     */
    public record RollForward(
            String accountId,
            String currency,
            String status,
            Amount opening,
            Amount purchased,
            Amount restored,
            Amount consumed,
            Amount expired,
            Amount refunded,
            Amount closing) {
        /** Whether the account-month is in the books for good. */
        public boolean isClosed() {
            return status.equals(CLOSED);
        }
    }

    /** The status of an account-month that nothing changes any more. */
    public static final String CLOSED = "closed";

    /** The status of an account-month in which nothing was used, moved or left. */
    public static final String NO_STATEMENT = "no statement";

    /**
     * A credit that expired with something left.
     *
     * @param kind {@code purchase}: revenue; another: it was given, and nothing is recognised
     */
    public record Breakage(
            String accountId, String creditId, String kind, String currency, LocalDate expiredOn, Amount expired) {
        /** Whether it is revenue. */
        public boolean isRevenue() {
            return kind.equals("purchase");
        }
    }

    /**
     * Who pays for usage: {@code usage = credit + payg + overage + carried + unfunded}.
     *
     * @param surcharge on top of overage, not in usage
     * @param receivable owed apart from usage
     */
    public record Coverage(
            String accountId,
            String currency,
            String status,
            Amount usage,
            Amount credit,
            Amount payg,
            Amount overage,
            Amount surcharge,
            Amount carried,
            Amount unfunded,
            Amount receivable) {}

    /**
     * Tax of one category and rate of a document, or of a purchase of credit.
     *
     * @param document number of the invoice, else id of the credit
     * @param source {@code invoice}, {@code credit_note}, {@code credit_purchase} or {@code credit_refund}
     * @param state of the document; a purchase is {@code booked}
     * @param country of the customer
     * @param category EN 16931; empty where the credit feed states only an amount
     * @param rate percent; null where the credit feed states only an amount
     * @param net what is taxed; negative where it goes back
     * @param tax on it
     */
    public record Tax(
            String document,
            String source,
            String state,
            String accountId,
            String country,
            String category,
            @Nullable Amount rate,
            String currency,
            Amount net,
            Amount tax) {}

    /**
     * This month beside the last.
     *
     * @param charged payg, overage and surcharge
     */
    public record Change(
            String accountId,
            String currency,
            String status,
            Amount usage,
            Amount usageBefore,
            Amount charged,
            Amount chargedBefore,
            Amount balance,
            Amount balanceBefore) {
        /** How much more was used. */
        public Amount usageChange() {
            return usage.minus(usageBefore);
        }

        /** How much more is charged. */
        public Amount chargedChange() {
            return charged.minus(chargedBefore);
        }
    }
}
