package io.saldo.statement;

import io.saldo.usage.Meter;
import java.math.BigInteger;

/**
 * Where every accepted unit of a meter went: {@code accepted = priced + free + unpriced + notBillable}.
 *
 * @param meter the meter
 * @param accepted units of all events
 * @param priced units with a price row, also one of price 0
 * @param free units or requests of a model that the book does not sell by that meter
 * @param unpriced units without a price
 * @param notBillable units of events that are not billable
 */
public record MeterQuantities(
        Meter meter,
        BigInteger accepted,
        BigInteger priced,
        BigInteger free,
        BigInteger unpriced,
        BigInteger notBillable) {}
