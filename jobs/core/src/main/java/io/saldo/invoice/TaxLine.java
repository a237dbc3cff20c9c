package io.saldo.invoice;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tax of one category and rate.
 *
 * @param category EN 16931 code list UNCL5305: S, AE, G or E
 * @param ratePercent such as 19
 * @param net what is taxed
 * @param tax {@code net x rate}, half up
 * @param text the legal text in the document's language; empty where the law asks for none
 * @param usageMonths whose lines it taxes, oldest first; empty where the invoice has one tax, which then is every line's
 */
public record TaxLine(
        String category, Amount ratePercent, Money net, Money tax, String text, List<YearMonth> usageMonths) {
    /** Keeps the list unchangeable; documents of before have none. */
    public TaxLine(
            String category,
            Amount ratePercent,
            Money net,
            Money tax,
            String text,
            @Nullable List<YearMonth> usageMonths) {
        this.category = category;
        this.ratePercent = ratePercent;
        this.net = net;
        this.tax = tax;
        this.text = text;
        this.usageMonths = List.copyOf(Objects.requireNonNullElse(usageMonths, List.of()));
    }

    /** The only tax of an invoice. */
    public TaxLine(String category, Amount ratePercent, Money net, Money tax, String text) {
        this(category, ratePercent, net, tax, text, List.of());
    }
}
