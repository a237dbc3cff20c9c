package io.saldo.lake.source;

import io.saldo.lake.table.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records of a held file, read again as if they stood in their delivery. */
final class HeldLog extends RawLog {
    private final TableReader reader;
    private final SourceFormat format;
    private final String fileName;
    private @Nullable CsvLog csv;
    private @Nullable JsonLinesLog json;
    private @Nullable RawLog current;
    private long line;
    private long offset;
    private long length;
    private byte[] raw = new byte[0];

    HeldLog(Path heldFile, SourceFormat format) throws IOException {
        this.format = format;
        fileName = heldFile.getFileName().toString();
        reader = TableReader.open(heldFile, UntakenRecords.SCHEMA);
    }

    @Override
    public boolean next() throws IOException {
        List<@Nullable Object> row = reader.next();
        if (row == null) {
            return false;
        }
        line = (Long) Objects.requireNonNull(row.get(1));
        offset = (Long) Objects.requireNonNull(row.get(2));
        length = (Long) Objects.requireNonNull(row.get(3));
        byte @Nullable [] header = (byte[]) row.get(6);
        raw = (byte[]) Objects.requireNonNull(row.get(7));
        RawLog log = header == null ? json(raw) : csv(header, raw);
        current = log;
        if (!log.next()) {
            throw new IOException("held record of line " + line + " is no record any more");
        }
        return true;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public long byteOffset() {
        return offset;
    }

    @Override
    public long byteLength() {
        return length;
    }

    @Override
    public byte[] rawBytes() {
        return raw.clone();
    }

    @Override
    public byte @Nullable [] header() {
        return current().header();
    }

    @Override
    public @Nullable Malformation malformation() {
        return current().malformation();
    }

    @Override
    public byte[] fieldData() {
        return current().fieldData();
    }

    @Override
    public int fieldStart(int position) {
        return current().fieldStart(position);
    }

    @Override
    public int fieldEnd(int position) {
        return current().fieldEnd(position);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private RawLog current() {
        return Objects.requireNonNull(current, "before the first record");
    }

    private RawLog json(byte[] record) throws IOException {
        JsonLinesLog log = json;
        if (log == null) {
            log = new JsonLinesLog(new RecordBuffer(new byte[0]), format);
            json = log;
        }
        log.rewind(record);
        return log;
    }

    private RawLog csv(byte[] header, byte[] record) throws IOException {
        CsvLog log = csv;
        if (log == null || !Arrays.equals(log.header(), header)) {
            log = new CsvLog(new RecordBuffer(header), format, fileName);
            csv = log;
        }
        log.rewind(record);
        return log;
    }
}
