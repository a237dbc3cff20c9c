package io.saldo.invoice;

import io.saldo.money.Amount;

/**
 * How what an account is charged for one service period is taxed (SPEC 9.5), already chosen by profile, date and
 * language.
 *
 * @param category EN 16931 code list UNCL5305: S, AE, G or E
 * @param ratePercent such as 19; 0 for the categories without tax
 * @param text the legal text in the document's language; empty where the law asks for none
 */
public record TaxTreatment(String category, Amount ratePercent, String text) {}
