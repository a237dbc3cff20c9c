/**
 * What who watches over Saldo sees: health and metrics.
 *
 * <p>Law: figures are those of the books, read while a run held them and kept afterwards; nothing here opens the books. Metrics carry
 * codes, words and counts, never a name or an id that came from outside.
 */
@NullMarked
package io.saldo.app.monitor;

import org.jspecify.annotations.NullMarked;
