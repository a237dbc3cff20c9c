/** Disputes through nights, closes and documents. */
@NullMarked
package io.saldo.app.dispute;

import org.jspecify.annotations.NullMarked;
