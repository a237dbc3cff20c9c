package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.table.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What support is told about usage that a month counted late: an hour of October that its source restates after each
 * close, and an event that comes late as a whole.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainLateEventTest {
    private SmallHome home;

    @BeforeAll
    void threeClosesAndADecember(@TempDir Path folder) throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("terms.csv", """
                account_id,billing_mode,price_book,overage_policy,overage_multiplier,monthly_overage_cap
                a-1,prepaid,list,invoice,1.25,2
                """);
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,context_over,tier_mode,tier_up_to
                list,*,m,input,1,1000,,graduated,6000
                list,*,m,input,2,1000,,graduated,
                list,*,m,input,9,1000,200000,,
                """);
        home.configure("sources/hours.yml", """
                profile: saldo
                format: csv
                identity: bucket
                context-tier: 0
                """);
        home.deliverCredits(
                "credits.csv",
                "e-1,c-1,a-1,grant,adjustment,9,,EUR,2026-10-01T00:00:00Z,,,50,",
                "e-2,c-2,a-1,grant,promo,5,,EUR,2026-10-25T00:00:00Z,,,10,");
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,3000");
        hour("10-31", 4000, 3);
        home.night("2026-10-31");
        close("2026-10", "2026-11-01");
        hour("11-15", 4500, 4);
        home.deliverUsage("late.csv", "late-1,2026-10-20T11:00:00Z,a-1,,openai,m,250");
        home.night("2026-11-30");
        close("2026-11", "2026-12-01");
        hour("12-15", 6000, 4);
        home.night("2026-12-31");
    }

    private void hour(String delivered, long input, long requests) throws IOException {
        home.deliverFile(
                "hours",
                "hours-" + delivered + ".csv",
                "event_id,occurred_at,account_id,project_id,api_key_id,provider,model,service_tier,status,input_tokens,"
                        + "cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens,audio_input_tokens,"
                        + "audio_output_tokens,units,requests\n"
                        + ",2026-10-20T10:00:00Z,a-1,,,openai,m,,," + input + ",,,,,,,," + requests + "\n");
    }

    private void close(String month, String date) {
        Program close = home.run("close", "--month", month, "--date", date);
        assertThat(close.code()).as(close.out() + close.err()).isZero();
    }

    /** The id that Saldo gave the hour, which has none of its own. */
    private String idOfTheHour() throws IOException {
        TableSchema ids = new TableSchema("ids", List.of(TableSchema.text("namespace"), TableSchema.text("event_id")));
        Set<String> found = new HashSet<>();
        try (Stream<Path> files = Files.walk(home.root().resolve("lake/usage"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (TableReader rows = TableReader.open(file, ids)) {
                    for (List<Object> row = rows.next(); row != null; row = rows.next()) {
                        if ("hours".equals(row.get(0))) {
                            found.add((String) row.get(1));
                        }
                    }
                }
            }
        }
        assertThat(found).hasSize(1);
        return found.iterator().next();
    }

    private static void assertGolden(String name, Program told) throws IOException {
        assertThat(told.code()).as(told.err()).isZero();
        String stable = told.out()
                .replaceAll("((configuration|result).sha256(\":\"| +))[0-9a-f]{64}", "$1(hash)")
                .replaceAll("(program.version(\":\"| +))[^\\s\"]+", "$1(version)");
        Path golden = Program.repository("jobs/app/src/test/resources/explain").resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, stable);
        }
        assertThat(stable).isEqualTo(Files.readString(golden));
    }

    @Test
    void whatEachCloseKnewIsTakenOffWhatIsKnownNow() throws IOException {
        String[] command = {"explain", "--account", "a-1", "--month", "2026-12", "--event", idOfTheHour()};
        assertGolden("late-event.txt", home.run(command));
    }

    @Test
    void theArchitecturePageShowsThatEvent() throws IOException {
        String event = Files.readString(Program.repository("jobs/app/src/test/resources/explain/late-event.txt"));
        String late = event.substring(event.indexOf("late:"), event.indexOf("charges:"));
        assertThat(Files.readString(Program.repository("jobs/ARCHITECTURE.md"))).contains(late.strip());
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        String[] command = {"--json", "explain", "--account", "a-1", "--month", "2026-12", "--event", idOfTheHour()};
        assertGolden("late-event.json", home.run(command));
    }

    @Test
    void anEventThatCameLateAsAWhole() {
        Program told = home.run("explain", "--account", "a-1", "--month", "2026-11", "--event", "late-1");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.out())
                .contains("run 2, close of 2026-10", "input: 250 known - 0 counted before = 250 late", "c-2");
    }

    @Test
    void theClosedMonthSaysWhichStatementHasIt() {
        Program told = home.run("explain", "--account", "a-1", "--month", "2026-10", "--event", "late-1");
        assertThat(told.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(told.err())
                .contains("late.csv:2 brought it with run 3, after this revision; see the statement of 2026-11 for late"
                        + " usage");
    }

    @Test
    void whatAStatementOfLaterUsageHasCountedBeforeIsNotToldAsLate() {
        Program told = home.run("explain", "--account", "a-1", "--month", "2026-12", "--event", "late-1");
        assertThat(told.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(told.err()).contains("it is usage of a-1 in 2026-10, from usage/late.csv:2");
    }
}
