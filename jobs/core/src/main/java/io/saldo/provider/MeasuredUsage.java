package io.saldo.provider;

import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import java.math.BigInteger;

/**
 * Our usage of one meter within a stretch of time in which no window of the provider begins or ends.
 *
 * @param from first instant, in microseconds
 * @param to first instant after it
 * @param provider as logged
 * @param model after alias
 * @param serviceTier as logged
 * @param meter what was counted
 * @param quantity of billable events: what the provider should have counted
 * @param notBillable of the others, such as failed requests
 * @param unpriced what of the quantity the cost book has no price for
 * @param cost of the rest, at the cost book's prices
 */
public record MeasuredUsage(
        long from,
        long to,
        String provider,
        String model,
        String serviceTier,
        Meter meter,
        BigInteger quantity,
        BigInteger notBillable,
        BigInteger unpriced,
        Amount cost) {}
