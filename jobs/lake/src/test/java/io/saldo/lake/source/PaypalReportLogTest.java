package io.saldo.lake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows of a report of PayPal are records, and what makes the whole of it unreadable. */
class PaypalReportLogTest {
    private static final RecordLayout LAYOUT = RecordLayout.amounts(
                    LogFormat.CSV, Compression.ANY, "", Map.of("id", "/Transaction ID"))
            .ofPaypalReport();
    private static final String COLUMNS = "\"CH\",\"Transaction ID\",\"Transaction  Debit or Credit\","
            + "\"Gross Transaction Amount\",\"Gross Transaction Currency\"\n";

    @TempDir
    Path folder;

    private List<String> read(String text, Charset charset) throws IOException {
        Path file = Files.write(folder.resolve("report.csv"), text.getBytes(charset));
        List<String> read = new ArrayList<>();
        try (RawLog log = RawLog.open(file, LAYOUT, folder)) {
            while (log.next()) {
                Malformation malformed = log.malformation();
                read.add(log.line() + " " + (malformed == null ? log.text(0) : malformed.message()));
            }
        }
        return read;
    }

    private List<String> read(String text) throws IOException {
        return read(text, StandardCharsets.UTF_8);
    }

    private static String file(String number, String body, String footers) {
        return "\"RH\",2026/10/06 02:00:00 -0700,\"A\",\"M\",009,\n\"FH\"," + number
                + "\n\"SH\",2026/10/05 00:00:00 -0700,2026/10/05 23:59:59 -0700,\"M\",\"\"\n" + COLUMNS + body + footers
                + "\"FF\",1\n";
    }

    @Test
    void everySectionHasItsOwnColumnsAndTotals() throws IOException {
        String second = "\"SH\",a,b,\"N\",\"\"\n"
                + "\"CH\",\"Gross Transaction Amount\",\"Gross Transaction Currency\",\"Transaction ID\","
                + "\"Transaction Debit or Credit\"\n\"SB\",7,\"USD\",\"t-3\",\"DR\"\n\"SF\",\"USD\",0,7,0,0\n\"SC\",1\n";
        assertThat(read(file(
                        "01",
                        "\"SB\",\"t-1\",\"CR\",5,\"USD\"\n\"SB\",\"t-2\",\"CR\",6,\"USD\"\n",
                        "\"SF\",\"USD\",11,0,0,0\n\"SC\",2\n" + second + "\"RF\",\"USD\",11,7,0,0\n\"RC\",3\n")))
                .containsExactly("5 t-1", "6 t-2", "11 t-3");
    }

    @ParameterizedTest
    @CsvSource({
        "1 row, SC~2, the section has 1 rows, and its count says \"2\"",
        "credits, SF~USD~6~0~0~0, gross credits of the section in USD are 5, and its footer says \"6\"",
        "debits, SF~USD~5~1~0~0, gross debits of the section in USD are 0, and its footer says \"1\"",
        "fees, SF~USD~5~0~1~0, fee credits of the section in USD are 0, and its footer says \"1\"",
        "another currency, SF~EUR~5~0~0~0, gross credits of the section in EUR are 0, and its footer says \"5\"",
        "the report, RC~2, the report has 1 rows, and its count says \"2\"",
        "its sums, RF~USD~6~0~0~0, gross credits of the report in USD are 5, and its footer says \"6\""
    })
    void aTotalThatIsAnotherIsToldAndTheRowsAreTaken(String what, String footer, String said, String rest)
            throws IOException {
        assertThat(read(file("01", "\"SB\",\"t-1\",\"CR\",5,\"USD\"\n", footer.replace('~', ',') + "\n")))
                .as(what)
                .containsExactly("5 t-1", "6 " + said + ", " + rest);
    }

    @Test
    void aLaterFileOfAReportDoesNotKnowTheWhole() throws IOException {
        assertThat(read(file("02", "\"SB\",\"t-1\",\"CR\",5,\"USD\"\n", "\"RF\",\"USD\",9,0,0,0\n\"RC\",9\n")))
                .containsExactly("5 t-1");
    }

    @Test
    void rowsThatAreNoneAreRejectedAlone() throws IOException {
        assertThat(read(file(
                        "01",
                        "\"XX\",1\n\"SB\",\"t-1\",\"CR\"\n\"SB\",\"t-2\",\"CR\",x,\"USD\"\n\"SB\",\"t\"3,1,2,3\n",
                        "\"SF\",\"USD\",1,0,0,0\n\"SC\",3\n")))
                .containsExactly(
                        "5 the row begins with \"XX\": it is RH, FH, SH, CH, SB, SF, SC, RF, RC or FF",
                        "6 the record has 3 columns, its header has 5",
                        "7 t-2",
                        "8 the record has text after the closing quote of field 2");
    }

    @Test
    void aFileWithoutItsEndOrItsBeginningIsRefused() {
        String whole = file("01", "", "");
        assertThatThrownBy(() -> read(whole.replace("\"FF\",1\n", "")))
                .hasMessageContaining("it ends before its row FF");
        assertThatThrownBy(() -> read("id,amount\n1,2\n")).hasMessageContaining("does not begin with a row RH or CH");
        assertThatThrownBy(() -> read(whole, StandardCharsets.UTF_16)).hasMessageContaining("in UTF-8");
        assertThatThrownBy(() -> read(whole.replace("Transaction ID", "TransactionID")))
                .hasMessageContaining("the header lacks Transaction ID");
    }

    @Test
    void rowsUnderColumnsAloneHaveNoTotals() throws IOException {
        assertThat(read(COLUMNS + "\"SF\",\"USD\",9,0,0,0\n\"SB\",\"t-1\",\"CR\",5,\"USD\"\n"))
                .as("a total that was rejected, given back")
                .containsExactly("3 t-1");
        assertThat(read(COLUMNS + "\"SB\",\"t-1\",\"CR\",5,\"USD\"\n")).containsExactly("2 t-1");
        assertThat(read("")).isEmpty();
    }
}
