package io.saldo.lake.intake;

import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.Dimensions;
import io.saldo.usage.IdentityRule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of {@code io.saldo.usage.Identity}, computed from the bytes of a record without making texts of them. */
final class EventHash {
    /** The most that {@link #writeDerivedId} writes. */
    static final int DERIVED_ID_BYTES_MAX = 64;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte SEPARATOR = 0x1F;
    private static final int BUCKET_ID_BYTES = 16;
    private static final int TIMESTAMP_BYTES = 40;
    private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final IdentityRule rule;
    private final MessageDigest digest;
    private final byte[] hash = new byte[32];
    private final byte[] namespace;
    private final OccurredAt timestamps;
    private byte[] content = new byte[1 << 10];
    private int eventIdEnd;
    private int textsEnd;
    private int contentEnd;

    EventHash(SourceFormat format, OccurredAt timestamps) {
        rule = format.identity();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
        namespace = (format.namespace() + (char) SEPARATOR).getBytes(StandardCharsets.UTF_8);
        this.timestamps = timestamps;
    }

    /**
     * Writes id and content hash into the first 24 bytes of a tuple, and returns the identity shard.
     *
     * @param dimensions of the record, as {@link Dimensions#encode} wrote them; of them all but the account are as logged
     */
    int hash(RawLog log, RecordCheck check, byte[] dimensions, byte[] tuple, int identityShards) {
        writeContent(log, check, dimensions);
        int end =
                switch (rule) {
                    case EVENT_ID -> eventIdEnd;
                    case CONTENT -> contentEnd;
                    case BUCKET -> textsEnd;
                };
        digest.update(content, 0, end);
        finish();
        System.arraycopy(hash, 0, tuple, 0, 16);
        digest.update(content, namespace.length, contentEnd - namespace.length);
        finish();
        System.arraycopy(hash, 0, tuple, 16, 8);
        return (int) Long.remainderUnsigned((long) LONG.get(tuple, 8), identityShards);
    }

    /**
     * Writes the event id of the record that was hashed last, whose log has none, in hexadecimal, and returns its length:
     * of a bucket the 128 bits that identify it; else the whole hash of its columns but the event id (SPEC 6.2).
     */
    int writeDerivedId(byte[] tuple, byte[] target) {
        byte[] source = tuple;
        int length = BUCKET_ID_BYTES;
        if (rule == IdentityRule.CONTENT) {
            digest.update(content, eventIdEnd + 1, contentEnd - eventIdEnd - 1);
            finish();
            source = hash;
            length = hash.length;
        }
        for (int index = 0; index < length; index++) {
            target[2 * index] = HEXADECIMAL[(source[index] >> 4) & 15];
            target[2 * index + 1] = HEXADECIMAL[source[index] & 15];
        }
        return 2 * length;
    }

    // The namespace and the columns, with a separator between them.
    private void writeContent(RawLog log, RecordCheck check, byte[] dimensions) {
        int idFrom = log.fieldStart(RecordCheck.EVENT_ID);
        int idLength = log.fieldEnd(RecordCheck.EVENT_ID) - idFrom;
        int accountFrom = log.fieldStart(RecordCheck.ACCOUNT_ID);
        int accountLength = log.fieldEnd(RecordCheck.ACCOUNT_ID) - accountFrom;
        int restFrom = Dimensions.to(dimensions, Dimensions.ACCOUNT_ID);
        int restLength = Dimensions.to(dimensions, Dimensions.STATUS) - restFrom;
        int most = namespace.length
                + idLength
                + TIMESTAMP_BYTES
                + accountLength
                + restLength
                + RecordCheck.QUANTITIES * (1 + Digits.BYTES_MAX);
        if (content.length < most) {
            content = new byte[most * 2];
        }
        System.arraycopy(namespace, 0, content, 0, namespace.length);
        int position = namespace.length;
        System.arraycopy(log.fieldData(), idFrom, content, position, idLength);
        position += idLength;
        eventIdEnd = position;
        content[position++] = SEPARATOR;
        position = timestamps.write(check.occurredAt, content, position);
        content[position++] = SEPARATOR;
        System.arraycopy(log.fieldData(), accountFrom, content, position, accountLength);
        position += accountLength;
        // From the separator behind the account on.
        System.arraycopy(dimensions, restFrom, content, position, restLength);
        position += restLength;
        textsEnd = position;
        for (int quantity = 0; quantity < RecordCheck.QUANTITIES; quantity++) {
            content[position++] = SEPARATOR;
            position = Digits.write(check.logged[quantity], content, position);
        }
        contentEnd = position;
    }

    private void finish() {
        try {
            digest.digest(hash, 0, hash.length);
        } catch (DigestException impossible) {
            throw new IllegalStateException("SHA-256 has 32 bytes", impossible);
        }
    }
}
