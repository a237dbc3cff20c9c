package io.saldo.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes that identify events (SPEC 4.3): 128 bits of SHA-256 for (namespace, event id), 64 bits for the content.
 *
 * <p>An instance reuses its digest and belongs to one thread.
 */
public final class Identity {
    private static final byte SEPARATOR = 0x1F;

    private final MessageDigest digest;

    /** A hasher of its own. */
    public Identity() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** High and low 64 bits of the identity of (namespace, event id). */
    public long[] event(String namespace, String eventId) {
        digest.update(namespace.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(eventId.getBytes(StandardCharsets.UTF_8)));
        return new long[] {hash.getLong(), hash.getLong()};
    }

    /**
     * 64 bits of the hash of the canonical columns as logged.
     *
     * @param columns the texts in the order of {@link UsageColumn}, occurred_at as {@code Instants.format} writes it,
     *     empty quantities as their default
     */
    public long content(List<String> columns) {
        return ByteBuffer.wrap(hash(columns)).getLong();
    }

    /** The whole hash in hexadecimal: the event id of a log that has none. */
    public String contentId(List<String> columnsButEventId) {
        return HexFormat.of().formatHex(hash(columnsButEventId));
    }

    /** The account's shard: the same for ever, whatever the machine. */
    public int shard(String accountId, int shards) {
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(accountId.getBytes(StandardCharsets.UTF_8)));
        return Math.floorMod(hash.getInt(), shards);
    }

    private byte[] hash(List<String> columns) {
        for (int index = 0; index < columns.size(); index++) {
            if (index > 0) {
                digest.update(SEPARATOR);
            }
            digest.update(columns.get(index).getBytes(StandardCharsets.UTF_8));
        }
        return digest.digest();
    }
}
