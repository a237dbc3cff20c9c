package io.saldo.lake.source;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Writes a row as a JSON object. Absent values are left out. A map is an array of its entries. */
final class ParquetRow {
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
            case INT32 -> append(ParquetText.ofWhole(group.getInteger(field, index), true, meaning), type, json);
            case INT64 -> append(ParquetText.ofWhole(group.getLong(field, index), false, meaning), type, json);
            case FLOAT ->
                binaryNumber(group.getFloat(field, index), true, Float.toString(group.getFloat(field, index)), json);
            case DOUBLE ->
                binaryNumber(
                        group.getDouble(field, index), false, Double.toString(group.getDouble(field, index)), json);
            case INT96 ->
                append(ParquetText.ofInt96(group.getInt96(field, index).getBytes()), type, json);
            default -> {
                byte[] bytes = group.getBinary(field, index).getBytes();
                String text = ParquetText.ofBytes(bytes, meaning);
                append(text == null ? ParquetText.hexadecimal(bytes) : text, type, json);
                return text != null;
            }
        }
        return true;
    }

    private static void append(String text, PrimitiveType type, StringBuilder json) {
        if (ParquetText.isQuoted(type)) {
            JsonText.quote(text, json);
        } else {
            json.append(text);
        }
    }

    private void binaryNumber(double value, boolean narrow, String text, StringBuilder json) {
        if (wholeBinaryNumbers && ParquetText.isWhole(value, narrow)) {
            json.append(ParquetText.whole(value));
        } else {
            JsonText.quote(ParquetText.inexact(text), json);
        }
    }
}
