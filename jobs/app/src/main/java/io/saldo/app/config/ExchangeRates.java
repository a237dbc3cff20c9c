package io.saldo.app.config;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rates of {@code fx.csv}: units of a currency for one euro; the last one on or before a date holds. */
public final class ExchangeRates {
    private static final String EURO = "EUR";

    private final Map<Currency, NavigableMap<LocalDate, Amount>> rates = new HashMap<>();

    /** Those rates. */
    public ExchangeRates(Map<Currency, ? extends Map<LocalDate, Amount>> rates) {
        rates.forEach((currency, byDate) -> this.rates.put(currency, new TreeMap<>(byDate)));
    }

    /** Units of the currency for one euro on that date; 1 for the euro; null where no rate is known by then. */
    public @Nullable Amount perEuro(Currency currency, LocalDate date) {
        if (currency.getCurrencyCode().equals(EURO)) {
            return Amount.of(1);
        }
        NavigableMap<LocalDate, Amount> byDate = rates.get(currency);
        Map.Entry<LocalDate, Amount> rate = byDate == null ? null : byDate.floorEntry(date);
        return rate == null ? null : rate.getValue();
    }
}
