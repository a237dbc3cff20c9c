/** Placeholder. */
@NullMarked
package io.saldo.bench;

import org.jspecify.annotations.NullMarked;
