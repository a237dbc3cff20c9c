/**
 * How long an account's credit lasts, and what a person should do about it.
 *
 * <p>Law: what is known (balances, usage, declines, windows without credit) is exact; what is expected is an estimate by
 * a stated method, always with its range, and decides nothing: no amount of it is ever charged. The method: usage of
 * every seven consecutive days among the last 28 is one sample, so that a weekend is in each of them; the lower quartile,
 * the median and the upper quartile of the samples are the slow, the usual and the fast pace.
 *
 * <p>Terms: <i>runway</i> is the number of whole days that credit lasts; a <i>gap</i> is a time without credit; a
 * <i>concern</i> is a reason for a person to act.
 *
 * <p>This package does not own: the statement that the figures are of, the break that too many declines are, and whether
 * an account is recharged.
 */
@NullMarked
package io.saldo.health;

import org.jspecify.annotations.NullMarked;
