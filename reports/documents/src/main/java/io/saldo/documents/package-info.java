/** Placeholder. */
@NullMarked
package io.saldo.documents;

import org.jspecify.annotations.NullMarked;
