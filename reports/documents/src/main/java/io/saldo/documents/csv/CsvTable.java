package io.saldo.documents.csv;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file being written: header first, then rows in the order given.
 *
 * <p>Cells are typed, because the type decides: text is guarded against formulas, numbers never are, so that a negative
 * amount stays a number. Closing flushes the stream and leaves it open. Not for several threads.
 */
public final class CsvTable implements Closeable {
    private final Writer writer;
    private final int columns;

    /** Begins the file with its header. */
    public CsvTable(OutputStream out, List<String> header) throws IOException {
        writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        columns = header.size();
        line(header);
    }

    /**
     * Writes a row. A cell is text, an amount, document money (its value alone, plain as
     * an amount), a whole number, a date, a month, or null for nothing.
     *
     * @throws IllegalArgumentException when the number of cells is not the header's, or a cell has another type
     */
    public void row(@Nullable Object... cells) throws IOException {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        List<String> shown = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            shown.add(shown(cell));
        }
        line(shown);
    }

    @Override
    public void close() throws IOException {
        writer.flush();
    }

    private void line(List<String> cells) throws IOException {
        for (int index = 0; index < cells.size(); index++) {
            if (index > 0) {
                writer.write(',');
            }
            writer.write(quoted(cells.get(index)));
        }
        writer.write('\n');
    }

    /** RFC 4180: quotes only where they are needed, so that the same cell always looks the same. */
    private static String quoted(String cell) {
        boolean needed =
                cell.indexOf('"') >= 0 || cell.indexOf(',') >= 0 || cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0;
        return needed ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    private static String shown(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        if (cell instanceof String text) {
            return CsvText.guarded(text);
        }
        if (cell instanceof Money money) {
            return money.toAmount().toString();
        }
        boolean plain = cell instanceof Amount
                || cell instanceof Long
                || cell instanceof Integer
                || cell instanceof BigInteger
                || cell instanceof LocalDate
                || cell instanceof YearMonth;
        if (!plain) {
            throw new IllegalArgumentException("no cell of a CSV file: " + cell.getClass());
        }
        return cell.toString();
    }
}
