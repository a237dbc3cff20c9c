/** Placeholder. */
@NullMarked
package io.saldo.sample;

import org.jspecify.annotations.NullMarked;
