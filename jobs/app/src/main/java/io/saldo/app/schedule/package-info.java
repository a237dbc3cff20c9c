/**
 * When runs begin by themselves.
 *
 * <p>Law: what is due follows from the cron expressions, from what has run and from an instant that the caller names; nothing
 * here reads a clock or waits. It does not own the running itself.
 */
@NullMarked
package io.saldo.app.schedule;

import org.jspecify.annotations.NullMarked;
