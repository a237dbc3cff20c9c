package io.saldo.app.store;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a control file says of its delivery; a figure that it does not name is null.
 *
 * @param records how many there are
 * @param contentSha256 of the delivery's bytes, in hexadecimal
 * @param inputTokens as logged, of all records that are not rejected
 * @param outputTokens as logged, of all records that are not rejected
 * @param problem why the control file cannot be used; empty where it can
 */
public record ControlFigures(
        @Nullable BigInteger records,
        @Nullable String contentSha256,
        @Nullable BigInteger inputTokens,
        @Nullable BigInteger outputTokens,
        String problem) {
    /** Of a control file that cannot be used. */
    public static ControlFigures unusable(String problem) {
        return new ControlFigures(null, null, null, null, problem);
    }
}
