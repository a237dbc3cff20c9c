/**
 * Everything that can be wrong with what a person or a system gave us.
 *
 * <p>Law: a problem has a code, a place, a statement of what is wrong, a remedy and an effect. Codes are never reused.
 */
@NullMarked
package io.saldo.problem;

import org.jspecify.annotations.NullMarked;
