package io.saldo.invoice;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import java.time.LocalDate;
import java.util.Currency;

/**
 * An invoice's tax in the currency in which its issuer owes tax.
 *
 * @param on the day whose rates are taken: the last day of the service period
 * @param fromPerEuro units of the invoice's currency for one euro
 * @param toPerEuro units of the tax currency for one euro
 * @param tax the converted tax, rounded once
 */
public record TaxConversion(LocalDate on, Amount fromPerEuro, Amount toPerEuro, Money tax) {
    /** Converts {@code tax x toPerEuro / fromPerEuro}, half up to the tax currency's minor unit. */
    public static TaxConversion of(
            Money tax, LocalDate on, Amount fromPerEuro, Amount toPerEuro, Currency taxCurrency) {
        return new TaxConversion(
                on, fromPerEuro, toPerEuro, Rounding.converted(tax, fromPerEuro, toPerEuro, taxCurrency));
    }
}
