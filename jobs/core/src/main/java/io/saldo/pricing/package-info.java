/**
 * What a quantity costs (SPEC 5): price books, their rows, aliases, and the one row that holds for an event.
 *
 * <p>Law: at most one row wins for (book, provider, model, service tier, meter, instant, context); two that could are
 * refused before anything is rated. A quantity without a row is unpriced, never rated at zero.
 *
 * <p>Terms: a <em>book</em> may extend another; a <em>period</em> is a span of time in which the rows for a product and
 * meter do not change; a row <em>fits</em> when the event's total input is above its {@code context_over}.
 *
 * <p>This package multiplies nothing: charges are the statement's. It reads no file and knows no account.
 */
@NullMarked
package io.saldo.pricing;

import org.jspecify.annotations.NullMarked;
