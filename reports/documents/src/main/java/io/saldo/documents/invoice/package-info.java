/**
 * The invoice and the usage statement that a customer receives (SPEC 9.4).
 *
 * <p>Law: the document shows every line of its value and no amount that the value does not hold, sums of shown amounts
 * excepted.
 */
@NullMarked
package io.saldo.documents.invoice;

import org.jspecify.annotations.NullMarked;
