package io.saldo.invoice;

import io.saldo.money.Amount;
import io.saldo.money.Money;

/**
 * The tax of one category and rate.
 *
 * @param category EN 16931 code list UNCL5305: S, AE, G or E
 * @param ratePercent such as 19
 * @param net what is taxed
 * @param tax {@code net x rate}, half up
 * @param text the legal text in the document's language; empty where the law asks for none
 */
public record TaxLine(String category, Amount ratePercent, Money net, Money tax, String text) {}
