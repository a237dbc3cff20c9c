/** Placeholder. */
@NullMarked
package io.saldo.lake;

import org.jspecify.annotations.NullMarked;
