package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.home.Home;
import io.saldo.app.home.HomeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How commands end, and what they say when they refuse. */
@ExtendWith(DemoRun.Extension.class)
class ExitCodeTest {
    @TempDir
    Path folder;

    private static String[] words(String line) {
        return line.split(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightly",
                "nightly --date 2026-10-05",
                "close --month 2026-10",
                "status",
                "resume",
                "breaks list",
                "breaks show x",
                "invoices list --month 2026-10",
                "export --month 2026-10 --to x"
            })
    void withoutAHomeNothingRunsAndNothingIsMade(String command) {
        Path home = folder.resolve("none");
        Program program = Program.in(home, words(command));
        assertThat(program.code()).isEqualTo(2);
        assertThat(program.errLines())
                .singleElement()
                .asString()
                .startsWith("RUN-003")
                .contains("saldo init");
        assertThat(home).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightlie",
                "--unknown",
                "nightly --unknown",
                "nightly --date yesterday",
                "nightly --date 2026-02-30",
                "close",
                "close --month 2026-13",
                "close --month 2026-10 --waive NO_SUCH_CODE",
                "breaks",
                "invoices",
                "invoices approve --month 2026-10",
                "export --month 2026-10",
                "resume one"
            })
    void aWrongCommandLineIsRefused(String command) {
        Program program = Program.in(folder.resolve("none"), words(command));
        assertThat(program.code()).as(program.out()).isEqualTo(2);
        assertThat(program.err()).isNotBlank().doesNotContain("Exception");
        assertThat(program.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "breaks accept B-1 --note n --by=",
                "invoices approve --month 2026-10 --by=",
                "invoices approve --month 2026-10 --by=\t",
                "invoices reject --month 2026-10 --account a --note n --by="
            })
    void nobodyDecidesWithoutAName(String command) {
        Program program = Program.in(folder.resolve("none"), words(command));
        assertThat(program.code()).isEqualTo(2);
        assertThat(program.errLines()).singleElement().asString().contains("--by is missing");
    }

    @Test
    void aHomeMayBeCalledAsACommandIs() {
        assertThat(Program.run("--home", "demo", "status").errLines())
                .singleElement()
                .asString()
                .startsWith("RUN-003")
                .contains("demo is no home");
    }

    @Test
    void withoutACommandItIsRefused() {
        assertThat(Program.run().code()).isEqualTo(2);
    }

    @Test
    void whileAnotherRunHoldsTheLockNothingIsTouched() throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        assertThat(Program.in(root, "nightly", "--date", "2026-10-05").code()).isZero();
        SortedMap<String, byte[]> before = Folders.bytes(root);
        try (HomeLock held = HomeLock.take(new Home(root))) {
            assertThat(held).isNotNull();
            for (String command : List.of(
                    "nightly --date 2026-10-06",
                    "close --month 2026-10",
                    "resume",
                    "status",
                    "invoices issue --month 2026-10",
                    "export --month 2026-10 --to " + folder.resolve("export"))) {
                Program second = Program.in(root, words(command));
                assertThat(second.code()).as(command).isEqualTo(5);
                assertThat(second.errLines()).singleElement().asString().startsWith("RUN-002");
            }
        }
        Folders.assertSame(Folders.bytes(root), before);
        assertThat(folder.resolve("export")).doesNotExist();
        assertThat(Program.in(root, "nightly", "--date", "2026-10-06").code()).isZero();
    }

    @Test
    void theConfigurationThatInitWritesIsRight() throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        SortedMap<String, byte[]> before = Folders.bytes(root);
        Program check = Program.in(root, "check");
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.err()).isEmpty();
        Folders.assertSame(Folders.bytes(root), before);
    }

    @Test
    void initLeavesWhatIsThere() throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        Files.writeString(root.resolve("config/fx.csv"), "date,currency,rate_per_eur\n2026-10-01,USD,1.1\n");
        Files.delete(root.resolve("config/tax.yml"));
        SortedMap<String, byte[]> before = Folders.bytes(root);
        assertThat(Program.in(root, "init").code()).isZero();
        SortedMap<String, byte[]> after = Folders.bytes(root);
        assertThat(after.remove("config/tax.yml")).isNotEmpty();
        Folders.assertSame(after, before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "nightly --date 2026-10-05", "close --month 2026-10 --date 2026-10-31"})
    void everyProblemOfTheConfigurationIsToldAtOnce(String command) throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        Path config = root.resolve("config");
        Files.delete(config.resolve("ledger.yml"));
        Files.writeString(config.resolve("application.yml"), "saldo:\n  threads: none\n  thread: 2\n");
        Files.writeString(config.resolve("models.csv"), "provider,aliass,model\n");
        Files.writeString(config.resolve("sources/log.yml"), "profile: no-such\n");
        Program program = Program.in(root, words(command));
        assertThat(program.code()).isEqualTo(2);
        assertThat(program.errLines())
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(line -> line.startsWith("CFG-"))
                .anyMatch(line -> line.contains("ledger.yml"))
                .anyMatch(line -> line.contains("application.yml:2"))
                .anyMatch(line -> line.contains("application.yml:3"))
                .anyMatch(line -> line.contains("models.csv"))
                .anyMatch(line -> line.contains("sources/log.yml"));
        assertThat(root.resolve("out/nights")).doesNotExist();
    }

    @Test
    void nightsRunInOrderAndTheSameNightMayRunAgain() {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        assertThat(Program.in(root, "nightly", "--date", "2026-10-05").code()).isZero();
        assertThat(Program.in(root, "nightly", "--date", "2026-10-05").code()).isZero();
        Program earlier = Program.in(root, "nightly", "--date", "2026-10-04");
        assertThat(earlier.code()).isEqualTo(2);
        assertThat(earlier.errLines()).singleElement().asString().startsWith("RUN-007");
        Program early = Program.in(root, "close", "--month", "2026-10", "--date", "2026-10-30");
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.errLines()).singleElement().asString().contains("2026-10 is not over");
    }

    @Test
    void aMonthIsClosedWhenItIsOverInTheBillingZone() throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        String[] close = words("--home " + root + " close --month 2026-10 --date 2026-10-31");
        InstantSource clock = () -> Instant.parse("2026-10-31T23:30:00Z");
        Program early = Program.at(clock, close);
        assertThat(early.code()).isEqualTo(2);
        assertThat(early.errLines())
                .singleElement()
                .asString()
                .startsWith("RUN-005")
                .contains("2026-10 is not over: in the billing zone UTC it is 2026-10-31");
        assertThat(Program.in(root, "runs").out()).doesNotContain("close");
        Folders.edit(root.resolve("config/application.yml"), "billing-zone: UTC", "billing-zone: Europe/Berlin");
        assertThat(Program.at(clock, close).code()).isZero();
    }

    @Test
    void aDateBeyondTomorrowIsRefusedBeforeAnythingBegins() throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        Folders.edit(root.resolve("config/application.yml"), "billing-zone: UTC", "billing-zone: Pacific/Auckland");
        // There it is the 30th.
        InstantSource clock = () -> Instant.parse("2026-11-29T22:00:00Z");
        for (String command : List.of(
                "nightly",
                "close --month 2026-11",
                "invoices issue --month 2026-10",
                "retention",
                "rerun --account a --month 2026-10 --reason r")) {
            Program ahead = Program.at(clock, words("--home " + root + " " + command + " --date 2026-12-02"));
            assertThat(ahead.code()).as(command).isEqualTo(2);
            assertThat(ahead.errLines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .startsWith("RUN-008")
                    .contains("--date 2026-12-02", "Pacific/Auckland", "2026-11-30");
        }
        assertThat(Program.in(root, "runs").out()).doesNotContain("nightly", "close");
        assertThat(Program.at(clock, words("--home " + root + " nightly --date 2026-12-01"))
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "breaks show no-such, RUN-006",
        "invoices show 999999, RUN-006",
        "invoices show INV-1999-000001, RUN-006",
        "resume 999999, RUN-006"
    })
    void whatDoesNotExistIsNotFound(String command, String code, DemoRun demo) {
        Program program = Program.in(demo.home(), words(command));
        assertThat(program.code()).isEqualTo(2);
        assertThat(program.errLines()).singleElement().asString().startsWith(code);
    }

    @Test
    void aHomeThatNoDemoMadeIsLeftAlone() throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        SortedMap<String, byte[]> before = Folders.bytes(root);
        Program demo = DemoRun.start(root, Program.repository("sample-data"));
        assertThat(demo.code()).isEqualTo(2);
        assertThat(demo.errLines()).singleElement().asString().startsWith("RUN-005");
        Folders.assertSame(Folders.bytes(root), before);
        assertThat(DemoRun.start(folder.resolve("other"), folder.resolve("nowhere"))
                        .code())
                .isEqualTo(2);
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void publishedInvoicesAreNeitherApprovedNorIssuedAgain(DemoRun demo) throws IOException {
        Path home = folder.resolve("home");
        Folders.copy(demo.home(), home);
        Program approve = Program.in(home, words("invoices approve --month 2026-10 --by Erika --date 2026-11-03"));
        assertThat(approve.code()).isZero();
        assertThat(approve.out()).startsWith("0 invoices approved");
        Program issue = Program.in(home, words("invoices issue --month 2026-10 --date 2026-11-03"));
        assertThat(issue.code()).isZero();
        assertThat(issue.out()).startsWith("0 documents published");
        Folders.assertSame(DemoRun.publishedIn(home), demo.published());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "breaks list", "breaks list --all", "invoices list --month 2026-10"})
    void jsonIsOneArrayAndNothingElse(String command, DemoRun demo) {
        List<String> line = new ArrayList<>(List.of("--json"));
        line.addAll(List.of(words(command)));
        Program program = Program.in(demo.home(), line.toArray(String[]::new));
        assertThat(program.code()).isZero();
        JsonNode json = JsonMapper.shared().readTree(program.out());
        assertThat(json.isArray()).isTrue();
        assertThat(json.size()).isPositive();
        json.forEach(row -> assertThat(row.isObject()).isTrue());
    }

    @Test
    void breaksAreListedAndShownWithTheirRemedy(DemoRun demo) {
        JsonNode breaks = JsonMapper.shared()
                .readTree(Program.in(demo.home(), "--json", "breaks", "list", "--account", "acc-1012")
                        .out());
        assertThat(breaks.size()).isEqualTo(1);
        Program shown = Program.in(
                demo.home(), "breaks", "show", breaks.get(0).get("break_id").asString());
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("BALANCE_DIFFERS", "0.37", "remedy", "history");
    }

    static List<String> commands() {
        List<String> commands = new ArrayList<>();
        collect("", new CommandLine(new Saldo()), commands);
        return commands;
    }

    private static void collect(String path, CommandLine line, List<String> commands) {
        commands.add((path + " --help").strip());
        for (Map.Entry<String, CommandLine> each : line.getSubcommands().entrySet()) {
            collect((path + " " + each.getKey()).strip(), each.getValue(), commands);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(String command) {
        Program program = Program.run(words(command));
        assertThat(program.code()).isZero();
        assertThat(program.err()).isEmpty();
        assertThat(program.out()).startsWith("Usage: " + ("saldo " + command.replace("--help", "")).strip());
        assertThat(program.out().lines().filter(line -> line.startsWith(" ") && line.isBlank()))
                .isEmpty();
    }

    @Test
    void theVersionIsTold() {
        Program program = Program.run("--version");
        assertThat(program.code()).isZero();
        assertThat(program.out()).startsWith("saldo ").contains("Java");
    }
}
