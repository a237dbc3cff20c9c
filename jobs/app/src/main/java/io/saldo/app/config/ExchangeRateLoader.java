package io.saldo.app.config;

import io.saldo.money.Amount;
import io.saldo.problem.ProblemCode;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads fx.csv. A wrong row holds up whoever needs its currency: the rate before it would be a guess. */
final class ExchangeRateLoader {
    private final Map<Currency, TreeMap<LocalDate, Amount>> rates = new HashMap<>();

    void rate(Row row) {
        Currency currency = row.requiredCurrency("currency");
        row.belongsTo(currency == null ? Subject.EVERYBODY : Subject.currency(currency.getCurrencyCode()));
        if (row.isBad()) {
            return;
        }
        row.required("date");
        LocalDate date = row.date("date");
        row.required("rate_per_eur");
        Amount rate = row.positiveAmount("rate_per_eur");
        if (row.isBad() || date == null || currency == null || rate == null) {
            return;
        }
        if (rates.computeIfAbsent(currency, key -> new TreeMap<>()).putIfAbsent(date, rate) != null) {
            row.refuse(ProblemCode.DUPLICATE_ROW, row.place(), "there is another rate of " + currency + " on " + date);
        }
    }

    ExchangeRates finish() {
        return new ExchangeRates(rates);
    }
}
