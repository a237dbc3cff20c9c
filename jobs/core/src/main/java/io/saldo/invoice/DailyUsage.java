package io.saldo.invoice;

import io.saldo.money.Amount;
import java.time.LocalDate;

/**
 * What was used on one day.
 *
 * @param date the usage date in the billing zone
 * @param amount exact, net
 */
public record DailyUsage(LocalDate date, Amount amount) {}
