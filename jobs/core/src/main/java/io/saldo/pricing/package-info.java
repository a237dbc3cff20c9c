/**
 * What a quantity costs: price books, their rows, aliases, and the one row set that holds for an event.
 *
 * <p>Law: at most one row set wins for (book, provider, model, service tier, meter, instant, context); two that could are
 * refused before anything is rated. A quantity without one is unpriced, never rated at zero.
 *
 * <p>Terms: a <em>book</em> may extend another; a <em>row set</em> is the rows that are equal in everything but price and
 * tier, and counts the account's quantity of the month from zero; a <em>period</em> is a span of time in which the rows for a product and
 * meter do not change; a row <em>fits</em> when the event's total input is above its {@code context_over}.
 *
 * <p>This package multiplies nothing: charges are the statement's. It reads no file and knows no account.
 */
@NullMarked
package io.saldo.pricing;

import org.jspecify.annotations.NullMarked;
