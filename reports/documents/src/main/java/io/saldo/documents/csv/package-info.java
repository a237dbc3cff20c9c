/**
 * The one way in which Saldo writes CSV (SPEC 12).
 *
 * <p>Law: UTF-8, a header, {@code \n} line ends, RFC 4180 quotes, exact numbers without exponent, and no text that a
 * spreadsheet would run as a formula.
 */
@NullMarked
package io.saldo.documents.csv;

import org.jspecify.annotations.NullMarked;
