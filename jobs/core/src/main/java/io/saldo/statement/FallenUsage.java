package io.saldo.statement;

import java.time.YearMonth;

/**
 * Usage that closed statements charged with higher figures than it has by now. Nothing frozen changes by itself: a
 * person decides on it.
 *
 * @param usageMonth the month in which it was used
 * @param events how many events fell, above zero
 */
public record FallenUsage(YearMonth usageMonth, long events) {}
