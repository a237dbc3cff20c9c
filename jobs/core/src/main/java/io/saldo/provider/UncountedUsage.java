package io.saldo.provider;

import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.Map;

/**
 * Usage that was delivered to us and is not in our figures, so that a provider may have counted it and we did not.
 *
 * @param at when, in microseconds
 * @param model after alias
 * @param quantities disjoint
 * @param text what it is and where it was delivered, such as {@code held: gateway/a.csv:7}
 */
public record UncountedUsage(long at, String model, Map<Meter, BigInteger> quantities, String text) {}
