/**
 * Step 3 of a night: which records are new, which were seen, which contradict, which restate (SPEC 4.3).
 *
 * <p>Law: the index knows each event within the identity horizon, and the newest segment that knows it holds; what an
 * event id brought first by (night, source, file, line) stands for ever. Segments are never changed, only merged.
 * Payload never comes here, but the figures of buckets, of which the next one is the difference.
 */
@NullMarked
package io.saldo.lake.identity;

import org.jspecify.annotations.NullMarked;
