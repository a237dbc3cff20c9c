package io.saldo.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Instants counted in microseconds since 1970-01-01T00:00:00Z, the resolution of everything Saldo computes. */
public final class Instants {
    /** Before every instant. */
    public static final long MIN = Long.MIN_VALUE;

    /** After every instant: the end of an open range. */
    public static final long MAX = Long.MAX_VALUE;

    private static final DateTimeFormatter MICROSECONDS = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 6, 6, true)
            .appendLiteral('Z')
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Instants() {}

    /**
     * Microseconds of the instant; finer digits are cut.
     *
     * @throws ArithmeticException beyond the years -290,000 to 290,000
     */
    public static long toMicros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /** The instant of those microseconds. */
    public static Instant ofMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** {@code YYYY-MM-DDThh:mm:ss.ffffffZ}, the form that content identity hashes (SPEC 6.2). */
    public static String format(long micros) {
        return MICROSECONDS.format(ofMicros(micros));
    }
}
