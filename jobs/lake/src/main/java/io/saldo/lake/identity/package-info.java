/**
 * Step 3 of a night: which records are new, which were seen, which contradict (SPEC 4.3, rule {@code event-id}).
 *
 * <p>Law: an id is in the index once, with the content and place that were taken first by (night, source, file, line);
 * the index is only added to. Payload never comes here.
 */
@NullMarked
package io.saldo.lake.identity;

import org.jspecify.annotations.NullMarked;
