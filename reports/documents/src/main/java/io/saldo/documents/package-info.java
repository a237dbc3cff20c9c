/**
 * Documents for people: a value in, bytes out.
 *
 * <p>Law: the same value gives the same bytes, in any zone and locale. Nothing here decides an amount;
 * what is shown was computed before. Every text of a value is untrusted and is shown, never interpreted.
 */
@NullMarked
package io.saldo.documents;

import org.jspecify.annotations.NullMarked;
