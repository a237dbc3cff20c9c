package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.LocalDate;

/**
 * An account at the end of a day, or at the as-of within it.
 *
 * @param date the day in the billing zone
 * @param usage the value of the day's priced usage
 * @param closingBalance credit left; what expires at midnight is still in it
 * @param closingDebt carried usage that is not settled
 */
public record DailyBalance(LocalDate date, Amount usage, Amount closingBalance, Amount closingDebt) {}
