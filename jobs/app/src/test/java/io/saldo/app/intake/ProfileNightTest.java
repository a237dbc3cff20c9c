package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.lake.table.TableSchema;
import io.saldo.lake.table.TableWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights over deliveries of the built-in profiles and of compressed feeds. */
class ProfileNightTest {
    private static final Path DELIVERIES = Path.of("src/test/resources/profiles");

    @TempDir
    Path folder;

    @Test
    void takesWhatEveryProfileDelivers() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("acme"));
        home.configure("account-keys.csv", "api_key_id,account_id\n88dc28d0f030c55e,acme\nkey_xyz,acme\n");
        Map<String, String> expected = new TreeMap<>();
        deliver(home, "litellm-spendlogs", "csv", "6 accepted", expected);
        deliver(home, "litellm-spendlogs", "jsonl", "6 accepted", expected);
        deliver(home, "openai-usage", "json", "3 accepted, 1 rejected", expected);
        deliver(home, "openmeter-cloudevents", "jsonl", "9 accepted, 3 rejected", expected);
        deliver(home, "openmeter-cloudevents", "json", "9 accepted, 3 rejected", expected);
        deliver(home, "opentelemetry-genai", "jsonl", "7 accepted, 1 rejected", expected);
        deliver(home, "opentelemetry-genai", "json", "7 accepted, 1 rejected", expected);
        home.night("2026-10-08");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).isEqualTo(expected);
        Map<String, String> notBillable = new TreeMap<>();
        DemoRun.rows(export.resolve("deliveries.csv"))
                .forEach(row -> notBillable.put(row.get("file_name"), row.get("not_billable")));
        assertThat(notBillable)
                .isEqualTo(Map.of(
                        "litellm-spendlogs.csv", "2",
                        "litellm-spendlogs.jsonl", "2",
                        "openai-usage.json", "0",
                        "openmeter-cloudevents.json", "0",
                        "openmeter-cloudevents.jsonl", "0",
                        "opentelemetry-genai.json", "7",
                        "opentelemetry-genai.jsonl", "7"));
    }

    private static void deliver(
            SmallHome home, String profile, String format, String outcome, Map<String, String> expected)
            throws IOException {
        String source = profile + "-" + format;
        home.configure("sources/" + source + ".yml", "profile: " + profile + "\nformat: " + format + "\n");
        Path inbox = Files.createDirectories(home.root().resolve("inbox").resolve(source));
        String name = profile + "." + format;
        Files.copy(DELIVERIES.resolve(name), inbox.resolve(name));
        expected.put(name, outcome);
    }

    @Test
    void recordsOnOneLineAreToldApart() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("acme"));
        home.configure("sources/pages.yml", "profile: saldo\nformat: json\n");
        home.configure("sources/grants.yml", "profile: credits\nformat: json\n");
        String event = "{\"event_id\":\"e-%s\",\"occurred_at\":\"2026-10-05T08:00:00Z\",\"account_id\":\"%s\","
                + "\"provider\":\"openai\",\"model\":\"m\",\"input_tokens\":%s}";
        String first = event.formatted(1, "acme", 1) + "," + event.formatted(2, "acme", 1);
        String second = event.formatted(1, "acme", 2) + "," + event.formatted(2, "acme", 2);
        String waiting = event.formatted(3, "nobody", 1) + "," + event.formatted(4, "nobody", 1);
        home.deliverFile("pages", "page.json", "[" + first + "," + second + "," + waiting + "]");
        String grant = "{\"entry_id\":\"g-%s\",\"credit_id\":\"c-%s\",\"account_id\":\"%s\",\"entry\":\"grant\","
                + "\"kind\":\"promo\",\"amount\":\"10\",\"currency\":\"EUR\",\"booked_at\":\"2026-10-05T07:00:00Z\"}";
        home.deliverFile(
                "grants",
                "grants.json",
                "[" + grant.formatted(1, 1, "acme") + "," + grant.formatted(2, 2, "nobody") + ","
                        + grant.formatted(3, 3, "nobody") + "]");
        home.night("2026-10-05");
        assertThat(SmallHome.outcomes(home.export()))
                .containsEntry("page.json", "2 accepted, 2 conflict, 2 held")
                .containsEntry("grants.json", "1 accepted, 2 held");
    }

    @Test
    void rejectedRecordsOfDocumentsComeBackInTheirPlace() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("acme"));
        home.configure(
                "sources/pages.yml", "profile: openai-usage\nformat: json\nmapping:\n  account_id: /project_id\n");
        String result = "{\"input_tokens\":%s,\"output_tokens\":1,\"num_model_requests\":1,\"project_id\":\"acme\","
                + "\"model\":\"m\",\"api_key_id\":null}";
        home.deliverFile(
                "pages",
                "page.json",
                "{\"object\":\"page\",\"data\":[{\"start_time\":1791158400,\"end_time\":1791244800,\"results\":["
                        + result.formatted("7") + "," + result.formatted("\"wrong\"") + "]},{\"start_time\":1791072000,"
                        + "\"end_time\":1791158400,\"results\":[" + result.formatted("1.5") + "]}]}");
        home.night("2026-10-06");
        assertThat(SmallHome.outcomes(home.export())).containsEntry("page.json", "1 accepted, 2 rejected");
        Path back = folder.resolve("back.json");
        Program written = home.run("deliveries", "rejected", "pages/page.json", "--to", back.toString());
        assertThat(written.code()).as(written.err()).isZero();
        home.deliverFile(
                "pages",
                "corrected.json",
                Files.readString(back).replace("\"wrong\"", "8").replace("1.5", "9"));
        home.night("2026-10-07");
        assertThat(SmallHome.outcomes(home.export())).containsEntry("corrected.json", "2 accepted");
        // The first page had the window and dimensions of the 8 once more, with 7: that is restated. Each has 1 output
        // and
        // 1 request.
        assertThat(home.books("SELECT month, SUM(quantity) FROM account_month_usage GROUP BY month"))
                .containsExactly("2026-10 " + (8 + 9 + 2 * 2));
    }

    @Test
    void rejectedRowsOfParquetComeBackAsParquet() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("acme"));
        home.configure("sources/rows.yml", "profile: saldo\nformat: parquet\n");
        TableSchema schema = new TableSchema(
                "usage",
                List.of(
                        TableSchema.text("event_id"),
                        TableSchema.text("occurred_at"),
                        TableSchema.text("account_id"),
                        TableSchema.text("provider"),
                        TableSchema.text("model"),
                        TableSchema.wholeNumber("input_tokens")));
        Path inbox = Files.createDirectories(home.root().resolve("inbox/rows"));
        try (TableWriter table = new TableWriter(inbox, "rows.parquet", schema)) {
            table.add(List.of("e-1", "2026-10-05T08:00:00Z", "acme", "openai", "m", 5L));
            table.add(List.of("e-2", "2026-10-05T08:00:00Z", "acme", "", "m", 6L));
            table.add(Arrays.asList("e-3", null, "acme", "openai", "m", 7L));
            table.commit();
        }
        home.night("2026-10-06");
        assertThat(SmallHome.outcomes(home.export())).containsEntry("rows.parquet", "1 accepted, 2 rejected");
        Path back = folder.resolve("back.parquet");
        Program written = home.run("deliveries", "rejected", "rows/rows.parquet", "--to", back.toString());
        assertThat(written.code()).as(written.err()).isZero();
        home.configure("sources/rows.yml", "profile: saldo\nformat: parquet\nprovider: openai\n");
        Files.copy(back, inbox.resolve("corrected.parquet"));
        home.night("2026-10-07");
        assertThat(SmallHome.outcomes(home.export())).containsEntry("corrected.parquet", "1 accepted, 1 rejected");
    }

    @Test
    void ofAFeedThatIsCutOffNothingIsTaken() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("acme"));
        home.configure("sources/credits.yml", """
                profile: credits
                format: json.gz
                records: /entries/*
                """);
        StringBuilder json = new StringBuilder("{\"entries\":[");
        for (int entry = 0; entry < 50; entry++) {
            json.append(entry == 0 ? "" : ",")
                    .append("{\"entry_id\":\"e")
                    .append(entry)
                    .append("\",\"credit_id\":\"c")
                    .append(entry)
                    .append(
                            "\",\"account_id\":\"acme\",\"entry\":\"grant\",\"kind\":\"promo\",\"amount\":1.000000000001,"
                                    + "\"currency\":\"EUR\",\"booked_at\":\"2026-10-05T08:00:00Z\"}");
        }
        json.append("]}");
        byte[] whole = gzip(json.toString());
        Path inbox = Files.createDirectories(home.root().resolve("inbox/credits"));
        Files.write(inbox.resolve("cut.json.gz"), Arrays.copyOf(whole, whole.length - 12));
        Files.writeString(inbox.resolve("plain.json"), json);
        home.night("2026-10-05");
        assertThat(SmallHome.breaks(home.export()))
                .contains(
                        "DELIVERY_INCOMPLETE credits/cut.json.gz open", "DELIVERY_INCOMPLETE credits/plain.json open");
        Files.write(inbox.resolve("whole.json.gz"), whole);
        home.deliverUsage("usage.csv", "e-1,2026-10-06T08:00:00Z,acme,,openai,m,1000");
        home.night("2026-10-06");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsEntry("whole.json.gz", "50 accepted");
        assertThat(SmallHome.statement(export, "acme")).containsEntry("granted_amount", "50.00000000005");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream output = new GZIPOutputStream(bytes)) {
            output.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
