package io.saldo.documents.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.money.Amount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxReportTest {
    private static final LocalDate DATE = LocalDate.of(2026, 10, 5);
    private static final List<Column> COLUMNS =
            List.of(Column.text("name", 20), Column.amount("balance"), Column.count("events"), Column.date("seen"));

    @Test
    void cellsAreTyped() throws IOException {
        try (XSSFWorkbook book = book(row("acme", Amount.parse("-619.25"), 12L, DATE))) {
            Row row = book.getSheet("accounts").getRow(1);
            assertThat(row.getCell(0).getStringCellValue()).isEqualTo("acme");
            assertThat(row.getCell(1).getCellType()).isEqualTo(CellType.NUMERIC);
            assertThat(row.getCell(1).getNumericCellValue()).isEqualTo(-619.25);
            assertThat(row.getCell(2).getNumericCellValue()).isEqualTo(12);
            assertThat(row.getCell(3).getLocalDateTimeCellValue()).isEqualTo(DATE.atStartOfDay());
            assertThat(row.getCell(3).getCellStyle().getDataFormatString()).isEqualTo("yyyy\\-mm\\-dd");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, ''",
        "100, 100, ''",
        "0.00000015, 1.5E-7, ''",
        "999999999999999, 999999999999999, ''",
        "1234567890.12345, 1234567890.12345, ''",
        "1234567890.123456, 1234567890.12346, balance 1234567890.123456",
        "-0.1234567890123455, -0.123456789012346, balance -0.1234567890123455",
        "12345678901234567890, 12345678901234600000, balance 12345678901234567890",
    })
    void anAmountThatACellCannotHoldIsSaidInFullBeside(String amount, String cell, String exact) throws IOException {
        try (XSSFWorkbook book = book(row("acme", Amount.parse(amount), null, null))) {
            Row row = book.getSheet("accounts").getRow(1);
            assertThat(row.getCell(1).getNumericCellValue()).isEqualTo(Double.parseDouble(cell));
            Cell beside = row.getCell(4);
            assertThat(beside == null ? "" : beside.getStringCellValue()).isEqualTo(exact);
        }
    }

    @Test
    void aCountThatACellCannotHoldIsSaidInFullBeside() throws IOException {
        try (XSSFWorkbook book = book(row("acme", null, new BigInteger("9223372036854775807"), null))) {
            assertThat(book.getSheet("accounts").getRow(1).getCell(4).getStringCellValue())
                    .isEqualTo("events 9223372036854775807");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1"})
    void aNameThatBeginsLikeAFormulaIsTextWithAnApostrophe(String name) throws IOException {
        try (XSSFWorkbook book = book(row(name, Amount.ZERO, 0L, DATE))) {
            Cell cell = book.getSheet("accounts").getRow(1).getCell(0);
            assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
            assertThat(cell.getStringCellValue())
                    .isEqualTo("'" + name.replace('\t', ' ').replace('\r', ' '));
        }
    }

    @Test
    void hostileTextStaysTextAndAnEndlessOneIsCut() throws IOException {
        String long33k = "x".repeat(33_000);
        try (XSSFWorkbook book = book(row("<b>&\"'\u0000\u202E" + long33k, null, null, null))) {
            String text = book.getSheet("accounts").getRow(1).getCell(0).getStringCellValue();
            assertThat(text)
                    .startsWith("<b>&\"'\uFFFD\uFFFDxxx")
                    .endsWith("x [more]")
                    .hasSizeLessThan(32_767);
        }
    }

    @Test
    void aSheetHasAHeaderThatStaysFiltersAndWidths() throws IOException {
        try (XSSFWorkbook book =
                XlsxSheets.open(bytes(List.of(row("a", null, null, null), row("b", null, null, null))))) {
            XSSFSheet sheet = book.getSheet("accounts");
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
            assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
            assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:E3");
            assertThat(sheet.getColumnWidth(0) / 256).isBetween(19, 21);
            assertThat(book.getSheetAt(0).getSheetName()).isEqualTo("summary");
            assertThat(book.getSheetAt(0).getRow(1).getCell(1).getStringCellValue())
                    .isEqualTo("breaks");
        }
    }

    @Test
    void aLetterOfTwoHalvesIsNotCutInTwo() throws IOException {
        try (XSSFWorkbook book = book(row("x" + "\uD83D\uDE00".repeat(17_000), null, null, null))) {
            String text = book.getSheet("accounts").getRow(1).getCell(0).getStringCellValue();
            assertThat(text).endsWith("\uD83D\uDE00 [more]");
        }
    }

    @Test
    void aTableThatIsLongerThanASheetGoesOnInTheNext() throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int index = 0; index < 7; index++) {
            rows.add(row("a" + index, null, null, null));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Table table = new Table("accounts", COLUMNS, rows);
        XlsxReport.write(new ReportTables("A", DATE, Map.of(), List.of(table)), 4, out);
        try (XSSFWorkbook book = XlsxSheets.open(out.toByteArray())) {
            List<String> found = new ArrayList<>();
            for (int index = 1; index < book.getNumberOfSheets(); index++) {
                XSSFSheet sheet = book.getSheetAt(index);
                assertThat(sheet.getRow(0).getCell(0).getStringCellValue()).isEqualTo("name");
                for (int number = 1; number <= sheet.getLastRowNum(); number++) {
                    found.add(sheet.getSheetName() + " "
                            + sheet.getRow(number).getCell(0).getStringCellValue());
                }
            }
            assertThat(found)
                    .containsExactly(
                            "accounts a0",
                            "accounts a1",
                            "accounts a2",
                            "accounts_2 a3",
                            "accounts_2 a4",
                            "accounts_2 a5",
                            "accounts_3 a6");
        }
    }

    @Test
    void aTableNamedAsALineOfTheSummaryIsRefused() {
        Table table = new Table("verdict", COLUMNS, List.of());
        assertThatThrownBy(() -> new ReportTables("A", DATE, Map.of("verdict", "breaks"), List.of(table)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("verdict");
    }

    @Test
    void sameReportSameBytesAndNoClock() throws IOException {
        byte[] once = bytes(List.of(row("acme", Amount.parse("1.5"), 12L, DATE)));
        assertThat(bytes(List.of(row("acme", Amount.parse("1.5"), 12L, DATE)))).isEqualTo(once);
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(once));
                XSSFWorkbook book = XlsxSheets.open(once)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                assertThat(entry.getTimeLocal()).isEqualTo(DATE.atStartOfDay());
            }
            assertThat(book.getProperties().getCoreProperties().getCreated().toInstant())
                    .hasToString("2026-10-05T00:00:00Z");
        }
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }

    private static byte[] bytes(List<List<@Nullable Object>> rows) throws IOException {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("verdict", "breaks");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Table table = new Table("accounts", COLUMNS, rows);
        XlsxReport.write(new ReportTables("A & B", DATE, summary, List.of(table)), out);
        return out.toByteArray();
    }

    private static XSSFWorkbook book(List<@Nullable Object> row) throws IOException {
        return XlsxSheets.open(bytes(List.of(row)));
    }
}
