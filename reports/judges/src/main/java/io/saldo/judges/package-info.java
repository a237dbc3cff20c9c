/**
 * Documents, judged by tools that nobody here wrote: Schematron rules run by Saxon, veraPDF, Mustang.
 *
 * <p>Law: bytes in, a verdict out; nothing here knows Saldo, so that no mistake of Saldo's can hide in its own judge. Tests
 * alone use it.
 */
@NullMarked
package io.saldo.judges;

import org.jspecify.annotations.NullMarked;
