package io.saldo.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a source writes its timestamps (SPEC 2 and 4.1).
 *
 * @param form the writing
 * @param zone the zone of timestamps without offset; null where the source declares none, and such are then bad
 */
public record TimestampFormat(Form form, @Nullable ZoneId zone) {
    /** The writings that are read. */
    public enum Form {
        /** {@code 2026-10-05T18:17:03.979960+02:00}; a blank may stand for the T; offset optional. */
        ISO,
        /** The same with slashes in the date: {@code 2026/10/05 18:17:03 -0700}. */
        SLASHED,
        /** Seconds since 1970, with any fraction. */
        EPOCH_SECONDS,
        /** Milliseconds since 1970, with any fraction. */
        EPOCH_MILLIS,
        /** Microseconds since 1970, with any fraction. */
        EPOCH_MICROS,
        /** Nanoseconds since 1970, cut to microseconds. */
        EPOCH_NANOS,
        /** A day such as {@code 2026-10-05}, at its first instant in the declared zone. */
        DATE,
        /** A day such as {@code 10/05/2026}, the month first, at its first instant in the declared zone. */
        US_DATE
    }

    /** ISO with an offset required. */
    public static final TimestampFormat ISO_WITH_OFFSET = new TimestampFormat(Form.ISO, null);

    /** 9999-12-31T23:59:59Z: what lies after it is no timestamp of a log. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    /**
     * Microseconds since 1970, finer digits cut; empty where the text is no timestamp of this form, has no offset and
     * no zone is declared, names second 60 or hour 24, or a local time that a clock change skips. A local time that a
     * clock change repeats is the first one.
     */
    public OptionalLong parse(String text) {
        return switch (form) {
            case ISO -> iso(text);
            case SLASHED ->
                text.length() > 7 && text.charAt(4) == '/' && text.charAt(7) == '/'
                        ? iso(text.substring(0, 4) + '-' + text.substring(5, 7) + '-' + text.substring(8))
                        : OptionalLong.empty();
            case EPOCH_SECONDS -> epoch(text, 6);
            case EPOCH_MILLIS -> epoch(text, 3);
            case EPOCH_MICROS -> epoch(text, 0);
            case EPOCH_NANOS -> epochNanos(text);
            case DATE -> date(text, "[0-9]{4}-[0-9]{2}-[0-9]{2}", 0, 5, 8);
            case US_DATE -> date(text, "[0-9]{2}/[0-9]{2}/[0-9]{4}", 6, 0, 3);
        };
    }

    private OptionalLong date(String text, String pattern, int year, int month, int day) {
        ZoneId declared = zone;
        if (declared == null || !text.matches(pattern)) {
            return OptionalLong.empty();
        }
        try {
            LocalDate date = LocalDate.of(
                    digits(text, year, year + 4), digits(text, month, month + 2), digits(text, day, day + 2));
            return OptionalLong.of(Instants.toMicros(date.atStartOfDay(declared).toInstant()));
        } catch (DateTimeException noDay) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong iso(String text) {
        if (text.length() < 19
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) != 'T' && text.charAt(10) != ' ')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return OptionalLong.empty();
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        if (Math.min(Math.min(Math.min(year, month), Math.min(day, hour)), Math.min(minute, second)) < 0) {
            return OptionalLong.empty();
        }
        int position = 19;
        int micros = 0;
        if (position < text.length() && text.charAt(position) == '.') {
            int from = ++position;
            for (int weight = 100_000; position < text.length() && isDigit(text.charAt(position)); position++) {
                micros += (text.charAt(position) - '0') * weight;
                weight /= 10;
            }
            if (position == from) {
                return OptionalLong.empty();
            }
        }
        String offset = text.substring(position);
        try {
            LocalDateTime local =
                    LocalDateTime.of(LocalDate.of(year, month, day), LocalTime.of(hour, minute, second, micros * 1000));
            if (!offset.isEmpty()) {
                if (offset.charAt(0) == ' ' && offset.length() > 1) {
                    offset = offset.substring(1);
                }
                return isOffset(offset)
                        ? OptionalLong.of(Instants.toMicros(local.toInstant(ZoneOffset.of(offset))))
                        : OptionalLong.empty();
            }
            ZoneId declared = zone;
            if (declared == null) {
                return OptionalLong.empty();
            }
            ZoneOffsetTransition transition = declared.getRules().getTransition(local);
            if (transition != null && transition.isGap()) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(Instants.toMicros(
                    local.atZone(declared).withEarlierOffsetAtOverlap().toInstant()));
        } catch (DateTimeException notADate) {
            return OptionalLong.empty();
        }
    }

    private static boolean isOffset(String offset) {
        char first = offset.charAt(0);
        if (first == 'Z') {
            return offset.length() == 1;
        }
        return (first == '+' || first == '-') && offset.length() >= 3 && offset.length() <= 6;
    }

    // The last three digits are finer than a microsecond.
    private static OptionalLong epochNanos(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (!isDigit(text.charAt(index))) {
                return OptionalLong.empty();
            }
        }
        return text.isEmpty()
                ? OptionalLong.empty()
                : epoch(text.length() > 3 ? text.substring(0, text.length() - 3) : "0", 0);
    }

    private static OptionalLong epoch(String text, int microDigits) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        String fraction = point < 0 ? "" : text.substring(point + 1);
        if (whole.isEmpty() || whole.length() > 18 || (point >= 0 && fraction.isEmpty())) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int index = 0; index < whole.length(); index++) {
            if (!isDigit(whole.charAt(index))) {
                return OptionalLong.empty();
            }
            value = value * 10 + (whole.charAt(index) - '0');
        }
        for (int index = 0; index < fraction.length(); index++) {
            if (!isDigit(fraction.charAt(index))) {
                return OptionalLong.empty();
            }
        }
        long micros = 0;
        for (int index = 0; index < microDigits; index++) {
            micros = micros * 10 + (index < fraction.length() ? fraction.charAt(index) - '0' : 0);
        }
        long unit = 1;
        for (int index = 0; index < microDigits; index++) {
            unit *= 10;
        }
        if (value > SECONDS_MAX * (1_000_000L / unit)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(value * unit + micros);
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int index = from; index < to; index++) {
            if (!isDigit(text.charAt(index))) {
                return -1;
            }
            value = value * 10 + (text.charAt(index) - '0');
        }
        return value;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
