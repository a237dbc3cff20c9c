/** Placeholder. */
@NullMarked
package io.saldo.money;

import org.jspecify.annotations.NullMarked;
