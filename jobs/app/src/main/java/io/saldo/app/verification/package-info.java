/**
 * Proves everything again that is stored: files by their hashes, counts from the rows of the lake, statements by computing
 * them once more, and what follows from statements by making it once more.
 *
 * <p>Law: nothing here changes anything, and nothing here computes by rules of its own: what is compared was made by the
 * code that made it first. What cannot be proved is told, never left out.
 */
@NullMarked
package io.saldo.app.verification;

import org.jspecify.annotations.NullMarked;
