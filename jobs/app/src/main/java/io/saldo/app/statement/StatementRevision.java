package io.saldo.app.statement;

import io.saldo.statement.Statement;
import io.saldo.statement.StatementTotals;
import java.math.BigInteger;

/**
 * One numbered result for an account-month.
 *
 * @param accountId whose
 * @param month YYYY-MM
 * @param revision counted from 1
 * @param shard the account's shard, where its details lie
 * @param asOf exclusive, in microseconds
 * @param status when it was computed; a close freezes it as it is
 * @param currency of every amount
 * @param resultSha256 of everything that a reader sees of it
 * @param dependencySha256 of everything that it was computed from
 * @param events accepted events
 * @param unpricedQuantity units without a price
 * @param totals its figures
 * @param facts the rest that the books keep
 */
public record StatementRevision(
        String accountId,
        String month,
        int revision,
        int shard,
        long asOf,
        Statement.Status status,
        String currency,
        String resultSha256,
        String dependencySha256,
        long events,
        BigInteger unpricedQuantity,
        StatementTotals totals,
        StatementFacts facts) {}
