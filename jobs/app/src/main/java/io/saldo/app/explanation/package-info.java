/**
 * How an amount came to be, told step by step down to the delivered line.
 *
 * <p>Law: nothing here computes an amount. A statement is computed again by the kernel from what its run knew, and must
 * come to the stored result; this package names where everything came from. It only reads.
 */
@NullMarked
package io.saldo.app.explanation;

import org.jspecify.annotations.NullMarked;
