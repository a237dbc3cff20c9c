package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.app.home.Home;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.StatementStore;
import io.saldo.statement.Statements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What support is told about an amount. The architecture page shows a part of one golden file. */
@ExtendWith(DemoRun.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainCommandTest {
    private SmallHome home;

    @BeforeAll
    void aMonthWithEverythingInIt(@TempDir Path folder) throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        home.configure("terms.csv", """
                account_id,billing_mode,price_book,overage_policy,overage_multiplier
                a-1,prepaid,list,invoice,1.25
                a-2,prepaid,list,invoice,
                """);
        home.deliverCredits(
                "credits-01.csv",
                "e-1,promo,a-1,grant,promo,3,,EUR,2026-10-01T00:00:00Z,,2026-10-20T00:00:00Z,10,",
                "e-2,bought,a-1,grant,purchase,4,0.76,EUR,2026-10-02T00:00:00Z,,,,",
                "e-3,later,a-1,grant,purchase,5,0.95,EUR,2026-10-04T00:00:00Z,2026-10-25T00:00:00Z,,,");
        home.deliverUsage(
                "usage-03.csv",
                "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,2000",
                "r-2,2026-10-03T09:00:00Z,a-1,,openai,m,7500",
                "r-bad,2026-10-03T09:00:00Z,a-1,,openai,m,12.5",
                "r-held,2026-10-03T09:00:00Z,,key-new,openai,m,30",
                "r-other,2026-10-03T09:00:00Z,a-2,,openai,m,500");
        home.night("2026-10-03");
        home.deliverUsage(
                "usage-04.csv",
                "r-2,2026-10-03T09:00:00Z,a-1,,openai,m,7501",
                "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,2000",
                "r-3,2026-10-04T09:00:00Z,a-1,,openai,m,100");
        home.night("2026-10-04");
    }

    private Program explain(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "explain";
        all[1] = "--month";
        all[2] = "2026-10";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return home.run(all);
    }

    private static String golden(String name, String actual) throws IOException {
        Path golden = Program.repository("jobs/app/src/test/resources/explain").resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
        }
        return Files.readString(golden);
    }

    /** What differs from build to build. */
    private static String stable(String text) {
        return text.replaceAll("(configuration sha256 +)[0-9a-f]{64}", "$1(hash)")
                .replaceAll("(result sha256 +)[0-9a-f]{64}", "$1(hash)")
                .replaceAll("(program version +)\\S+", "$1(version)");
    }

    @Test
    void anEventThatTwoGrantsAndTheInvoicePay() throws IOException {
        Program told = explain("--account", "a-1", "--event", "r-2");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(stable(told.out())).isEqualTo(golden("event.txt", stable(told.out())));
    }

    @Test
    void theArchitecturePageShowsThatEvent() throws IOException {
        String event = Files.readString(Program.repository("jobs/app/src/test/resources/explain/event.txt"));
        String charges = event.substring(event.indexOf("charges:"), event.indexOf("contradicted by:"));
        assertThat(Files.readString(Program.repository("jobs/ARCHITECTURE.md"))).contains(charges.strip());
    }

    @Test
    void anAccountMonth() throws IOException {
        Program told = explain("--account", "a-1");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(stable(told.out())).isEqualTo(golden("month.txt", stable(told.out())));
    }

    @Test
    void jsonSaysTheSameWithAmountsAsText() {
        JsonNode told = json(explain("--json", "--account", "a-1", "--event", "r-2"));
        assertThat(told.path("reproduced").stringValue()).isEqualTo("yes");
        assertThat(told.path("amount").stringValue()).isEqualTo("7.5");
        JsonNode charge = told.path("charges").path(0);
        assertThat(charge.path("parts").path(0).path("calculation").stringValue())
                .isEqualTo("7500 x 1 / 1000 = 7.5");
        assertThat(charge.path("grants").path(0).path("paid").stringValue()).isEqualTo("1");
        assertThat(charge.path("grants").path(1).path("paid").stringValue()).isEqualTo("4");
        assertThat(told.path("overage_amount").stringValue()).isEqualTo("2.5");
        assertThat(told.path("delivered").path(0).path("record").stringValue())
                .isEqualTo("r-2,2026-10-03T09:00:00Z,a-1,,openai,m,7500");
    }

    private static JsonNode json(Program program) {
        assertThat(program.code()).as(program.err()).isZero();
        return JsonMapper.builder().build().readTree(program.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            r-bad | has no event r-bad: usage/usage-03.csv:4 was rejected, see: saldo deliveries show 2
            r-held | has no event r-held: usage/usage-03.csv:5 is held until its account or API key is known
            r-other | has no event r-other: it is usage of a-2 in 2026-10, from usage/usage-03.csv:6
            r-none | has no event r-none: nothing that was delivered has that id
            """)
    void whereAnEventIsThatTheStatementDoesNotHave(String event, String message) {
        Program told = explain("--account", "a-1", "--event", event);
        assertThat(told.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(told.err()).contains(message);
    }

    @Test
    void anEventThatCameAfterTheRevision() {
        Program told = explain("--account", "a-1", "--revision", "1", "--event", "r-3");
        assertThat(told.err()).contains("usage/usage-04.csv:4 brought it with run 2, after this revision");
    }

    @ParameterizedTest
    @CsvSource({
        "a-9, 2026-10, account a-9 has no statement",
        "a-1, 2026-09, account a-1 has no statement of 2026-09; it has those of 2026-10",
    })
    void anAccountMonthWithoutStatement(String account, String month, String message) {
        Program told = home.run("explain", "--account", account, "--month", month);
        assertThat(told.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(told.err()).contains(message);
    }

    /** Every revision that a home has can be made again from what its run knew. */
    @Test
    void everyRevisionOfTheDemoIsReproduced(DemoRun demo) throws IOException {
        assertThat(reproduced(demo.home())).isGreaterThan(40);
    }

    @Test
    void everyRevisionOfASmallHomeIsReproduced() throws IOException {
        assertThat(reproduced(home.root())).isEqualTo(3);
    }

    private static int reproduced(Path root) throws IOException {
        int count = 0;
        try (Session session = Session.open(new Home(root), root.resolve("config"))) {
            StatementStore statements = session.get(StatementStore.class);
            for (YearMonth month : statements.months()) {
                for (StatementRevision latest : statements.latestOfMonth(month.toString())) {
                    for (int number = 1; number <= latest.revision(); number++) {
                        StatementRevision revision = statements.get(latest.accountId(), latest.month(), number);
                        RevisionInputs.Inputs inputs =
                                session.get(RevisionInputs.class).of(session.home(), revision);
                        assertThat(StatementRevision.resultSha256(Statements.compute(inputs.input())))
                                .as("%s %s %d", revision.accountId(), month, number)
                                .isEqualTo(revision.resultSha256());
                        count++;
                    }
                }
            }
        }
        return count;
    }

    @Test
    void textFromOutsideDoesNotSteerATerminal() {
        assertThat(Outline.of(Map.of("record", "a\u001B[2Jb"))).isEqualTo("record  a\uFFFD[2Jb\n");
    }
}
