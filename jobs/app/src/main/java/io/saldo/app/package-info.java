/** Placeholder. */
@NullMarked
package io.saldo.app;

import org.jspecify.annotations.NullMarked;
