package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.time.LocalDate;

/**
 * A balance that the live prepaid system recorded, beside ours at the same instant.
 *
 * @param accountId the account
 * @param asOf the exact instant of both, in microseconds
 * @param date the billing-zone date that the reading speaks for; a reading at midnight, which closes a day, speaks for
 *     the day that ends
 * @param recorded what the live system showed
 * @param recordedCurrency the currency it stated
 * @param computed what we have
 * @param currency the account's currency
 */
public record BalanceReading(
        String accountId,
        long asOf,
        LocalDate date,
        Amount recorded,
        String recordedCurrency,
        Amount computed,
        String currency) {
    /** Whether both sides say the same, but for so much. */
    public boolean agrees(Amount tolerance) {
        return recordedCurrency.equals(currency)
                && (recorded.equals(computed)
                        || recorded.minus(computed).absolute().compareTo(tolerance) <= 0);
    }
}
