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
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * Writes a row as a JSON object, exactly.
 *
 * <p>Binary floating point is exact only by accident, so a number of it becomes a text that says what it is, which no check
 * takes for a number; only a whole one may pass as a count. Timestamps become ISO 8601, with a {@code Z} where the column
 * is UTC and without an offset where it is local. Absent values are left out. A map is an array of its entries.
 */
final class ParquetRow {
    private static final long WHOLE_MAX = 1L << 53;
    private static final long JULIAN_DAY_OF_1970 = 2_440_588;

    private final boolean wholeBinaryNumbers;

    ParquetRow(boolean wholeBinaryNumbers) {
        this.wholeBinaryNumbers = wholeBinaryNumbers;
    }

    /** Appends the group, and says whether all its texts are UTF-8. */
    boolean write(Group group, StringBuilder json) {
        GroupType type = group.getType();
        boolean valid = true;
        String separator = "{";
        for (int field = 0; field < type.getFieldCount(); field++) {
            Type of = type.getType(field);
            int values = group.getFieldRepetitionCount(field);
            if (of.isRepetition(Type.Repetition.REPEATED) ? values == 0 : values != 1) {
                continue;
            }
            json.append(separator);
            separator = ",";
            JsonText.quote(of.getName(), json);
            json.append(':');
            valid &= of.isRepetition(Type.Repetition.REPEATED)
                    ? list(group, field, of, false, json)
                    : value(group, field, 0, of, json);
        }
        json.append(separator.equals("{") ? "{}" : "}");
        return valid;
    }

    private boolean list(Group group, int field, Type of, boolean unwrap, StringBuilder json) {
        boolean valid = true;
        json.append('[');
        for (int index = 0; index < group.getFieldRepetitionCount(field); index++) {
            json.append(index == 0 ? "" : ",");
            if (unwrap && !of.isPrimitive() && of.asGroupType().getFieldCount() == 1) {
                Group entry = group.getGroup(field, index);
                if (entry.getFieldRepetitionCount(0) == 1) {
                    valid &= value(entry, 0, 0, of.asGroupType().getType(0), json);
                } else {
                    json.append("null");
                }
            } else {
                valid &= value(group, field, index, of, json);
            }
        }
        json.append(']');
        return valid;
    }

    private boolean value(Group group, int field, int index, Type of, StringBuilder json) {
        if (of.isPrimitive()) {
            return primitive(group, field, index, of.asPrimitiveType(), json);
        }
        Group inner = group.getGroup(field, index);
        GroupType type = of.asGroupType();
        // Lists and maps are groups around one repeated group.
        if (type.getLogicalTypeAnnotation() != null
                && type.getFieldCount() == 1
                && type.getType(0).isRepetition(Type.Repetition.REPEATED)) {
            return list(
                    inner,
                    0,
                    type.getType(0),
                    type.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation,
                    json);
        }
        return write(inner, json);
    }

    private boolean primitive(Group group, int field, int index, PrimitiveType type, StringBuilder json) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> json.append(group.getBoolean(field, index));
            case INT32 -> whole(group.getInteger(field, index), true, meaning, json);
            case INT64 -> whole(group.getLong(field, index), false, meaning, json);
            case FLOAT ->
                binaryNumber(group.getFloat(field, index), Float.toString(group.getFloat(field, index)), json);
            case DOUBLE ->
                binaryNumber(group.getDouble(field, index), Double.toString(group.getDouble(field, index)), json);
            case INT96 -> JsonText.quote(int96(group.getInt96(field, index).getBytes()), json);
            default -> {
                return bytes(group.getBinary(field, index), meaning, json);
            }
        }
        return true;
    }

    private static void whole(long value, boolean narrow, LogicalTypeAnnotation meaning, StringBuilder json) {
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            json.append(BigDecimal.valueOf(value, decimal.getScale()).toPlainString());
        } else if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
            JsonText.quote(timestamp(value, timestamp), json);
        } else if (meaning instanceof DateLogicalTypeAnnotation) {
            JsonText.quote(LocalDate.ofEpochDay(value).toString(), json);
        } else if (meaning instanceof TimeLogicalTypeAnnotation time) {
            JsonText.quote(
                    LocalTime.ofNanoOfDay(Math.multiplyExact(value, nanos(time.getUnit())))
                            .toString(),
                    json);
        } else if (meaning instanceof IntLogicalTypeAnnotation number && !number.isSigned()) {
            json.append(narrow ? Integer.toUnsignedString((int) value) : Long.toUnsignedString(value));
        } else {
            json.append(value);
        }
    }

    private void binaryNumber(double value, String text, StringBuilder json) {
        if (wholeBinaryNumbers && value == Math.rint(value) && Math.abs(value) < WHOLE_MAX) {
            json.append((long) value).append(".0");
        } else {
            JsonText.quote(text + " (binary floating point)", json);
        }
    }

    private static boolean bytes(Binary value, LogicalTypeAnnotation meaning, StringBuilder json) {
        byte[] bytes = value.getBytes();
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            json.append(new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString());
        } else if (meaning instanceof UUIDLogicalTypeAnnotation) {
            ByteBuffer two = ByteBuffer.wrap(bytes);
            JsonText.quote(new UUID(two.getLong(), two.getLong()).toString(), json);
        } else if (meaning instanceof IntervalLogicalTypeAnnotation || !Utf8.isValid(bytes, 0, bytes.length)) {
            JsonText.quote("0x" + HexFormat.of().formatHex(bytes), json);
            return meaning instanceof IntervalLogicalTypeAnnotation;
        } else {
            JsonText.quote(new String(bytes, StandardCharsets.UTF_8), json);
        }
        return true;
    }

    private static String timestamp(long value, TimestampLogicalTypeAnnotation timestamp) {
        long nanos = nanos(timestamp.getUnit());
        long perSecond = 1_000_000_000L / nanos;
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos);
        return timestamp.isAdjustedToUTC() ? withSeconds(instant) + "Z" : withSeconds(instant);
    }

    // A day and the nanoseconds of that day. Writers disagree on the zone, so the source has to say it.
    private static String int96(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long nanosOfDay = buffer.getLong();
        long day = buffer.getInt() - JULIAN_DAY_OF_1970;
        return withSeconds(Instant.ofEpochSecond(day * 86_400L, nanosOfDay));
    }

    private static String withSeconds(Instant instant) {
        String text = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        return text.length() == "2026-10-05T10:00".length() ? text + ":00" : text;
    }

    private static long nanos(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000_000;
            case MICROS -> 1_000;
            case NANOS -> 1;
        };
    }
}
