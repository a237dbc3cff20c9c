package io.saldo.lake.source;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value of Parquet, exactly.
 *
 * <p>Binary floating point is exact only by accident, so a number of it becomes a text that says what it is, which no check
 * takes for a number; only a whole one may pass as a count. Timestamps become ISO 8601, with a {@code Z} where the column
 * is UTC and without an offset where it is local.
 */
final class ParquetText {
    /** From here on a whole number may be that of another one, by the width of the column in bits: 32 or 64. */
    private static final long WHOLE_MAX_NARROW = 1L << 24;

    private static final long WHOLE_MAX = 1L << 53;

    private static final long JULIAN_DAY_OF_1970 = 2_440_588;

    private ParquetText() {}

    /** Whether JSON has the values of that type as texts; those of binary floating point only if they are not taken. */
    static boolean isQuoted(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN, FLOAT, DOUBLE -> false;
            case INT32, INT64 ->
                meaning instanceof TimestampLogicalTypeAnnotation
                        || meaning instanceof DateLogicalTypeAnnotation
                        || meaning instanceof TimeLogicalTypeAnnotation;
            case INT96 -> true;
            default -> !(meaning instanceof DecimalLogicalTypeAnnotation);
        };
    }

    /** Whether the text of such a whole number is that of the {@code long}, as it stands. */
    static boolean isPlain(@Nullable LogicalTypeAnnotation meaning) {
        return meaning == null || (meaning instanceof IntLogicalTypeAnnotation number && number.isSigned());
    }

    static String ofWhole(long value, boolean narrow, @Nullable LogicalTypeAnnotation meaning) {
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return BigDecimal.valueOf(value, decimal.getScale()).toPlainString();
        } else if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp(value, timestamp);
        } else if (meaning instanceof DateLogicalTypeAnnotation) {
            return LocalDate.ofEpochDay(value).toString();
        } else if (meaning instanceof TimeLogicalTypeAnnotation time) {
            return LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos(time.getUnit())))
                    .toString();
        } else if (meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned()) {
            return narrow ? Integer.toUnsignedString((int) value) : Long.toUnsignedString(value);
        }
        return Long.toString(value);
    }

    /** A number of binary floating point, of which only a whole one may be a count. */
    static boolean isWhole(double value, boolean narrow) {
        return value == Math.rint(value) && Math.abs(value) < (narrow ? WHOLE_MAX_NARROW : WHOLE_MAX);
    }

    static String whole(double value) {
        return (long) value + ".0";
    }

    static String inexact(String number) {
        return number + " (binary floating point)";
    }

    /** The text of bytes; null where they are meant to be a text and are not UTF-8. */
    static @Nullable String ofBytes(byte[] bytes, @Nullable LogicalTypeAnnotation meaning) {
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString();
        } else if (meaning instanceof UUIDLogicalTypeAnnotation) {
            ByteBuffer two = ByteBuffer.wrap(bytes);
            return new UUID(two.getLong(), two.getLong()).toString();
        } else if (meaning instanceof IntervalLogicalTypeAnnotation) {
            return hexadecimal(bytes);
        }
        return Utf8.isValid(bytes, 0, bytes.length) ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    /** Whether bytes of such a column are the text itself. */
    static boolean isText(@Nullable LogicalTypeAnnotation meaning) {
        return !(meaning instanceof DecimalLogicalTypeAnnotation
                || meaning instanceof UUIDLogicalTypeAnnotation
                || meaning instanceof IntervalLogicalTypeAnnotation);
    }

    static String hexadecimal(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    // A day and the nanoseconds of that day. Writers disagree on the zone, so the source has to say it.
    static String ofInt96(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long nanosOfDay = buffer.getLong();
        long day = buffer.getInt() - JULIAN_DAY_OF_1970;
        return withSeconds(Instant.ofEpochSecond(day * 86_400L, nanosOfDay));
    }

    static long nanos(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000_000;
            case MICROS -> 1_000;
            case NANOS -> 1;
        };
    }

    private static String timestamp(long value, TimestampLogicalTypeAnnotation timestamp) {
        long nanos = nanos(timestamp.getUnit());
        long perSecond = 1_000_000_000L / nanos;
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos);
        return timestamp.isAdjustedToUTC() ? withSeconds(instant) + "Z" : withSeconds(instant);
    }

    private static String withSeconds(Instant instant) {
        String text = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        return text.length() == "2026-10-05T10:00".length() ? text + ":00" : text;
    }
}
