package io.saldo.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes that identify events (SPEC 4.3): 128 bits of SHA-256 for (namespace, what identifies), 64 bits for the content.
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
        return event(namespace, List.of(eventId));
    }

    /**
     * High and low 64 bits of the identity within a namespace.
     *
     * @param identifying the event id; or all columns as for {@link #content}, where content identifies; or those of
     *     them that are no quantities, where window and dimensions do
     */
    public long[] event(String namespace, List<String> identifying) {
        digest.update(namespace.getBytes(StandardCharsets.UTF_8));
        digest.update(SEPARATOR);
        ByteBuffer hash = ByteBuffer.wrap(hash(identifying));
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

    /** The whole hash of such texts in hexadecimal. */
    public String contentId(List<String> columns) {
        return HexFormat.of().formatHex(hash(columns));
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
