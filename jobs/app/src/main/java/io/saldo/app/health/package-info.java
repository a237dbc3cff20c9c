/**
 * Gathers from the books and the lake what is known of each prepaid account's credit, and writes the credit health
 * report of a night.
 *
 * <p>Law: what it says is of the end of the night; it changes nothing.
 */
@NullMarked
package io.saldo.app.health;

import org.jspecify.annotations.NullMarked;
