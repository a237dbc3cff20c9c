package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.YearMonth;

/**
 * Usage that nobody paid and that a person decided to charge. It is overage of the open month, without surcharge and
 * beside the monthly cap: a decision covers what its break showed and nothing more.
 *
 * @param breakId the break that was decided on
 * @param usageMonth the month of the statement that has the usage
 * @param reason why nobody pays it
 * @param amount the most that is charged, greater than 0; in the statement of the usage month no more than nobody pays
 *     there by now, since credit that was booked meanwhile may have paid for it
 */
public record DecidedCharge(String breakId, YearMonth usageMonth, UnfundedShare.Reason reason, Amount amount) {}
