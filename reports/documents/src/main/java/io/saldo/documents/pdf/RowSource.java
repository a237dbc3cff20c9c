package io.saldo.documents.pdf;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.sf.jasperreports.engine.JRDataSource;
import net.sf.jasperreports.engine.JRField;

/** The rows as a template reads them. */
final class RowSource implements JRDataSource {
    private final Iterator<Row> rows;
    private final Glyphs glyphs;
    private Map<String, Object> current = Map.of();

    RowSource(List<Row> rows, Glyphs glyphs) {
        this.rows = rows.iterator();
        this.glyphs = glyphs;
    }

    @Override
    public boolean next() {
        if (!rows.hasNext()) {
            return false;
        }
        current = rows.next().values();
        return true;
    }

    @Override
    public Object getFieldValue(JRField field) {
        Object value = current.get(field.getName());
        if (value != null) {
            return value instanceof String text ? glyphs.shown(text) : value;
        }
        return field.getValueClass() == Boolean.class ? (Object) false : "";
    }
}
