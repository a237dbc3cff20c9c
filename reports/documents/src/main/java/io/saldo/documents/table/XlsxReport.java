package io.saldo.documents.table;

import io.saldo.documents.csv.CsvText;
import io.saldo.documents.text.PlainText;
import io.saldo.money.Amount;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report as an XLSX workbook (ECMA-376): the summary first, then a sheet for each table, each with a header
 * that stays in view, filters and column widths.
 *
 * <ul>
 *   <li>Amounts and counts are numbers, dates are dates, everything else is text; there is no formula in it.
 *   <li>A cell holds {@value #DIGITS} digits. Where an amount has more, the cell shows it rounded (half even), and the
 *       column {@code exact} at the end of the row says it in full.
 *   <li>Text that begins like a formula has a leading apostrophe, as in CSV, so that saving the sheet as CSV is safe.
 *   <li>A sheet holds {@value #ROWS_MAX} rows. A table that has more goes on in a sheet of its name with {@code _2},
 *       {@code _3} and so on.
 *   <li>Rows go straight to the stream: memory does not depend on how many there are. Nothing in it is of the clock.
 * </ul>
 */
public final class XlsxReport {
    /** Significant digits that every spreadsheet program keeps of a number. */
    public static final int DIGITS = 15;

    /** How many rows every spreadsheet program reads, the header among them. */
    public static final int ROWS_MAX = 1_048_576;

    private static final MathContext CELL = new MathContext(DIGITS, RoundingMode.HALF_EVEN);
    private static final int TEXT_LENGTH_MAX = 32_000;
    private static final LocalDate DATE_MIN = LocalDate.of(1900, 3, 1);
    private static final long SERIAL_OF_EPOCH = 25_569;
    private static final Column EXACT = Column.text("exact", 40);
    private static final List<Column> SUMMARY = List.of(Column.text("figure", 28), Column.text("value", 60));

    private final ReportTables report;
    private final int rowsMax;
    private final ZipOutputStream archive;
    private final Writer writer;
    private final List<String> sheets = new ArrayList<>();
    private final List<String> filters = new ArrayList<>();

    private XlsxReport(ReportTables report, int rowsMax, OutputStream out) {
        this.report = report;
        this.rowsMax = rowsMax;
        this.archive = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.writer = new BufferedWriter(new OutputStreamWriter(archive, StandardCharsets.UTF_8), 1 << 16);
    }

    /** Writes the report; the stream stays open. */
    public static void write(ReportTables report, OutputStream out) throws IOException {
        write(report, ROWS_MAX, out);
    }

    static void write(ReportTables report, int rowsMax, OutputStream out) throws IOException {
        new XlsxReport(report, rowsMax, out).write();
    }

    private void write() throws IOException {
        sheet(new Table("summary", SUMMARY, () -> report.summary().entrySet().stream()
                .map(XlsxReport::figure)
                .iterator()));
        for (Table table : report.tables()) {
            sheet(table);
        }
        part("xl/styles.xml", XlsxParts.STYLES);
        part("xl/workbook.xml", XlsxParts.workbook(sheets, filters));
        part("xl/_rels/workbook.xml.rels", XlsxParts.workbookRelations(sheets.size()));
        part("docProps/core.xml", XlsxParts.properties(escaped(report.title()), report.date()));
        part("_rels/.rels", XlsxParts.RELATIONS);
        part("[Content_Types].xml", XlsxParts.contentTypes(sheets.size()));
        archive.finish();
        archive.flush();
    }

    private static List<@Nullable Object> figure(Map.Entry<String, Object> entry) {
        List<@Nullable Object> row = new ArrayList<>();
        Collections.addAll(row, entry.getKey(), entry.getValue());
        return row;
    }

    private void sheet(Table table) throws IOException {
        List<Column> columns = new ArrayList<>(table.columns());
        if (columns.stream().anyMatch(column -> column.kind() == Column.Kind.AMOUNT)) {
            columns.add(EXACT);
        }
        Iterator<List<@Nullable Object>> rows = table.rows().iterator();
        sheet(table.name(), columns, rows);
        for (int number = 2; rows.hasNext(); number++) {
            sheet(table.name() + "_" + number, columns, rows);
        }
    }

    /** A sheet with as many of the rows as it holds. */
    private void sheet(String name, List<Column> columns, Iterator<List<@Nullable Object>> rows) throws IOException {
        sheets.add(name);
        begin("xl/worksheets/sheet" + sheets.size() + ".xml");
        writer.write(XlsxParts.SHEET_HEAD);
        writer.write("<cols>");
        for (int index = 0; index < columns.size(); index++) {
            writer.write("<col min=\"" + (index + 1) + "\" max=\"" + (index + 1) + "\" width=\""
                    + columns.get(index).width() + "\" customWidth=\"1\"/>");
        }
        writer.write("</cols><sheetData><row r=\"1\">");
        for (int index = 0; index < columns.size(); index++) {
            Column column = columns.get(index);
            boolean right = column.kind() == Column.Kind.AMOUNT || column.kind() == Column.Kind.COUNT;
            text(place(index, 1), right ? XlsxParts.HEAD_RIGHT : XlsxParts.HEAD, column.name());
        }
        writer.write("</row>");
        int rowNumber = 1;
        while (rowNumber < rowsMax && rows.hasNext()) {
            rowNumber++;
            row(rowNumber, columns, rows.next());
        }
        String last = XlsxParts.letters(columns.size() - 1);
        writer.write("</sheetData><autoFilter ref=\"A1:" + last + rowNumber + "\"/></worksheet>");
        filters.add("$A$1:$" + last + "$" + rowNumber);
        end();
    }

    private void row(int rowNumber, List<Column> columns, List<@Nullable Object> row) throws IOException {
        writer.write("<row r=\"" + rowNumber + "\">");
        List<String> exact = new ArrayList<>();
        for (int index = 0; index < row.size(); index++) {
            Object cell = row.get(index);
            String place = place(index, rowNumber);
            if (cell instanceof Amount amount) {
                number(place, XlsxParts.AMOUNT, amount.toBigDecimal(), columns.get(index), exact);
            } else if (cell instanceof Long || cell instanceof Integer) {
                BigDecimal whole = BigDecimal.valueOf(((Number) cell).longValue());
                number(place, XlsxParts.COUNT, whole, columns.get(index), exact);
            } else if (cell instanceof BigInteger whole) {
                number(place, XlsxParts.COUNT, new BigDecimal(whole), columns.get(index), exact);
            } else if (cell instanceof LocalDate date && !date.isBefore(DATE_MIN)) {
                value(place, XlsxParts.DATE, String.valueOf(date.toEpochDay() + SERIAL_OF_EPOCH));
            } else if (cell instanceof String || cell instanceof LocalDate) {
                text(place, XlsxParts.PLAIN, cell.toString());
            } else if (cell != null) {
                throw new IllegalArgumentException("no cell of a report: " + cell.getClass());
            }
        }
        if (!exact.isEmpty()) {
            text(place(row.size(), rowNumber), XlsxParts.PLAIN, String.join("; ", exact));
        }
        writer.write("</row>");
    }

    private void number(String place, int style, BigDecimal value, Column column, List<String> exact)
            throws IOException {
        BigDecimal held = value.round(CELL);
        if (held.compareTo(value) != 0) {
            exact.add(column.name() + " " + value.toPlainString());
        }
        value(place, style, held.toPlainString());
    }

    private void value(String place, int style, String value) throws IOException {
        writer.write("<c r=\"" + place + "\" s=\"" + style + "\"><v>" + value + "</v></c>");
    }

    private void text(String place, int style, String text) throws IOException {
        if (!text.isEmpty()) {
            writer.write("<c r=\"" + place + "\" s=\"" + style + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
            writer.write(escaped(fit(PlainText.line(CsvText.guarded(text)))));
            writer.write("</t></is></c>");
        }
    }

    private static String place(int column, int row) {
        return XlsxParts.letters(column) + row;
    }

    /** A cell holds 32,767 letters; a longer text is cut and says so. */
    private static String fit(String text) {
        if (text.length() <= TEXT_LENGTH_MAX) {
            return text;
        }
        int length =
                Character.isHighSurrogate(text.charAt(TEXT_LENGTH_MAX - 1)) ? TEXT_LENGTH_MAX - 1 : TEXT_LENGTH_MAX;
        return text.substring(0, length) + " [more]";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void part(String name, String content) throws IOException {
        begin(name);
        writer.write(content);
        end();
    }

    private void begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(report.date().atStartOfDay());
        archive.putNextEntry(entry);
    }

    private void end() throws IOException {
        writer.flush();
        archive.closeEntry();
    }
}
