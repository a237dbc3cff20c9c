package io.saldo.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadGeneratorTest {

    private static final LocalDate FROM = LocalDate.of(2026, 10, 1);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl"})
    void theSameSeedMakesTheSameBytesOnAnyNumberOfThreads(String format) throws IOException {
        LoadGenerator.generate(plan(7, 20_000, format, 1, "one"));
        LoadGenerator.generate(plan(7, 20_000, format, 2, "two"));
        LoadGenerator.generate(plan(8, 20_000, format, 1, "other"));
        assertThat(contents("one")).isEqualTo(contents("two")).hasSize(14 + 13);
        assertThat(contents("one")).isNotEqualTo(contents("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl"})
    void theNaiveBooksTakeEveryEventAndFindNoBreak(String format) {
        LoadGenerator.generate(plan(3, 10_001, format, 1, "load"));
        NaiveBooks books = NaiveBooks.read(folder.resolve("load/deliveries"), folder.resolve("load/config"));
        assertThat(books.breaks()).isEmpty();
        assertThat(books.deliveries().stream()
                        .filter(row -> row.get("source").equals("usage"))
                        .mapToLong(row -> Long.parseLong(row.get("accepted")))
                        .sum())
                .isEqualTo(10_001);
        assertThat(books.statements(YearMonth.of(2026, 10)).stream()
                        .mapToLong(row -> Long.parseLong(row.get("events")))
                        .sum())
                .isEqualTo(10_001);
        assertThat(books.statements(YearMonth.of(2026, 10)))
                .extracting(row -> row.get("unpriced_quantity"))
                .containsOnly("0");
    }

    @Test
    void bothFormatsSayTheSame() {
        LoadGenerator.generate(plan(5, 5_000, "csv", 1, "as-csv"));
        LoadGenerator.generate(plan(5, 5_000, "jsonl", 1, "as-jsonl"));
        YearMonth month = YearMonth.of(2026, 10);
        assertThat(NaiveBooks.read(folder.resolve("as-csv/deliveries"), folder.resolve("as-csv/config"))
                        .statementLines(month))
                .isEqualTo(NaiveBooks.read(folder.resolve("as-jsonl/deliveries"), folder.resolve("as-jsonl/config"))
                        .statementLines(month));
    }

    @Test
    void accountsHaveAHeavyTailDaysAWeekAndHoursADay() throws IOException {
        LoadGenerator.generate(plan(1, 50_000, "csv", 1, "load"));
        Map<String, Integer> perAccount = new HashMap<>();
        Map<String, Integer> perHour = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (int day = 0; day < 12; day++) {
            String previous = "";
            for (String line : lines(FROM.plusDays(day))) {
                String[] fields = line.split(",", -1);
                assertThat(fields).hasSize(18);
                assertThat(fields[1])
                        .isGreaterThanOrEqualTo(previous)
                        .startsWith(FROM.plusDays(day).toString());
                previous = fields[1];
                assertThat(ids.add(fields[0])).isTrue();
                perAccount.merge(fields[2], 1, Integer::sum);
                perHour.merge(fields[1].substring(11, 13), 1, Integer::sum);
            }
        }
        assertThat(ids).hasSize(50_000);
        assertThat(perAccount.get("acc-0000001")).isBetween(9_000, 10_500); // 1 / H(100) = 19.3 %
        assertThat(perAccount.get("acc-0000010")).isBetween(800, 1_130);
        assertThat(perHour.get("10")).isGreaterThan(10 * perHour.get("03"));
        assertThat(lines(LocalDate.of(2026, 10, 4)).size() * 2L)
                .as("Sunday")
                .isLessThan(lines(LocalDate.of(2026, 10, 6)).size());
    }

    @Test
    void theQuantilesAreTheTraces() {
        assertThat(new String(Resources.bytes("token-quantiles.csv"), StandardCharsets.UTF_8))
                .isEqualTo(TokenQuantiles.fromTraces(Path.of("traces")));
    }

    @Test
    void whatCannotBeGeneratedIsRefused() {
        Arguments noDay = LoadPlan.OPTIONS.read("--out", "x", "--days", "0");
        assertThatThrownBy(() -> LoadPlan.of(noDay)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> plan(1, 1, "xml", 1, "xml")).hasMessage("--format is csv or jsonl, not xml");
    }

    private List<String> lines(LocalDate date) throws IOException {
        List<String> lines =
                Files.readAllLines(folder.resolve("load/deliveries/" + date + "/usage/usage-" + date + ".csv"));
        return lines.subList(1, lines.size());
    }

    private LoadPlan plan(long seed, long events, String format, int threads, String out) {
        return new LoadPlan(seed, 100, events, FROM, 12, format, threads, folder.resolve(out));
    }

    private Map<String, String> contents(String out) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(out))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.resolve(out).relativize(file).toString(), NaiveIntake.sha256(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
