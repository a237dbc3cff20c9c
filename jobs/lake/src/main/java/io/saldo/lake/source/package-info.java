/**
 * Delivered files as records, whatever their format and compression.
 *
 * <p>Law: a file is read to its end, or nothing of it is taken. Every record is told once, in order: its place and either
 * its field texts, exactly as logged, or what is malformed about it. In lines, rows and columns no record can stop or shift
 * its neighbours; in a JSON document none that is JSON can. Memory depends on no file. Which text of the log is which column,
 * {@link io.saldo.lake.source.RecordLayout} says; what the columns mean is decided in {@code intake}.
 */
@NullMarked
package io.saldo.lake.source;

import org.jspecify.annotations.NullMarked;
