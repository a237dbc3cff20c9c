package io.saldo.lake.source;

import io.saldo.problem.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV below one header. */
final class CsvLog extends RawLog {
    private final CsvRows rows;
    private final byte[] header;
    private final @Nullable CsvColumns columns;
    private @Nullable Malformation malformation;

    CsvLog(RecordBuffer buffer, RecordLayout layout, String fileName) throws IOException {
        super(layout);
        rows = new CsvRows(buffer);
        if (!rows.next()) {
            // Nothing but blank lines: a delivery of no records, as a header alone is.
            header = new byte[0];
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

    @Override
    public long line() {
        return rows.line();
    }

    @Override
    public long byteOffset() {
        return rows.offset();
    }

    @Override
    public long byteLength() {
        return rows.length();
    }

    @Override
    public byte[] rawBytes() {
        return rows.bytes();
    }

    @Override
    public byte[] header() {
        return header.clone();
    }

    @Override
    public @Nullable Malformation malformation() {
        return malformation;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
