package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.pricelist.PriceList;
import io.saldo.app.pricelist.PublicLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands {@code prices} and {@code runs}. */
@ExtendWith(DemoRun.Extension.class)
class PricesCommandTest {
    @TempDir
    Path folder;

    private Path config;
    private Path list;

    /** A configuration without a home: no month is closed. */
    @BeforeEach
    void configure() throws IOException {
        config = folder.resolve("config");
        assertThat(Program.run("--home", folder.resolve("made").toString(), "--config", config.toString(), "init")
                        .code())
                .isZero();
        list = folder.resolve("list.json");
    }

    private Program run(String line) {
        return Program.run(("--home " + folder.resolve("none") + " --config " + config + " " + line).split(" "));
    }

    private Program take(String perToken, String date, String more) throws IOException {
        Files.writeString(
                list,
                "{\"gpt\": {\"litellm_provider\": \"openai\", \"input_cost_per_token\": " + perToken
                        + ", \"output_cost_per_image\": 1}}");
        return run("prices import --from litellm " + list + " --book list-usd --effective-from " + date + more);
    }

    @Test
    void aJumpIsRefusedWithItsFiguresUntilItIsAccepted() throws IOException {
        assertThat(take("1.5e-07", "2026-01-01", "").code()).isZero();
        SortedMap<String, byte[]> before = Folders.bytes(config);

        Program refused = take("0.00015", "2026-12-01", "");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.errLines())
                .singleElement()
                .asString()
                .startsWith("PRL-002")
                .contains("--accept");
        assertThat(refused.out())
                .contains("openai/gpt/standard/input")
                .contains("0.15")
                .contains("150")
                .contains("x 1000")
                .contains("not written");
        Folders.assertSame(Folders.bytes(config), before);
        Program other = take("0.00015", "2026-12-01", " --accept openai/gpt/standard/output");
        assertThat(other.code()).isEqualTo(2);
        Folders.assertSame(Folders.bytes(config), before);

        Program dry = take("0.00015", "2026-12-01", " --accept openai/gpt/standard/input --dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        Folders.assertSame(Folders.bytes(config), before);
        Program accepted = take("0.00015", "2026-12-01", " --accept openai/gpt/standard/input");
        assertThat(accepted.code()).as(accepted.err()).isZero();
        assertThat(accepted.out()).contains("1 raised").contains("output_cost_per_image");
        assertThat(Files.readString(config.resolve("prices/list-usd.csv"))).endsWith("""
                        list-usd,openai,gpt,,input,0.15,1000000,2026-01-01,2026-12-01,,,,,
                        list-usd,openai,gpt,,input,150,1000000,2026-12-01,,,,,,
                        """);

        SortedMap<String, byte[]> after = Folders.bytes(config);
        Program again = take("0.00015", "2026-12-01", " --accept openai/gpt/standard/input");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("nothing was written");
        Folders.assertSame(Folders.bytes(config), after);
        assertThat(run("check").code()).isZero();
    }

    @Test
    void toZeroIsAJump() throws IOException {
        assertThat(take("1.5e-07", "2026-01-01", "").code()).isZero();
        Program zero = take("0", "2026-12-01", "");
        assertThat(zero.code()).isEqualTo(2);
        assertThat(zero.out()).contains("to zero");
        Program json = take("0", "2026-12-01", " --json");
        JsonNode result = JsonMapper.shared().readTree(json.out());
        assertThat(result.get("jumps").get(0).get("key").asString()).isEqualTo("openai/gpt/standard/input");
        assertThat(result.get("written")).isEmpty();
        assertThat(result.get("left_out")).hasSize(1);
    }

    @Test
    void aDifferenceIsShownBeforeAndAfter() throws IOException {
        assertThat(take("2e-06", "2026-01-01", "").code()).isZero();
        Files.writeString(
                list,
                "{\"gpt\": {\"litellm_provider\": \"openai\", \"input_cost_per_token\": 2.5e-06},"
                        + " \"new\": {\"litellm_provider\": \"openai\", \"output_cost_per_token\": 1e-06}}");
        SortedMap<String, byte[]> before = Folders.bytes(config);
        Program diff =
                run("--json prices diff --from litellm " + list + " --book list-usd --effective-from 2026-12-01");
        assertThat(diff.code()).as(diff.err()).isZero();
        JsonNode moves = JsonMapper.shared().readTree(diff.out());
        assertThat(moves).hasSize(2);
        assertThat(moves.get(0).get("change").asString()).isEqualTo("raised");
        assertThat(moves.get(0).get("percent").asString()).isEqualTo("+25%");
        assertThat(moves.get(1).get("change").asString()).isEqualTo("added");
        Folders.assertSame(Folders.bytes(config), before);

        assertThat(run("prices import --from litellm " + list + " --book list-usd --effective-from 2026-12-01")
                        .code())
                .isZero();
        Program versions = run("--json prices diff list-usd@2026-11-30 list-usd@2026-12-01T00:00:00Z");
        assertThat(JsonMapper.shared().readTree(versions.out())).isEqualTo(moves);
        assertThat(run("prices diff list-usd@2026-12-01 list-usd@2026-12-01")
                        .out()
                        .lines())
                .hasSize(1);
        Program history = run("prices history list-usd gpt");
        assertThat(history.out().lines()).hasSize(3);
        assertThat(history.out()).contains("2026-12-01");
    }

    @Test
    void aPriceByTheMonthsQuantityIsInTheHistoryAndIsToldWhereItIsNotCompared() throws IOException {
        assertThat(take("2e-06", "2026-01-01", "").code()).isZero();
        assertThat(run("prices history list-usd gpt").out()).doesNotContain("tier_mode");
        Path prices = config.resolve("prices/list-usd.csv");
        Files.writeString(
                prices,
                Files.readString(prices).replace(",2026-01-01,,,,,,", ",2026-01-01,,,volume,1000,7,")
                        + "list-usd,openai,gpt,,input,1,1000000,2026-01-01,,,volume,,,\n");
        assertThat(run("check").code()).isZero();

        Program history = run("--json prices history list-usd gpt");
        JsonNode rows = JsonMapper.shared().readTree(history.out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("tier_mode").asString()).isEqualTo("volume");
        assertThat(rows.get(0).get("tier_up_to").asString()).isEqualTo("1000");
        assertThat(rows.get(0).get("tier_flat_fee").asString()).isEqualTo("7");
        assertThat(rows.get(1).get("package_size").asString()).isEmpty();
        Program diff = run("prices diff list-usd@2025-12-31 list-usd@2026-01-01");
        assertThat(diff.code()).isZero();
        assertThat(diff.out().lines()).hasSize(1);
        assertThat(diff.errLines())
                .singleElement()
                .asString()
                .startsWith("not compared")
                .endsWith("openai/gpt/standard/input");
        assertThat(run("prices diff list-usd@2025-12-31 list-usd@2026-01-01 --model other")
                        .err())
                .isEmpty();
    }

    @Test
    void onlyWhatIsAskedForIsTaken() throws IOException {
        Path real = PublicLists.write(PriceList.Form.GENAI_PRICES, folder);
        Program part = run("prices import --from genai-prices " + real
                + " --book list-usd --provider openai --provider azure --model gpt-4o --model o4-mini");
        assertThat(part.code()).as(part.err()).isZero();
        assertThat(Files.readString(config.resolve("prices/list-usd.csv"))
                        .lines()
                        .skip(1))
                .isNotEmpty()
                .allMatch(line -> line.matches("list-usd,(openai|azure),(gpt-4o|o4-mini),.*"));
        Program unknown = run("prices import --from genai-prices " + real + " --book list-usd --provider opnai");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.errLines()).singleElement().asString().startsWith("RUN-006");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prices",
                "prices import",
                "prices import --from litellm x.json",
                "prices import --from other x.json --book b",
                "prices import --from litellm none.json --book b --effective-from 2026-01-01",
                "prices import --from genai-prices none.json --book b --effective-from soon",
                "prices import --from litellm none.json --book b",
                "prices import --from genai-prices none.json --book b --currency DOLLARS",
                "prices diff",
                "prices diff a@2026-01-01",
                "prices diff a b",
                "prices diff a@2026-01-01 b@2026-01-01",
                "prices diff --from litellm x.json",
                "prices history list-usd gpt",
                "runs",
                "runs show x",
                "runs show 1",
                "runs list"
            })
    void aWrongUseIsRefusedAndChangesNothing(String line) throws IOException {
        SortedMap<String, byte[]> before = Folders.bytes(config);
        Program program = run(line);
        assertThat(program.code()).as(program.out() + program.err()).isEqualTo(2);
        assertThat(program.err()).isNotBlank().doesNotContain("Exception");
        Folders.assertSame(Folders.bytes(config), before);
    }

    @Test
    void aClosedMonthKeepsItsPrices(DemoRun demo) throws IOException {
        SortedMap<String, byte[]> before = Folders.bytes(demo.home().resolve("config"));
        Path real = PublicLists.write(PriceList.Form.GENAI_PRICES, folder);
        String[] words = ("prices import --from genai-prices " + real
                        + " --book standard-usd --provider openai --model gpt-4o --effective-from 2026-10-15")
                .split(" ");
        Program closed = Program.in(demo.home(), words);
        assertThat(closed.code()).as(closed.out()).isEqualTo(2);
        assertThat(closed.errLines())
                .singleElement()
                .asString()
                .startsWith("PRL-003")
                .contains("2026-11-01");
        Folders.assertSame(Folders.bytes(demo.home().resolve("config")), before);
        words[words.length - 1] = "2026-11-01";
        String[] dry = Arrays.copyOf(words, words.length + 1);
        dry[words.length] = "--dry-run";
        Program open = Program.in(demo.home(), dry);
        assertThat(open.code()).as(open.err()).isZero();
        Folders.assertSame(Folders.bytes(demo.home().resolve("config")), before);
    }

    @Test
    void aRunSaysWhichVersionsItUsedAndGivesThemBack(DemoRun demo) throws IOException {
        Path written = folder.resolve("run-1");
        Program show = Program.in(demo.home(), "--json", "runs", "show", "2", "--to", written.toString());
        assertThat(show.code()).as(show.err()).isZero();
        ConfigurationSnapshot snapshot = ConfigurationSnapshot.read(written);
        JsonNode files = JsonMapper.shared().readTree(show.out());
        assertThat(files).hasSize(snapshot.files().size());
        files.forEach(file -> {
            assertThat(file.get("sha256").asString())
                    .isEqualTo(snapshot.sha256(file.get("file").asString()));
            assertThat(file.get("first_run").asString()).isEqualTo("1");
            assertThat(file.get("first_date").asString()).isEqualTo("2026-10-01");
        });
        assertThat(Program.in(demo.home(), "runs", "list").out()).contains(snapshot.sha256());
        assertThat(Program.in(demo.home(), "runs", "show", "2", "--to", written.toString())
                        .code())
                .isEqualTo(2);
        assertThat(Program.in(demo.home(), "runs", "show", "99999").errLines())
                .singleElement()
                .asString()
                .startsWith("RUN-006");
    }
}
