/**
 * Events that a person moves from one account to another, by appending: a row that takes an event back from the one, and
 * a row that gives it to the other.
 *
 * <p>Law: what a segment holds stays; the rows of both accounts together come to the same events and quantities as
 * before; an event keeps its namespace, id, instant and place, so that it is known again wherever it stands.
 */
@NullMarked
package io.saldo.lake.reassignment;

import org.jspecify.annotations.NullMarked;
