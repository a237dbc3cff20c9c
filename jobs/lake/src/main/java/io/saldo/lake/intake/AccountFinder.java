package io.saldo.lake.intake;

import io.saldo.lake.memory.BytesTable;
import io.saldo.usage.Identity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The account directory, ready to be asked with the bytes of a record. */
final class AccountFinder {
    private final BytesTable accounts = new BytesTable();
    private final int[] shards;
    private final long[] hashes;
    private final BytesTable keys = new BytesTable();
    private final List<Assignment[]> assignments = new ArrayList<>();

    private record Assignment(int account, long fromMicros, long toMicros) {}

    AccountFinder(AccountDirectory directory, int accountShards) {
        Map<String, Integer> numbers = new HashMap<>();
        shards = new int[directory.accountIds().size()];
        hashes = new long[shards.length];
        Identity identity = new Identity();
        for (String accountId : directory.accountIds()) {
            byte[] bytes = accountId.getBytes(StandardCharsets.UTF_8);
            int number = accounts.add(bytes, 0, bytes.length);
            numbers.put(accountId, number);
            shards[number] = identity.shard(accountId, accountShards);
            hashes[number] = identity.content(List.of(accountId));
        }
        directory.keys().forEach((key, ranges) -> {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            keys.add(bytes, 0, bytes.length);
            // A key of an account that is not known leads nowhere: the record waits.
            assignments.add(ranges.stream()
                    .filter(range -> numbers.containsKey(range.accountId()))
                    .map(range -> new Assignment(
                            numbers.getOrDefault(range.accountId(), -1), range.fromMicros(), range.toMicros()))
                    .toArray(Assignment[]::new));
        });
    }

    /** The account's number, or -1. */
    int byAccountId(byte[] data, int from, int to) {
        return accounts.find(data, from, to);
    }

    /** The number of the account whose key it is at that instant, or -1. */
    int byKey(byte[] data, int from, int to, long micros) {
        int key = keys.find(data, from, to);
        if (key < 0) {
            return -1;
        }
        for (Assignment assignment : assignments.get(key)) {
            if (assignment.fromMicros() <= micros && micros < assignment.toMicros()) {
                return assignment.account();
            }
        }
        return -1;
    }

    byte[] accountId(int account) {
        return accounts.key(account);
    }

    int shard(int account) {
        return shards[account];
    }

    /** 64 bits that stand for the account. */
    long hash(int account) {
        return hashes[account];
    }
}
