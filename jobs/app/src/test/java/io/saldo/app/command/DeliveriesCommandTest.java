package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator sees of deliveries, and how rejected records come back. */
class DeliveriesCommandTest {
    private static final String GOOD = "e-1,2026-10-05T08:00:00Z,a-1,,openai,m,1000";
    private static final String BAD = "e-2,2026-10-05T09:00:00Z,a-1,,openai,m,12.5";
    private static final String LATE = "\"e-3\",05.10.2026,a-1,,openai,m,7";
    private static final String UNKNOWN = "e-4,2026-10-05T08:00:00Z,,key-new,openai,m,30";

    @TempDir
    Path folder;

    private SmallHome home;
    private Path file;

    @BeforeEach
    void oneAccount() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        file = folder.resolve("corrected.csv");
    }

    private Program deliveries(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "deliveries";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return home.run(all);
    }

    private static JsonNode json(Program program) {
        assertThat(program.code()).as(program.err()).isZero();
        return JsonMapper.builder().build().readTree(program.out());
    }

    @Test
    void rejectedRecordsAreWrittenBackCorrectedAndTaken() throws IOException {
        home.deliverUsage("usage-05.csv", GOOD, BAD, UNKNOWN, LATE);
        home.night("2026-10-05");
        Program written = deliveries("rejected", "usage/usage-05.csv", "--to", file.toString());
        assertThat(written.out()).as(written.err()).contains("2 records written to");
        assertThat(file).hasContent(SmallHome.usage(BAD, LATE));

        Files.writeString(
                home.root().resolve("inbox/usage/usage-05-corrected.csv"),
                Files.readString(file).replace("12.5", "2000").replace("05.10.2026", "2026-10-05T10:00:00Z"));
        home.night("2026-10-06");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export))
                .containsEntry("usage-05.csv", "1 accepted, 2 rejected, 1 held")
                .containsEntry("usage-05-corrected.csv", "2 accepted");
        assertThat(SmallHome.statement(export, "a-1"))
                .containsEntry("events", "3")
                .containsEntry("usage_amount", "3.007");

        Program one = deliveries("rejected", "1", "--code", "USG-004", "--to", file.toString(), "--force");
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(file).hasContent(SmallHome.usage(LATE));
        Program held = deliveries(
                "rejected", "1", "--held", "--to", folder.resolve("held.csv").toString(), "--json");
        assertThat(json(held).get("records").asString()).isEqualTo("1");
        assertThat(folder.resolve("held.csv")).hasContent(SmallHome.usage(UNKNOWN));
    }

    @Test
    void whatCannotBeWrittenIsRefusedAndNothingIsOverwritten() throws IOException {
        home.deliverUsage("usage-05.csv", GOOD, BAD);
        home.deliverFile(
                "usage",
                "other.csv",
                SmallHome.usage(LATE)
                        .replace("event_id,occurred_at", "event_id,occurred_at,x")
                        .replace("e-3\",", "e-3\",,"));
        home.night("2026-10-05");
        Program several = deliveries("rejected", "--to", file.toString());
        assertThat(several.code()).isEqualTo(2);
        assertThat(several.err()).contains("2 different headers or formats", "1 of delivery 1", "1 of delivery 2");
        assertThat(file).doesNotExist();
        Files.writeString(file, "mine");
        assertThat(deliveries("rejected", "2", "--to", file.toString()).err()).contains("RUN-005", "--force");
        assertThat(file).hasContent("mine");
        assertThat(deliveries("rejected", "2", "--code", "USG-001", "--to", file + "2")
                        .err())
                .contains("RUN-006", "no record there was rejected with USG-001");
        assertThat(deliveries("rejected", "77", "--to", file + "2").err()).contains("RUN-006", "no delivery 77");
        assertThat(deliveries("rejected", "usage/none.csv", "--to", file + "2").err())
                .contains("RUN-006", "no delivery usage/none.csv");
        assertThat(deliveries("rejected", "--source", "usage", "--night", "2026-10-04", "--to", file + "2")
                        .code())
                .isEqualTo(2);
        assertThat(deliveries("list", "--state", "gone").err()).contains("it is one of taken, not-taken");
    }

    @Test
    void bytesThatAreNoTextComeBackAsTheyWereAndAnOpenQuoteStandsLast() throws IOException {
        String latin = BAD.replace("a-1", "\u00e4");
        Files.createDirectories(home.root().resolve("inbox/usage"));
        Files.write(
                home.root().resolve("inbox/usage/a.csv"),
                SmallHome.usage(latin, "\"open").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        home.deliverUsage("b.csv", BAD);
        home.night("2026-10-05");
        assertThat(deliveries("rejected", "--to", file.toString()).err()).isEmpty();
        assertThat(Files.readAllBytes(file))
                .isEqualTo(SmallHome.usage(latin, BAD, "\"open\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void rejectedLinesOfAFeedComeBackToo() throws IOException {
        String header = "entry_id,credit_id,account_id,entry,kind,amount,tax_amount,currency,"
                + "booked_at,effective_at,expires_at,priority,reason\n";
        String good = "g-1,c-1,a-1,grant,adjustment,10,,EUR,2026-10-05T08:00:00Z,,,,";
        String bad = "g-2,c-2,a-1,grant,adjustment,\"1\n0\",,EUR,2026-10-05T08:00:00Z,,,,\u00fc";
        String unknown = "g-3,c-3,a-9,grant,adjustment,5,,EUR,2026-10-05T08:00:00Z,,,,";
        home.deliverFile(
                "credits",
                "credits-05.csv",
                "\uFEFF" + (header + good + "\n\n" + bad + "\n" + unknown).replace("\n", "\r\n"));
        home.configure("sources/payments.yml", "profile: payments\nformat: jsonl\n");
        home.deliverFile("payments", "p.jsonl", "\n{\"payment_id\": 1}\r\n[]\n");
        home.night("2026-10-05");
        assertThat(deliveries("rejected", "credits/credits-05.csv", "--to", file.toString())
                        .err())
                .isEmpty();
        assertThat(Files.readString(file)).isEqualTo(header + bad.replace("\n", "\r\n") + "\n");
        Path held = folder.resolve("held.csv");
        assertThat(deliveries("rejected", "1", "--held", "--to", held.toString())
                        .err())
                .isEmpty();
        assertThat(Files.readString(held)).isEqualTo(header + unknown + "\n");
        Path payments = folder.resolve("payments.jsonl");
        assertThat(deliveries("rejected", "2", "--to", payments.toString()).err())
                .isEmpty();
        assertThat(Files.readString(payments)).isEqualTo("{\"payment_id\": 1}\n[]\n");
        assertThat(json(deliveries("show", "payments/p.jsonl", "--json"))
                        .get("rejection")
                        .toString())
                .contains("first at line 2", "first at line 3");
        assertThat(json(deliveries("show", "credits/credits-05.csv", "--json"))
                        .get("rejection")
                        .toString())
                .contains("first at line 4");

        home.configure("accounts.csv", """
                account_id,name,country,currency,tax_profile,locale
                a-1,Name,DE,EUR,standard,en
                a-9,Name,DE,USD,standard,en
                """);
        home.night("2026-10-06");
        assertThat(deliveries("rejected", "1", "--to", file.toString(), "--force")
                        .err())
                .isEmpty();
        assertThat(Files.readString(file)).isEqualTo(header + bad.replace("\n", "\r\n") + "\n" + unknown + "\n");
    }

    @Test
    void listAndShowSayWhatBecameOfEachFile() throws IOException {
        home.deliverUsage("usage-05.csv", GOOD, GOOD, GOOD.replace("1000", "1001"), BAD, BAD, UNKNOWN);
        home.deliverUsage("wrong.csv");
        home.deliverFile("usage", "wrong.csv", "a,b\n");
        home.night("2026-10-05");
        home.deliverUsage("usage-06.csv", GOOD.replace("e-1", "e-6"));
        home.deliverUsage("again.csv", GOOD, GOOD, GOOD.replace("1000", "1001"), BAD, BAD, UNKNOWN);
        home.deliverFile("usage", "x.part", "");
        home.night("2026-10-06");

        assertThat(rows("list"))
                .containsExactly(
                        "1 2026-10-05 usage-05.csv taken 6",
                        "2 2026-10-05 wrong.csv not-taken 0",
                        " 2026-10-06 again.csv repeated 0",
                        "3 2026-10-06 usage-06.csv taken 1",
                        " 2026-10-06 x.part waiting 0");
        assertThat(rows("list", "--night", "2026-10-05", "--state", "taken")).hasSize(1);
        assertThat(rows("list", "--from", "2026-10-06")).hasSize(3);
        assertThat(rows("list", "--to", "2026-10-06")).hasSize(2);
        assertThat(rows("list", "--source", "credits")).isEmpty();
        assertThat(rows("list", "--state", "rejected")).containsExactly("1 2026-10-05 usage-05.csv taken 6");
        assertThat(rows("list", "--state", "held")).hasSize(1);
        assertThat(rows("list", "--state", "conflict")).hasSize(1);
        assertThat(deliveries("list").out()).contains("not-taken", "DLV-001", "same content as 1 usage/usage-05.csv");

        JsonNode show = json(deliveries("show", "usage/usage-05.csv", "--json"));
        assertThat(List.of("records", "accepted", "duplicate", "conflict", "rejected", "held", "input_tokens", "state")
                        .stream()
                        .map(field -> show.get(field).asString())
                        .toList())
                .containsExactly("6", "1", "1", "1", "2", "1", "3031", "taken");
        assertThat(show.get("rejection").get(0).asString()).startsWith("USG-003: 2 records, first at line 5: ");
        assertThat(show.get("waits_for").get(0).asString()).isEqualTo("API key key-new, 2026-10: 1 records");
        assertThat(show.get("contradiction").get(0).asString())
                .isEqualTo("line 4, event usage/e-1: usage/usage-05.csv:2 stands");
        assertThat(show.get("repeated_by").get(0).asString()).isEqualTo("usage/again.csv on 2026-10-06");
        assertThat(show.get("day").get(0).asString()).isEqualTo("2026-10-05: 4 records");
        assertThat(show.get("next").asString()).isEqualTo("saldo deliveries rejected 1 --to FILE");
        assertThat(deliveries("show", "2").out()).contains("not-taken", "DLV-001 the header lacks", "remedy");
        assertThat(deliveries("show", "9").err()).contains("RUN-006");
    }

    private List<String> rows(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        ArrayList<String> rows = new ArrayList<>();
        json(deliveries(all))
                .forEach(row -> rows.add(String.join(
                        " ",
                        row.get("id").asString(),
                        row.get("night").asString(),
                        row.get("file").asString(),
                        row.get("state").asString(),
                        row.get("records").asString())));
        return rows;
    }

    @Test
    void manyBadLinesAreAllKeptAndToldInAFewLines() throws IOException {
        int bad = 30_000;
        String[] rows = new String[bad + 1];
        rows[0] = GOOD;
        for (int row = 1; row <= bad; row++) {
            rows[row] = row % 3 == 0 ? "too,short," + row : BAD.replace("e-2", "bad-" + row);
        }
        home.configure("application.yml", "saldo:\n  memory-budget: 16MB\n");
        home.deliverUsage("usage-05.csv", rows);
        home.night("2026-10-05");
        assertThat(home.books("SELECT code, records, first_line FROM delivery_rejection ORDER BY code"))
                .containsExactly("USG-002 10000 5", "USG-003 20000 3");
        assertThat(home.books("SELECT COUNT(*) FROM break_case")).containsExactly("2");
        assertThat(Files.readAllLines(home.root().resolve("out/nights/2026-10-05/night-report.csv")))
                .hasSize(3);
        assertThat(deliveries("rejected", "1", "--to", file.toString()).err()).isEmpty();
        String[] withoutTheGood = Arrays.copyOfRange(rows, 1, rows.length);
        assertThat(Files.readString(file)).isEqualTo(SmallHome.usage(withoutTheGood));
    }
}
