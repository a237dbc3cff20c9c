package io.saldo.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDeliveriesTest {

    private static final Path SAMPLE_DATA = Path.of("");
    private static final Path DELIVERIES = SAMPLE_DATA.resolve("deliveries");
    private static final Path CONFIG = SAMPLE_DATA.resolve("config");
    private static final LocalDate LAST_NIGHT = LocalDate.of(2026, 10, 31);
    private static final Map<LocalDate, NaiveBooks> BOOKS = new TreeMap<>();

    private static NaiveBooks booksOf(LocalDate lastNight) {
        return BOOKS.computeIfAbsent(lastNight, night -> NaiveBooks.read(DELIVERIES, CONFIG, night));
    }

    @Test
    void theCommittedDeliveriesAreWhatTheTracesMake(@TempDir Path folder) throws IOException {
        SampleDeliveries.make(SAMPLE_DATA, folder);
        assertThat(contents(folder)).isEqualTo(contents(DELIVERIES));
    }

    @Test
    void everyPlantedBreakIsFoundAndNoOther() {
        List<Map<String, String>> planted = CsvText.table(SAMPLE_DATA.resolve("expected/breaks.csv"));
        assertThat(booksOf(LAST_NIGHT).breaks()).isEqualTo(planted);
    }

    @Test
    void noNightHasABreakThatALaterNightTakesBack() {
        List<Map<String, String>> before = List.of();
        for (Path night : NaiveIntake.children(DELIVERIES)) {
            List<Map<String, String>> breaks =
                    booksOf(LocalDate.parse(NaiveIntake.name(night))).breaks();
            assertThat(breaks).as(NaiveIntake.name(night)).containsAll(before);
            before = breaks;
        }
    }

    @Test
    void theCommittedTablesAreWhatTheNaiveBooksMake() throws IOException {
        NaiveBooks books = booksOf(LAST_NIGHT);
        for (Map.Entry<String, String> table : SampleExpectations.tables(books).entrySet()) {
            assertThat(Files.readString(SAMPLE_DATA.resolve("expected").resolve(table.getKey())))
                    .as(table.getKey())
                    .isEqualTo(table.getValue());
        }
    }

    @Test
    void everyNightKnewTheBalanceItRecorded() {
        NaiveBooks last = booksOf(LAST_NIGHT);
        for (Path night : NaiveIntake.children(DELIVERIES)) {
            LocalDate date = LocalDate.parse(NaiveIntake.name(night));
            Instant asOf = Instant.parse(date.plusDays(1) + "T00:00:00Z");
            NaiveBooks then = booksOf(date);
            for (String account : last.prepaidAccountsAt(asOf.minusNanos(1000))) {
                assertThat(then.balanceAt(account, asOf))
                        .as("%s on %s", account, date)
                        .isEqualByComparingTo(last.balanceAt(account, asOf));
            }
        }
    }

    @Test
    void everyNightRecordsEveryPrepaidAccountOnce() {
        NaiveBooks books = booksOf(LAST_NIGHT);
        List<Path> nights = NaiveIntake.children(DELIVERIES);
        assertThat(nights).hasSize(12);
        for (Path night : nights) {
            String date = NaiveIntake.name(night);
            Instant asOf = Instant.parse(LocalDate.parse(date).plusDays(1) + "T00:00:00Z");
            List<Map<String, String>> rows =
                    CsvText.table(night.resolve("live-balances").resolve("balances-" + date + ".csv"));
            assertThat(rows)
                    .extracting(row -> row.get("account_id"))
                    .isEqualTo(books.prepaidAccountsAt(asOf.minusNanos(1000)));
            assertThat(rows).extracting(row -> row.get("as_of")).containsOnly(asOf.toString());
        }
    }

    @Test
    void theSampleHasEveryKindOfAccount() {
        Map<String, Map<String, String>> statements = new TreeMap<>();
        for (Map<String, String> row : booksOf(LAST_NIGHT).statements(YearMonth.of(2026, 10))) {
            statements.put(row.get("account_id"), row);
        }
        assertThat(statements).doesNotContainKey("acc-1014").hasSize(19);
        assertThat(statements.get("acc-1003"))
                .as("block, fully covered")
                .containsEntry("overage_amount", "0")
                .containsEntry("unfunded_amount", "0")
                .containsEntry("payg_amount", "0");
        assertThat(statements.get("acc-1002"))
                .as("carry, settled")
                .containsEntry("closing_debt", "0")
                .doesNotContainEntry("settled_debt", "0");
        assertThat(statements.get("acc-1010")).as("carry, open").doesNotContainEntry("closing_debt", "0");
        assertThat(statements.get("acc-1005")).as("expiring with a rest").doesNotContainEntry("expired_amount", "0");
        assertThat(statements.get("acc-1006")).as("cap").containsEntry("overage_amount", "1.5");
        assertThat(statements.get("acc-1007"))
                .as("switch from payg to prepaid")
                .doesNotContainEntry("payg_amount", "0")
                .doesNotContainEntry("overage_amount", "0")
                .doesNotContainEntry("credit_amount", "0");
        assertThat(statements.get("acc-1013"))
                .as("withdrawn promo, no usage")
                .containsEntry("withdrawn_amount", "4")
                .containsEntry("events", "0");
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), NaiveIntake.sha256(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
