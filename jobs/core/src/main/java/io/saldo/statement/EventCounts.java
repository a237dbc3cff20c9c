package io.saldo.statement;

/**
 * How many events a statement counted.
 *
 * @param billable events that are charged, or would be if they had a price
 * @param notBillable accepted events whose status is not billable
 * @param late of all of them, those of closed months that came late; a figure that grew counts as one
 * @param withoutTerms of the billable ones, those at whose instant no terms were in force
 * @param firstWithoutTerms the instant of the first of these in microseconds; {@code Instants.MAX} when there is none
 */
public record EventCounts(long billable, long notBillable, long late, long withoutTerms, long firstWithoutTerms) {
    /** All of them. */
    public long total() {
        return billable + notBillable;
    }
}
