package io.saldo.app.export;

import io.saldo.app.home.Folder;
import io.saldo.app.home.PublishedFile;
import io.saldo.documents.table.Column;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.Table;
import io.saldo.lake.table.TableSchema;
import io.saldo.lake.table.TableWriter;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A form in which a table is exported; both say the same. */
public enum ExportFormat {
    /** UTF-8, a comma between cells; text that a spreadsheet would run has a leading apostrophe. */
    CSV {
        @Override
        void write(Table table, Path folder) throws IOException {
            PublishedFile.write(folder.resolve(table.name() + ".csv"), out -> ReportTables.writeCsv(table, out));
        }
    },
    /** Zstandard; text as it is, and amounts as plain decimal text, because they may have any number of digits. */
    PARQUET {
        @Override
        void write(Table table, Path folder) throws IOException {
            Folder.create(folder);
            TableSchema schema = new TableSchema(
                    table.name(),
                    table.columns().stream().map(ExportFormat::column).toList());
            try (TableWriter writer = new TableWriter(folder, table.name() + ".parquet", schema)) {
                for (List<@Nullable Object> row : table.rows()) {
                    List<@Nullable Object> cells = new ArrayList<>();
                    for (int index = 0; index < row.size(); index++) {
                        cells.add(cell(table.columns().get(index).kind(), row.get(index)));
                    }
                    writer.add(cells);
                }
                writer.commit();
            }
        }
    };

    /** Writes the table as a file of its name. */
    abstract void write(Table table, Path folder) throws IOException;

    /** The word on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static TableSchema.Column column(Column column) {
        return switch (column.kind()) {
            case TEXT -> TableSchema.text(column.name());
            case AMOUNT -> TableSchema.amount(column.name());
            case COUNT -> TableSchema.wholeNumber(column.name());
            case DATE -> TableSchema.date(column.name());
        };
    }

    private static @Nullable Object cell(Column.Kind kind, @Nullable Object value) {
        if (value instanceof Money money) {
            return money.toAmount();
        }
        if (value instanceof Integer count) {
            return count.longValue();
        }
        if (value instanceof BigInteger count) {
            return kind == Column.Kind.AMOUNT ? Amount.of(new BigDecimal(count)) : (Object) count.longValueExact();
        }
        return value instanceof YearMonth month ? month.toString() : value;
    }
}
