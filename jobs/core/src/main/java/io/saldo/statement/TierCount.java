package io.saldo.statement;

import io.saldo.pricing.RowSet;
import java.math.BigInteger;

/**
 * How far a row set with tiers has counted at the statement's end. The next unit of the account's month, whenever it
 * arrives, continues from here.
 *
 * @param rowSet which
 * @param quantity the account's billable units of the month that it rated, whatever covered them; above zero
 */
public record TierCount(RowSet.Key rowSet, BigInteger quantity) {}
