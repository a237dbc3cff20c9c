package io.saldo.health;

/**
 * From when on a person is told.
 *
 * @param riskDays credit that may end within so many days is a concern
 * @param expiryDays credit that expires unused within so many days is a concern
 */
public record HealthRules(int riskDays, int expiryDays) {}
