package io.saldo.lake.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A log whose records are rows of CSV. */
abstract sealed class CsvRowsLog extends RawLog permits CsvLog, PaypalReportLog {
    final CsvRows rows;
    byte[] header = new byte[0];

    @Nullable
    Malformation malformation;

    CsvRowsLog(RecordBuffer buffer, RecordLayout layout) throws IOException {
        super(layout);
        rows = new CsvRows(buffer);
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
