/**
 * Instants, usage dates and months.
 *
 * <p>Law: an instant is UTC with microseconds; the billing zone alone turns an instant into a date or a month; every
 * range is half-open. Nothing here reads a clock or the default zone.
 */
@NullMarked
package io.saldo.time;

import org.jspecify.annotations.NullMarked;
