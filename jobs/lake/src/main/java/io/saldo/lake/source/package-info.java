/**
 * Raw logs as records.
 *
 * <p>Law: every byte of a delivery belongs to the header, a blank line or exactly one record; a record is its place
 * (line, byte offset, byte length) and either its field texts, exactly as logged, or what is malformed about it. No
 * record can stop or shift its neighbours. What the fields mean is decided in {@code intake}.
 */
@NullMarked
package io.saldo.lake.source;

import org.jspecify.annotations.NullMarked;
