package io.saldo.lake.usage;

import java.io.Serializable;

/**
 * An immutable Parquet file of accepted events of one month and account shard.
 *
 * @param path relative to the lake folder: {@code usage/month=YYYY-MM/shard=NN/NAME.parquet}
 * @param month YYYY-MM in the billing zone
 * @param shard the account shard
 * @param records how many rows
 * @param bytes length of the file
 * @param sha256 hash of the file, in hexadecimal
 * @param firstAccountId the lowest account in byte order
 * @param lastAccountId the highest account in byte order
 * @param minOccurredAtMicros the earliest instant
 * @param maxOccurredAtMicros the latest instant
 */
public record UsageSegment(
        String path,
        String month,
        int shard,
        long records,
        long bytes,
        String sha256,
        String firstAccountId,
        String lastAccountId,
        long minOccurredAtMicros,
        long maxOccurredAtMicros)
        implements Serializable {}
