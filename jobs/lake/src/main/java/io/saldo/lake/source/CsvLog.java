package io.saldo.lake.source;

import io.saldo.problem.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV below one header. */
final class CsvLog extends CsvRowsLog {
    private final @Nullable CsvColumns columns;

    CsvLog(RecordBuffer buffer, RecordLayout layout, String fileName) throws IOException {
        super(buffer, layout);
        if (!rows.next()) {
            // Nothing but blank lines: a delivery of no records, as a header alone is.
            columns = null;
            return;
        }
        Place place = Place.line(fileName, 1);
        if (rows.isFaulty()) {
            throw CsvColumns.problem(place, "the header is no CSV record: " + rows.fault(List.of()));
        }
        header = rows.bytes();
        if (!rows.isUtf8()) {
            throw CsvColumns.problem(place, "the header is not UTF-8");
        }
        rows.open();
        List<String> names = new ArrayList<>();
        for (int field = 0; field < rows.count(); field++) {
            names.add(rows.text(field));
        }
        columns = new CsvColumns(names, place, layout, fields);
    }

    /** Reads one more record under this header: bytes that were a record before. */
    void rewind(byte[] bytes) {
        rows.rewind(bytes);
    }

    @Override
    public boolean next() throws IOException {
        CsvColumns ofHeader = columns;
        if (ofHeader == null || !rows.next()) {
            return false;
        }
        malformation = ofHeader.take(rows);
        return true;
    }
}
