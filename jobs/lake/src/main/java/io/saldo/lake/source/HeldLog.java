package io.saldo.lake.source;

import io.saldo.lake.table.TableReader;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records that are held or were rejected, read again as if they stood in their delivery. */
public final class HeldLog extends RawLog {
    static final long EVERY_DELIVERY = -1;

    private final TableReader reader;
    private final long deliveryId;
    private final String fileName;
    private final JsonFields json;
    private @Nullable CsvLog csv;
    private @Nullable CsvLog current;
    private @Nullable Malformation malformation;
    private long line;
    private long offset;
    private long length;
    private String code = "";
    private byte @Nullable [] header;
    private byte[] raw = new byte[0];

    HeldLog(Path heldFile, RecordLayout layout, long deliveryId) throws IOException {
        super(layout);
        this.deliveryId = deliveryId;
        fileName = heldFile.getFileName().toString();
        json = new JsonFields(layout, fields);
        reader = TableReader.open(heldFile, UntakenRecords.SCHEMA);
    }

    @Override
    public boolean next() throws IOException {
        List<@Nullable Object> row = reader.next();
        while (row != null && deliveryId != EVERY_DELIVERY && (Long) Objects.requireNonNull(row.get(0)) != deliveryId) {
            row = reader.next();
        }
        if (row == null) {
            return false;
        }
        line = (Long) Objects.requireNonNull(row.get(1));
        offset = (Long) Objects.requireNonNull(row.get(2));
        length = (Long) Objects.requireNonNull(row.get(3));
        code = String.valueOf(row.get(4));
        header = (byte[]) row.get(6);
        raw = (byte[]) Objects.requireNonNull(row.get(7));
        if (layout.format() != LogFormat.CSV || header == null) {
            current = null;
            malformation = json.read(raw, 0, raw.length, header);
            return true;
        }
        CsvLog log = csv(header);
        log.rewind(raw);
        current = log;
        if (!log.next()) {
            throw new IOException("held record of line " + line + " is no record any more");
        }
        malformation = log.malformation();
        return true;
    }

    /**
     * Goes to the next record that can be read, and says whether there is one: of a row whose header lacks a column that is
     * mapped by now, nothing can.
     */
    public boolean nextReadable() throws IOException {
        while (true) {
            try {
                if (!next()) {
                    return false;
                }
            } catch (ProblemException headerOfBefore) {
                continue;
            }
            if (malformation == null) {
                return true;
            }
        }
    }

    /** The code of the problem for which it was not taken. */
    public String code() {
        return code;
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
        return header == null ? null : header.clone();
    }

    @Override
    public @Nullable Malformation malformation() {
        return malformation;
    }

    @Override
    public byte[] fieldData() {
        return current == null ? super.fieldData() : current.fieldData();
    }

    @Override
    public int fieldStart(int position) {
        return current == null ? super.fieldStart(position) : current.fieldStart(position);
    }

    @Override
    public int fieldEnd(int position) {
        return current == null ? super.fieldEnd(position) : current.fieldEnd(position);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private CsvLog csv(byte[] names) throws IOException {
        CsvLog log = csv;
        if (log == null || !Arrays.equals(log.header(), names)) {
            log = new CsvLog(new RecordBuffer(names), layout, fileName);
            csv = log;
        }
        return log;
    }
}
