package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.app.store.ControlFigures;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.lake.file.NewFile;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A delivery and the file beside it that says what it should hold. */
class ControlFileTest {
    private static final String GOOD = "e-1,2026-10-05T08:00:00Z,a-1,,openai,m,1000";
    private static final String BAD = "e-2,2026-10-05T08:00:00Z,a-1,,openai,m,12.5";
    private static final String UNKNOWN = "e-3,2026-10-05T08:00:00Z,,key-new,openai,m,30";
    private static final String FILE = "usage-05.csv";

    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void controlled() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configureUsage("control-file: optional\n");
    }

    private void control(String json) throws IOException {
        home.deliverFile("usage", FILE + ".control.json", json);
    }

    private String incomplete() {
        return home.books(
                        "SELECT LOWER(state), LOWER(resolution), expected, actual, evidence FROM break_case WHERE code ="
                                + " 'DELIVERY_INCOMPLETE' ORDER BY first_seen, break_id")
                .toString();
    }

    private Path inbox(String name) {
        return home.root().resolve("inbox/usage").resolve(name);
    }

    @Test
    void whatAgreesIsTakenAndBothAreArchived() throws IOException {
        home.deliverUsage(FILE, GOOD, BAD, UNKNOWN);
        control("{\"records\": 3, \"sha256\": \"" + NewFile.sha256(inbox(FILE)).toUpperCase(Locale.ROOT)
                + "\", \"input_tokens\": 1030, \"output_tokens\": 0}");
        home.night("2026-10-05");
        assertThat(SmallHome.outcomes(home.export())).containsEntry(FILE, "1 accepted, 1 rejected, 1 held");
        assertThat(incomplete()).isEqualTo("[]");
        assertThat(home.root().resolve("inbox/usage")).isEmptyDirectory();
        assertThat(Folders.bytes(home.root().resolve("lake/deliveries")).keySet())
                .hasSize(2)
                .anyMatch(name -> name.endsWith(FILE + ".control.json"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'records': 2, 'input_tokens': 9} | names 2 records, the file has 3; 9 input_tokens, the file has 1030",
                "{'sha256': '0000000000000000000000000000000000000000000000000000000000000000'} | names sha256 0000",
                "{'records': '3'} | records is not a whole number from 0 on",
            })
    void whatDiffersIsNotTakenAndLeavesNothing(String json, String what) throws IOException {
        home.deliverUsage(FILE, GOOD, BAD, UNKNOWN);
        control(json.replace('\'', '"'));
        Program night = home.night("2026-10-05");
        assertThat(night.out()).contains("not taken usage/" + FILE, what);
        assertThat(night.code()).isEqualTo(4);
        assertThat(incomplete()).contains(what).startsWith("[open");
        for (String table : List.of(
                "delivery_outcome", "delivery_rejection", "held_file", "usage_segment", "index_segment", "lake_file")) {
            assertThat(home.books("SELECT * FROM " + table)).as(table).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'records': 3.0} | records is not a whole number from 0 on",
                "{'records': 1e2} | records is not a whole number from 0 on",
                "{'records': -1} | records is not a whole number from 0 on",
                "{'records': null} | records is not a whole number from 0 on",
                "{'output_tokens': 100000000000000000000000000000000000000} | output_tokens is not a whole number",
                "{'sha256': 'abc'} | sha256 is not a text of 64 hexadecimal digits",
                "{'sha256': 5} | sha256 is not a text of 64 hexadecimal digits",
                "{'rows': 3} | 'rows' is no field of a control file",
                "{'rows': 3, 'records': '4'} | 'rows' is no field of a control file; records is not a whole number",
                "{'records': 3, 'records': 4} | it is not valid JSON",
                "{'records': 3 | it is not valid JSON",
                "{'records': 3} {} | it is not valid JSON",
                "[3] | it is not a JSON object",
                "{} | it names nothing to compare",
            })
    void aControlFileThatCannotBeUsedSaysWhy(String json, String what) throws IOException {
        Path file = Files.writeString(folder.resolve("x.control.json"), json.replace('\'', '"'));
        assertThat(ControlFiles.read(file).problem()).startsWith(what.replace('\'', '"'));
    }

    @Test
    void anEmptyOrHugeControlFileCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("x.control.json"), "");
        assertThat(ControlFiles.read(file).problem()).isNotEmpty();
        Files.writeString(file, "{\"records\": 3" + " ".repeat(20_000) + "}");
        assertThat(ControlFiles.read(file).problem()).isEqualTo("it is longer than 16384 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "3,1030,0,''",
        "4,1030,0,'4 records, the file has 3'",
        "3,1,0,'1 input_tokens, the file has 1030'",
        "3,1030,7,'7 output_tokens, the file has 0'"
    })
    void everyFigureIsCompared(long records, long input, long output, String difference) {
        DeliveryCounts actual = new DeliveryCounts(3, 3, 0, 0, 0, 0, 0, BigInteger.valueOf(1030), BigInteger.ZERO);
        ControlFigures expected = new ControlFigures(
                BigInteger.valueOf(records), null, BigInteger.valueOf(input), BigInteger.valueOf(output), "");
        assertThat(ControlFiles.refusalOfRecords(expected, actual)
                        .map(refusal -> refusal.message().replace("the control file names ", ""))
                        .orElse(""))
                .isEqualTo(difference);
    }

    @Test
    void theBreakSaysWhatWasExpectedAndWhatCame() throws IOException {
        home.deliverUsage(FILE, GOOD);
        control("{\"records\": 3}");
        home.night("2026-10-05");
        assertThat(home.books("SELECT CAST(expected AS BIGINT), CAST(actual AS BIGINT), CAST(difference AS BIGINT) FROM"
                        + " break_case"))
                .containsExactly("3 1 -2");
    }

    @Test
    void aCorrectedControlFileAloneIsEnough() throws IOException {
        home.deliverUsage(FILE, GOOD);
        control("{\"records\": 3}");
        home.night("2026-10-05");
        control("{\"records\": 1}");
        home.night("2026-10-06");
        assertThat(incomplete()).startsWith("[resolved auto");
        assertThat(SmallHome.statement(home.export(), "a-1")).containsEntry("events", "1");
        assertThat(home.root().resolve("inbox/usage")).isEmptyDirectory();
    }

    @Test
    void aControlFileThatIsStillWrongKeepsTheDeliveryOut() throws IOException {
        home.deliverUsage(FILE, GOOD);
        control("{\"records\": 3}");
        home.night("2026-10-05");
        control("{\"records\": 2}");
        home.night("2026-10-06");
        control("{\"records\": 1}");
        home.night("2026-10-07");
        assertThat(incomplete())
                .startsWith("[resolved auto")
                .contains("resolved auto 2")
                .doesNotContain("open");
        assertThat(SmallHome.statement(home.export(), "a-1")).containsEntry("events", "1");
    }

    @Test
    void aCompleteFileIsComparedWithTheControlFileThatCameWithTheTruncatedOne() throws IOException {
        home.deliverUsage(FILE, GOOD);
        control("{\"records\": 2}");
        home.night("2026-10-05");
        home.deliverUsage(FILE, GOOD, GOOD.replace("e-1", "e-4"));
        home.night("2026-10-06");
        assertThat(incomplete()).startsWith("[resolved auto");
        assertThat(SmallHome.statement(home.export(), "a-1")).containsEntry("events", "2");
        assertThat(home.books("SELECT COUNT(*) FROM delivery_control")).containsExactly("2");
    }

    @Test
    void anIdOfADeliveryThatWasNotTakenIsFree() throws IOException {
        home.deliverUsage(FILE, GOOD);
        control("{\"records\": 3}");
        home.deliverUsage("usage-06.csv", GOOD.replace("1000", "5"));
        home.night("2026-10-05");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsEntry("usage-06.csv", "1 accepted");
        assertThat(SmallHome.breaks(export)).noneMatch(each -> each.startsWith("USAGE_CONFLICT"));
    }

    @Test
    void whereItIsRequiredADeliveryWaitsForIt() throws IOException {
        home.configure(
                "sources/usage.yml",
                Files.readString(home.root().resolve("config/sources/usage.yml"))
                        .replace("control-file: optional", "control-file: required\nexpected: daily"));
        home.deliverUsage(FILE, GOOD);
        Program night = home.night("2026-10-05");
        assertThat(night.out())
                .contains("waits usage/" + FILE, "its control file " + FILE + ".control.json is not there");
        assertThat(inbox(FILE)).exists();
        assertThat(SmallHome.breaks(home.export())).containsExactly("DELIVERY_MISSING usage pending");
        assertThat(home.run("deliveries", "list", "--state", "waiting").out()).contains(FILE, "is not there");
        assertThat(home.run("deliveries", "show", "usage/" + FILE).err()).contains("RUN-006", "waits in the inbox");

        control("{\"records\": 1}");
        home.deliverUsage("usage-06.csv", GOOD.replace("e-1", "e-6").replace("10-05", "10-06"));
        home.deliverFile("usage", "usage-06.csv.control.json", "{\"records\": 1}");
        home.night("2026-10-06");
        assertThat(SmallHome.breaks(home.export())).containsExactly("DELIVERY_MISSING usage resolved auto");
        assertThat(home.root().resolve("inbox/usage")).isEmptyDirectory();
    }

    @Test
    void aControlFileForNothingIsSaidSo() throws IOException {
        control("{\"records\": 1}");
        Program night = home.night("2026-10-05");
        assertThat(night.out()).contains("waits usage/" + FILE + ".control.json", "there is no delivery " + FILE);
        assertThat(inbox(FILE + ".control.json")).exists();
        home.deliverUsage(FILE, GOOD, GOOD);
        home.night("2026-10-06");
        assertThat(incomplete()).contains("names 1 records, the file has 2");
    }

    @Test
    void withoutControlFilesItIsAFileLikeAnyOther() throws IOException {
        home.configure(
                "sources/usage.yml",
                Files.readString(home.root().resolve("config/sources/usage.yml"))
                        .replace("optional", "none"));
        home.deliverUsage(FILE, GOOD);
        control("{\"records\": 9}");
        home.night("2026-10-05");
        assertThat(SmallHome.outcomes(home.export())).containsEntry(FILE, "1 accepted");
        assertThat(incomplete()).contains("DLV-001");
    }

    @Test
    void aFeedIsComparedToo() throws IOException {
        home.configure(
                "sources/credits.yml",
                "control-file: optional\n" + Files.readString(home.root().resolve("config/sources/credits.yml")));
        String grant = "g-1,c-1,a-1,grant,purchase,10,1.9,EUR,2026-10-05T08:00:00Z,,,,";
        home.deliverCredits("credits-05.csv", grant);
        home.deliverFile("credits", "credits-05.csv.control.json", "{\"records\": 2}");
        home.night("2026-10-05");
        assertThat(incomplete()).contains("names 2 records, the file has 1");
        assertThat(home.books("SELECT * FROM credit_entry")).isEmpty();
        home.deliverFile("credits", "credits-05.csv.control.json", "{\"records\": 1}");
        home.night("2026-10-06");
        assertThat(incomplete()).startsWith("[resolved auto");
        assertThat(SmallHome.statement(home.export(), "a-1")).containsEntry("closing_balance", "10");
    }

    @Test
    void theDecisionIsTheSameAfterARestart() throws IOException {
        home.deliverUsage(FILE, GOOD, BAD);
        control("{\"records\": 3}");
        home.deliverUsage("usage-06.csv", GOOD.replace("e-1", "e-6"));
        Path blocked =
                Files.createDirectories(home.root().resolve("out/nights")).resolve("2026-10-05");
        Files.writeString(blocked, "in the way");
        assertThat(home.run("nightly", "--date", "2026-10-05").code()).isEqualTo(1);
        // As if the process had died after the steps had committed and before Spring Batch had noted it.
        home.books("UPDATE batch_step_execution SET status = 'FAILED', exit_code = 'FAILED' WHERE step_name IN"
                + " ('intake', 'feeds', 'admit', 'prove')");
        Files.delete(blocked);
        control("{\"records\": 2}");
        Program resumed = home.run("resume");
        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isEqualTo(4);
        assertThat(incomplete()).startsWith("[open").contains("names 3 records, the file has 2");
        assertThat(SmallHome.outcomes(home.export())).containsEntry("usage-06.csv", "1 accepted");
        home.night("2026-10-06");
        assertThat(incomplete()).startsWith("[resolved auto");
        assertThat(SmallHome.outcomes(home.export())).containsEntry(FILE, "1 accepted, 1 rejected");
    }
}
