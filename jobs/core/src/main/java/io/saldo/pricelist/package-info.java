/**
 * What a public price list changes in a price book, and which of it is too strange to be taken unasked (SPEC 3).
 *
 * <p>Law: what the book said before the import's first instant stays as it was; what the list and the book agree on
 * stays as it was; a price that jumped is named and needs a person. Taking the same list twice changes nothing.
 *
 * <p>Terms: a <em>key</em> is everything that names a price but its time; a <em>timeline</em> is the price of a key
 * through time; a <em>move</em> is a span in which list and book differ.
 *
 * <p>This package reads no list and writes no book: both are the application's. Which price holds for an event is
 * {@code pricing}'s.
 */
@NullMarked
package io.saldo.pricelist;

import org.jspecify.annotations.NullMarked;
