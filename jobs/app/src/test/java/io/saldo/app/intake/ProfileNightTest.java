package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.SmallHome;
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
