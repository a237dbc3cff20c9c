package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table "What happens to a file that is ..." of jobs/ARCHITECTURE.md, row by row. */
class DeliveredFileTest {
    private static final String EVENT = "e-1,2026-10-05T08:00:00Z,a-1,,openai,m,1000";

    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void oneAccount() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
    }

    private static String event(String id) {
        return EVENT.replace("e-1", id);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(Files.createDirectories(home.root().resolve("inbox/usage")).resolve(name), bytes);
    }

    private void expectDaily(String more) throws IOException {
        home.configureUsage("expected: daily\n" + more);
        home.configure("reconciliation.yml", "declines:\n  limit: 15\n");
    }

    private List<String> breaks() {
        return home.books("SELECT code, subject, period, LOWER(state) FROM break_case ORDER BY period, code, subject");
    }

    @Test
    void everyWritingOfAFileHasItsOutcome() throws IOException {
        home.deliverFile("usage", "bom.csv", "\uFEFF" + SmallHome.usage(event("bom")));
        home.deliverFile("usage", "crlf.csv", SmallHome.usage(event("crlf")).replace("\n", "\r\n"));
        home.deliverFile(
                "usage", "no-last-newline.csv", SmallHome.usage(event("last")).stripTrailing());
        home.deliverFile(
                "usage",
                "truncated.csv",
                SmallHome.usage(event("whole"), event("cut")).strip().replaceAll(",m,1000$", ""));

        home.deliverFile("usage", "open-quote.csv", SmallHome.usage(event("before"), "\"e-9", event("swallowed")));
        home.deliverFile("usage", "empty.csv", "");
        home.deliverFile("usage", "header-only.csv", SmallHome.usage().strip());
        home.deliverFile("usage", "blank-lines.csv", "\n\r\n\n");
        home.deliverFile("usage", "blank-between.csv", SmallHome.usage(event("x-1"), "", "", event("x-2")));
        home.deliverFile("usage", "no-header.csv", event("e-8") + "\n");
        home.deliverFile("usage", "writing.csv.part", SmallHome.usage(event("part")));
        home.deliverFile("usage", ".hidden.csv", SmallHome.usage(event("hidden")));
        home.deliverFile("stranger", "x.csv", SmallHome.usage(event("stranger")));
        write("latin.csv", SmallHome.usage(event("\u00e4")).getBytes(StandardCharsets.ISO_8859_1));
        Program night = home.night("2026-10-05");

        Map<String, String> expected = new TreeMap<>();
        expected.put("bom.csv", "1 accepted");
        expected.put("crlf.csv", "1 accepted");
        expected.put("no-last-newline.csv", "1 accepted");
        expected.put("truncated.csv", "1 accepted, 1 rejected");
        expected.put("open-quote.csv", "1 accepted, 1 rejected");
        expected.put("empty.csv", "");
        expected.put("header-only.csv", "");
        expected.put("blank-lines.csv", "");
        expected.put("blank-between.csv", "2 accepted");
        expected.put("no-header.csv", "");
        expected.put("latin.csv", "1 rejected");
        assertThat(SmallHome.outcomes(home.export())).isEqualTo(expected);
        assertThat(breaks())
                .containsExactly(
                        "DELIVERY_INCOMPLETE usage/no-header.csv 2026-10-05 open",
                        "RECORDS_REJECTED usage/latin.csv#USG-009 2026-10-05 open",
                        "RECORDS_REJECTED usage/open-quote.csv#USG-001 2026-10-05 open",
                        "RECORDS_REJECTED usage/truncated.csv#USG-002 2026-10-05 open");
        assertThat(night.out()).contains("waits usage/writing.csv.part", "not taken usage/no-header.csv: DLV-001");
        assertThat(night.err()).contains("DLV-004", "inbox/stranger");
        assertThat(home.root().resolve("inbox/stranger/x.csv")).exists();
        assertThat(home.root().resolve("inbox/usage").toFile().list())
                .containsExactlyInAnyOrder("writing.csv.part", ".hidden.csv");
    }

    @Test
    void aKnownContentIsSkippedUnderWhateverNameAndSource() throws IOException {
        home.configure("sources/other.yml", Files.readString(home.root().resolve("config/sources/usage.yml")));
        home.deliverUsage("usage-05.csv", EVENT);
        home.night("2026-10-05");
        home.deliverUsage("renamed.csv", EVENT);
        home.deliverUsage("usage-05.csv", EVENT);
        home.deliverFile("other", "usage-05.csv", SmallHome.usage(EVENT));
        Program night = home.night("2026-10-06");
        assertThat(night.out())
                .contains("0 deliveries")
                .contains("skipped other/usage-05.csv: same content as usage/usage-05.csv")
                .contains("skipped usage/renamed.csv: same content")
                .contains("skipped usage/usage-05.csv: same content");
        assertThat(home.run("deliveries", "list", "--state", "repeated", "--source", "other")
                        .out())
                .contains("other", "repeated", "same content as 1 usage/usage-05.csv");
        assertThat(home.run("deliveries", "show", "usage/renamed.csv").out())
                .contains("usage/renamed.csv on 2026-10-06", "other/usage-05.csv on 2026-10-06");
        assertThat(home.root().resolve("inbox/usage")).isEmptyDirectory();
    }

    @Test
    void theSameNameWithOtherContentIsADeliveryOfItsOwn() throws IOException {
        home.deliverUsage("usage.csv", event("e-1"));
        home.night("2026-10-05");
        home.deliverUsage("usage.csv", event("e-2"));
        home.night("2026-10-06");
        assertThat(home.books("SELECT delivery_id, night, file_name FROM delivery"))
                .containsExactly("1 2026-10-05 usage.csv", "2 2026-10-06 usage.csv");
        assertThat(SmallHome.statement(home.export(), "a-1")).containsEntry("events", "2");
        Program show = home.run("deliveries", "show", "usage/usage.csv");
        assertThat(show.code()).isEqualTo(2);
        assertThat(show.err()).contains("2 deliveries are called usage/usage.csv", "1 (night 2026-10-05)");
    }

    @Test
    void aNameUsedEveryDayDoesNotResolveWhatWasRefusedUnderIt() throws IOException {
        home.deliverUsage("usage.csv", event("e-1"));
        home.night("2026-10-05");
        home.deliverFile("usage", "usage.csv", "no,header\n");
        home.night("2026-10-06");
        home.deliverUsage("usage.csv", event("e-3"));
        home.night("2026-10-07");
        assertThat(breaks()).containsExactly("DELIVERY_INCOMPLETE usage/usage.csv 2026-10-06 open");
    }

    @Test
    void aFileThatChangesAfterItWasRegisteredIsTakenByTheNextNight() throws IOException {
        Path blocked =
                Files.createDirectories(home.root().resolve("lake/deliveries")).resolve("2026-10-05");
        Files.writeString(blocked, "in the way");
        home.deliverUsage("usage-05.csv", EVENT);
        assertThat(home.run("nightly", "--date", "2026-10-05").code()).isEqualTo(1);
        Files.delete(blocked);
        home.deliverUsage("usage-05.csv", EVENT, event("e-2"));
        assertThat(home.run("resume").out()).contains("not taken usage/usage-05.csv: DLV-003 the file changed");
        assertThat(home.root().resolve("inbox/usage/usage-05.csv")).exists();
        home.night("2026-10-06");
        assertThat(breaks()).containsExactly("DELIVERY_INCOMPLETE usage/usage-05.csv 2026-10-05 resolved");
        assertThat(SmallHome.statement(home.export(), "a-1")).containsEntry("events", "2");
    }

    @Test
    void twoNightsThatMeetTheSameLateFileTakeItOnce() throws IOException {
        home.deliverUsage("usage-06.csv", event("e-6").replace("10-05", "10-06"));
        home.night("2026-10-06");
        home.deliverUsage("late-05.csv", EVENT);
        home.night("2026-10-07");
        home.deliverUsage("late-05.csv", EVENT);
        assertThat(home.night("2026-10-08").out()).contains("skipped usage/late-05.csv");
        assertThat(SmallHome.statement(home.export(), "a-1"))
                .containsEntry("events", "2")
                .containsEntry("usage_amount", "2");
    }

    @Test
    void aNightWithNothingNewDoesNothing() throws IOException {
        home.deliverUsage("usage-05.csv", EVENT, EVENT.replace("1000", "1.5"));
        home.deliverCredits("credits-05.csv", "g-1,c-1,a-1,grant,adjustment,10,,EUR,2026-10-05T08:00:00Z,,,,");
        home.night("2026-10-05");
        List<String> tables = List.of(
                "usage_segment",
                "index_segment",
                "lake_file",
                "held_file",
                "delivery",
                "delivery_outcome",
                "delivery_rejection",
                "statement_revision",
                "break_case",
                "break_history",
                "credit_entry");
        Map<String, List<String>> before = new TreeMap<>();
        tables.forEach(table -> before.put(table, home.books("SELECT * FROM " + table + " ORDER BY 1, 2")));
        assertThat(before.get("statement_revision")).isNotEmpty();
        assertThat(before.get("break_case")).isNotEmpty();
        home.night("2026-10-05");
        home.night("2026-10-06");
        tables.forEach(table -> assertThat(home.books("SELECT * FROM " + table + " ORDER BY 1, 2"))
                .as(table)
                .isEqualTo(before.get(table)));
        assertThat(home.books("SELECT step, COUNT(*) FROM partition_manifest WHERE run_id > 1 AND step IN ('scatter',"
                        + " 'identity', 'gather', 'statement') GROUP BY step"))
                .isEmpty();
    }

    @Test
    void aMissingDeliveryResolvesWhenItsDayComes() throws IOException {
        expectDaily("");
        home.night("2026-10-05");
        String[] events = new String[20];
        events[0] = event("straggler");
        for (int each = 1; each < events.length; each++) {
            events[each] = event("e-" + each).replace("10-05", "10-06");
        }
        home.deliverUsage("usage-06.csv", events);
        home.night("2026-10-06");
        assertThat(breaks()).containsExactly("DELIVERY_MISSING usage 2026-10-05 open");
        home.deliverUsage("usage-05.csv", event("late-1"), event("late-2"));
        home.deliverUsage("usage-07.csv", event("z").replace("10-05", "10-07"));
        home.night("2026-10-07");
        assertThat(breaks()).containsExactly("DELIVERY_MISSING usage 2026-10-05 resolved");
    }

    @Test
    void theDaysOfNightsThatDidNotRunAreJudgedByTheNextOne() throws IOException {
        expectDaily("grace: 1\n");
        home.night("2026-10-05");
        String source = Files.readString(home.root().resolve("config/sources/usage.yml"));
        home.configure("sources/usage.yml", source.replace("grace: 1\n", ""));
        home.deliverUsage("usage-07.csv", event("e-7").replace("10-05", "10-07"));
        home.deliverUsage("usage-08.csv", event("e-8").replace("10-05", "10-08"));
        home.night("2026-10-08");
        assertThat(breaks())
                .containsExactly(
                        "DELIVERY_MISSING usage 2026-10-04 open",
                        "DELIVERY_MISSING usage 2026-10-05 open",
                        "DELIVERY_MISSING usage 2026-10-06 open");
        home.deliverUsage("usage-06.csv", event("e-6").replace("10-05", "10-06"));
        home.deliverUsage("usage-09.csv", event("e-9").replace("10-05", "10-09"));
        home.night("2026-10-09");
        assertThat(breaks())
                .containsExactly(
                        "DELIVERY_MISSING usage 2026-10-04 open",
                        "DELIVERY_MISSING usage 2026-10-05 open",
                        "DELIVERY_MISSING usage 2026-10-06 resolved");
    }

    @Test
    void aFileWithinTheGraceIsInTime() throws IOException {
        expectDaily("grace: 1\n");
        home.night("2026-10-05");
        home.deliverUsage("usage-05.csv", EVENT);
        home.night("2026-10-06");
        assertThat(breaks().stream().filter(each -> each.contains("2026-10-05")))
                .isEmpty();
    }

    @Test
    void anEmptyFileIsADeliveryAndItsSourceIsSilentUntilUsageOfTheDayComes() throws IOException {
        expectDaily("");
        home.deliverFile("usage", "usage-05.csv", "");
        home.night("2026-10-05");
        home.deliverFile("usage", "usage-06.csv", "");
        assertThat(home.night("2026-10-06").out())
                .contains("skipped usage/usage-06.csv: same content as usage/usage-05.csv");
        assertThat(breaks())
                .containsExactly("SOURCE_SILENT usage 2026-10-05 open", "SOURCE_SILENT usage 2026-10-06 open");
        home.deliverUsage("usage-05-again.csv", EVENT, event("e-7").replace("10-05", "10-07"));
        home.night("2026-10-07");
        assertThat(breaks())
                .containsExactly("SOURCE_SILENT usage 2026-10-05 resolved", "SOURCE_SILENT usage 2026-10-06 open");
    }

    @Test
    void aRefusedFileIsNoSilence() throws IOException {
        expectDaily("");
        home.deliverFile("usage", "usage-05.csv", "a,b\n");
        home.night("2026-10-05");
        assertThat(breaks()).containsExactly("DELIVERY_INCOMPLETE usage/usage-05.csv 2026-10-05 open");
    }

    @Test
    void whatContradictsAnEntryOrABalanceIsABreak() throws IOException {
        home.configure("sources/balances.yml", "profile: balances\nformat: csv\n");
        String grant = "g-1,c-1,a-1,grant,adjustment,10,,EUR,2026-10-05T08:00:00Z,,,,";
        home.deliverCredits("credits-05.csv", grant);
        home.deliverFile("balances", "b.csv", "account_id,as_of,balance,currency\na-1,2026-10-05T12:00:00Z,10,EUR\n");
        home.night("2026-10-05");
        home.deliverCredits("credits-06.csv", grant.replace(",10,", ",12,"), grant.replace("g-1", "g-2"), grant);
        home.deliverFile("balances", "c.csv", "account_id,as_of,balance,currency\na-1,2026-10-05T12:00:00Z,11,EUR\n");
        home.night("2026-10-06");
        assertThat(breaks())
                .containsExactly(
                        "RECORDS_REJECTED balances/c.csv#CRD-003 2026-10-06 open",
                        "RECORDS_REJECTED credits/credits-06.csv#CRD-003 2026-10-06 open");
        assertThat(home.books("SELECT CAST(actual AS INT), evidence FROM break_case ORDER BY subject"))
                .containsExactly(
                        "1 first balance of a-1 at 2026-10-05T12:00:00.000000Z: balances/b.csv:2 stands, balances/c.csv:2"
                                + " differs",
                        "2 first entry g-1 of a-1: credits/credits-05.csv:2 stands, credits/credits-06.csv:2 differs");
        assertThat(home.run("deliveries", "show", "credits/credits-06.csv").out())
                .contains("line 3, entry g-2 of a-1: credits/credits-05.csv:2 stands");
    }
}
