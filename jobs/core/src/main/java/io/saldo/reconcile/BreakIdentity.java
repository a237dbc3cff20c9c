package io.saldo.reconcile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The stable name of a break, computed from what it is about and from nothing else: not from its cause, its figures or
 * the night. Two homes that know the same facts give the same names.
 */
public final class BreakIdentity {
    private static final String SEPARATOR = "\u001F";
    private static final int HASH_BYTES = 6;

    private BreakIdentity() {}

    /** {@code B-} and 12 hexadecimal digits of the SHA-256 of code, subject and period joined by U+001F. */
    public static String of(BreakCode code, String subject, String period) {
        return hash(code.name() + SEPARATOR + subject + SEPARATOR + period);
    }

    /**
     * The identity where the account is known too: it joins the three as a fourth only where
     * {@link BreakCode#isSubjectWithinAccount}, since two accounts may use one credit id.
     */
    public static String of(BreakCode code, String subject, String period, String accountId) {
        return code.isSubjectWithinAccount()
                ? hash(code.name() + SEPARATOR + subject + SEPARATOR + period + SEPARATOR + accountId)
                : of(code, subject, period);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "B-" + HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
