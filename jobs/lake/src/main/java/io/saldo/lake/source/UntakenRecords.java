package io.saldo.lake.source;

import io.saldo.lake.table.TableSchema;
import java.util.List;

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
}
