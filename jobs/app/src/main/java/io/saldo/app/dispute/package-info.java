/**
 * Disputes over the books (SPEC 10): a closed account-month computed anew, its difference to what was invoiced, and what a
 * person's approval appends.
 *
 * <p>Law: computing changes nothing but the dispute's own rows; an approval only appends.
 */
@NullMarked
package io.saldo.app.dispute;

import org.jspecify.annotations.NullMarked;
