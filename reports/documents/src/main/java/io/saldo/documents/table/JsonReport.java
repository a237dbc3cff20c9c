package io.saldo.documents.table;

import io.saldo.money.Amount;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a report as one JSON object: the summary's members, then each table as a list of objects, a row on a line.
 *
 * <p>Amounts are strings, because many readers would make binary floating point of a number; counts are numbers; what
 * is empty is {@code null}. Text stands as it is: JSON runs nothing.
 */
public final class JsonReport {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private JsonReport() {}

    /** Writes the report in UTF-8; the stream stays open. */
    public static void write(ReportTables report, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> entry : report.summary().entrySet()) {
                json.writeRaw('\n');
                json.writeName(entry.getKey());
                value(json, entry.getValue());
            }
            for (Table table : report.tables()) {
                json.writeRaw('\n');
                json.writeName(table.name());
                json.writeStartArray();
                rows(json, table);
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void rows(JsonGenerator json, Table table) {
        for (List<@Nullable Object> row : table.rows()) {
            json.writeRaw('\n');
            json.writeStartObject();
            Iterator<Column> columns = table.columns().iterator();
            for (Object cell : row) {
                json.writeName(columns.next().name());
                value(json, cell);
            }
            json.writeEndObject();
        }
    }

    private static void value(JsonGenerator json, @Nullable Object cell) {
        if (cell == null) {
            json.writeNull();
        } else if (cell instanceof Long || cell instanceof Integer) {
            json.writeNumber(((Number) cell).longValue());
        } else if (cell instanceof BigInteger whole) {
            json.writeNumber(whole);
        } else if (cell instanceof Boolean yes) {
            json.writeBoolean(yes);
        } else if (cell instanceof Amount || cell instanceof String || cell instanceof LocalDate) {
            json.writeString(cell.toString());
        } else {
            throw new IllegalArgumentException("no cell of a report: " + cell.getClass());
        }
    }
}
