package io.saldo.lake.identity;

import java.io.Serializable;

/**
 * A part of the identity index: ids of one shard, sorted.
 *
 * @param path relative to the lake folder
 * @param shard the identity shard
 * @param entries how many ids
 * @param bytes length of the file
 * @param sha256 hash of the file, in hexadecimal
 */
public record IndexSegment(String path, int shard, long entries, long bytes, String sha256) implements Serializable {}
