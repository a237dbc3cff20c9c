package io.saldo.pricing;

import io.saldo.problem.Place;
import java.util.Currency;

/**
 * A named set of prices.
 *
 * @param name unique among books
 * @param extendsBook the book that answers where this one has no row; empty for a root
 * @param currency of every price in it, the same as that of the book it extends
 * @param place where it is defined
 */
public record PriceBook(String name, String extendsBook, Currency currency, Place place) {}
