/**
 * One request to an AI API, as a usage event: what it is, how it is counted, how it is identified (SPEC 2 and 4).
 *
 * <p>Law: quantities are whole numbers from 0 to 2^63-1 in disjoint meters; an event is identified for ever by its
 * namespace and event id; its content is every canonical column as logged. This package knows no price and no file.
 */
@NullMarked
package io.saldo.usage;

import org.jspecify.annotations.NullMarked;
