package io.saldo.documents.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** A finished workbook as a reader of it would get it. */
public final class XlsxSheets {
    private XlsxSheets() {}

    /** Opens it; to be closed. */
    public static XSSFWorkbook open(byte[] xlsx) throws IOException {
        return new XSSFWorkbook(new ByteArrayInputStream(xlsx));
    }

    /** The sheets in their order. */
    public static List<String> names(XSSFWorkbook book) {
        return IntStream.range(0, book.getNumberOfSheets())
                .mapToObj(book::getSheetName)
                .toList();
    }

    /** How many rows each sheet has, the header among them: quick, for great ones. */
    public static Map<String, Integer> rows(byte[] xlsx) throws IOException {
        Map<String, Integer> rows = new TreeMap<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(xlsx))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().startsWith("xl/worksheets/")) {
                    String sheet = new String(entries.readAllBytes(), StandardCharsets.UTF_8);
                    String name = entry.getName().replaceAll(".*/|\\.xml", "");
                    rows.put(name, sheet.split("<row ", -1).length - 1);
                }
            }
        }
        return rows;
    }

    /** Every cell with its type: {@code n} for a number, {@code d} for a date, {@code s} for text. */
    public static String text(XSSFWorkbook book) {
        StringBuilder text = new StringBuilder();
        for (Sheet sheet : book) {
            text.append("==== ").append(sheet.getSheetName()).append('\n');
            for (Row row : sheet) {
                List<String> cells = new ArrayList<>();
                row.forEach(cell -> cells.add(shown(cell)));
                text.append(String.join(" | ", cells)).append('\n');
            }
        }
        return text.toString();
    }

    private static String shown(Cell cell) {
        return switch (cell.getCellType()) {
            case NUMERIC ->
                DateUtil.isCellDateFormatted(cell)
                        ? "d:" + cell.getLocalDateTimeCellValue().toLocalDate()
                        : "n:" + ((XSSFCell) cell).getRawValue();
            case STRING -> "s:" + cell.getStringCellValue();
            default -> cell.getCellType().name();
        };
    }
}
