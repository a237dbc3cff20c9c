package io.saldo.lake.source;

import io.saldo.lake.table.TableSchema;
import io.saldo.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of records that were rejected or are held, verbatim, so that they can be read again without their file. */
public final class UntakenRecords {
    /** One row a record; {@code header} is what a CSV record's fields are named by. */
    public static final TableSchema SCHEMA = new TableSchema(
            "untaken_records",
            List.of(
                    TableSchema.wholeNumber("delivery"),
                    TableSchema.wholeNumber("line"),
                    TableSchema.wholeNumber("byte_offset"),
                    TableSchema.wholeNumber("byte_length"),
                    TableSchema.text("code"),
                    TableSchema.text("message"),
                    TableSchema.bytes("header"),
                    TableSchema.bytes("raw")));

    private UntakenRecords() {}

    /** The row of the record at which the log stands. */
    public static List<@Nullable Object> row(long delivery, RawLog log, ProblemCode code, String message) {
        return Arrays.asList(
                delivery,
                log.line(),
                log.byteOffset(),
                log.byteLength(),
                code.id(),
                message,
                log.header(),
                log.rawBytes());
    }
}
