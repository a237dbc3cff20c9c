/**
 * What an account is asked to pay for a month, in document money (SPEC 9.3 to 9.5).
 *
 * <p>Law: an invoice is a pure function of a closed statement, the account and the tax profile. The whole is rounded
 * once; its lines and allowances are apportioned so that they sum to it; nothing is negative. This package owns no
 * number, no state and no document.
 */
@NullMarked
package io.saldo.invoice;

import org.jspecify.annotations.NullMarked;
