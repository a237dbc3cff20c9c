/**
 * Public price lists read from a file, and the price books of the configuration folder that they change.
 *
 * <p>Law: a figure of a list becomes a row or is left out with a reason; nothing is dropped and nothing is guessed. A row
 * that an import does not concern keeps its bytes. Files are written last, whole, and only when the configuration with
 * them has no problem that it did not have before.
 *
 * <p>Which prices move is {@code io.saldo.pricelist}'s; this package knows no database.
 */
@NullMarked
package io.saldo.app.pricelist;

import org.jspecify.annotations.NullMarked;
