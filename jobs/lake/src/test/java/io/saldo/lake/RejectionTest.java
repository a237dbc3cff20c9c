package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.intake.AccountDirectory;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.intake.ScatterManifest.HeldCount;
import io.saldo.lake.intake.ScatterManifest.RejectedCount;
import io.saldo.lake.intake.ScatterPartition;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.TableReader;
import io.saldo.problem.ProblemCode;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason to reject or hold a record, with its exact message; the checks in their order. */
class RejectionTest {
    private static final SourceFormat GATEWAY = SourceFormat.saldo("gateway", LogFormat.CSV);

    @TempDir
    Path home;

    static Stream<Arguments> rejections() {
        String range = ": a quantity is a whole number from 0 to 9223372036854775807";
        return Stream.of(
                Arguments.of(
                        "MALFORMED", Logs.row("model=m\"m"), "the record has a quote inside the unquoted field model"),
                Arguments.of("COLUMN_COUNT", "e1,2026-10-05T10:00:00Z", "the record has 2 columns, its header has 18"),
                Arguments.of("MISSING_FIELD", Logs.row("event_id="), "event_id is empty"),
                Arguments.of("MISSING_FIELD", Logs.row("occurred_at="), "occurred_at is empty"),
                Arguments.of("MISSING_FIELD", Logs.row("provider="), "provider is empty"),
                Arguments.of("MISSING_FIELD", Logs.row("model="), "model is empty"),
                Arguments.of("MISSING_FIELD", Logs.row("account_id="), "account_id and api_key_id are empty"),
                Arguments.of(
                        "BAD_TIMESTAMP",
                        Logs.row("occurred_at=2026-10-05T10:00:00"),
                        "occurred_at is \"2026-10-05T10:00:00\": it is no date and time as 2026-10-05T18:17:03Z, with an offset"),
                Arguments.of(
                        "BAD_TIMESTAMP",
                        Logs.row("occurred_at=2026-10-05T23:59:60Z"),
                        "occurred_at is \"2026-10-05T23:59:60Z\": it is no date and time as 2026-10-05T18:17:03Z, with an offset"),
                Arguments.of(
                        "IN_THE_FUTURE",
                        Logs.row("occurred_at=2026-10-06T01:00:00.000001Z"),
                        "occurred_at is \"2026-10-06T01:00:00.000001Z\": the business date ends at 2026-10-06T00:00:00.000000Z, and 1 hour more is allowed"),
                Arguments.of(
                        "TOO_OLD",
                        Logs.row("occurred_at=2025-08-31T23:59:59.999999Z"),
                        "occurred_at is \"2025-08-31T23:59:59.999999Z\": events are taken from 2025-09-01T00:00:00.000000Z on"),
                Arguments.of("BAD_QUANTITY", Logs.row("input_tokens=12.5"), "input_tokens is \"12.5\"" + range),
                Arguments.of("BAD_QUANTITY", Logs.row("requests=-1"), "requests is \"-1\"" + range),
                Arguments.of("BAD_QUANTITY", Logs.row("units=\u202E1"), "units is \"?1\"" + range),
                Arguments.of(
                        "BAD_QUANTITY",
                        Logs.row("units=" + "x".repeat(100)),
                        "units is \"" + "x".repeat(80) + "...\"" + range),
                Arguments.of(
                        "INCONSISTENT_TOKENS",
                        Logs.row("cached_input_tokens=90", "cache_write_tokens=8", "audio_input_tokens=3"),
                        "input_tokens is 100, less than its parts cached_input_tokens 90, cache_write_tokens 8 and audio_input_tokens 3 of an inclusive source"),
                Arguments.of(
                        "INCONSISTENT_TOKENS",
                        Logs.row("audio_output_tokens=31"),
                        "output_tokens is 30, less than its parts audio_output_tokens 31 of an inclusive source"),
                // Two things wrong: the earlier check names the record.
                Arguments.of("MISSING_FIELD", Logs.row("event_id=", "occurred_at=x", "units=x"), "event_id is empty"),
                Arguments.of("BAD_QUANTITY", Logs.row("account_id=nobody", "units=x"), "units is \"x\"" + range));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void rejects(String code, String row, String message) throws IOException {
        Nights nights = new Nights(home);
        String neighbour = Logs.row("event_id=neighbour");
        Path file = nights.file("usage.csv", Logs.csv(neighbour, row, Logs.row("event_id=other")));
        ScatterManifest manifest = nights.run(Nights.delivery(1, GATEWAY, file)).get(0);

        ProblemCode expected = ProblemCode.valueOf(code);
        assertThat(manifest.rejectedCounts()).containsExactly(new RejectedCount(expected, 1, 3, message));
        assertThat(nights.counts.get(1L)).containsExactly(3, 2, 0, 0, 1, 0, 0);
        assertThat(manifest.inputTokens()).isEqualTo(BigInteger.valueOf(200));
        try (TableReader reader =
                TableReader.open(nights.lake.resolve(manifest.rejectedFile().path()), UntakenRecords.SCHEMA)) {
            long offset = (long) Logs.HEADER.length() + neighbour.length() + 2;
            byte[] raw = row.getBytes(StandardCharsets.UTF_8);
            assertThat(reader.next())
                    .usingRecursiveComparison()
                    .isEqualTo(List.of(
                            1L,
                            3L,
                            offset,
                            (long) raw.length,
                            expected.id(),
                            message,
                            Logs.HEADER.getBytes(StandardCharsets.UTF_8),
                            raw));
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void rejectsBadBytesAlone() throws IOException {
        Nights nights = new Nights(home);
        byte[] bytes = Logs.csv(Logs.row(), Logs.row("event_id=e2", "model=?")).getBytes(StandardCharsets.UTF_8);
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = bytes[index] == '?' ? (byte) 0x80 : bytes[index];
        }
        ScatterManifest manifest = nights.run(Nights.delivery(1, GATEWAY, nights.file("usage.csv", bytes)))
                .get(0);
        assertThat(manifest.rejectedCounts())
                .containsExactly(
                        new RejectedCount(ProblemCode.BAD_ENCODING, 1, 3, "model has bytes that are not UTF-8"));
        assertThat(nights.counts.get(1L)).containsExactly(2, 1, 0, 0, 1, 0, 0);
    }

    @Test
    void namesTheColumnAsTheLogDoes() throws IOException {
        Nights nights = new Nights(home);
        SourceFormat mapped = new SourceFormat(
                "proxy",
                LogFormat.JSONL,
                Map.of(UsageColumn.INPUT_TOKENS, "/usage/prompt", UsageColumn.OCCURRED_AT, "/ts"),
                TimestampFormat.Form.EPOCH_SECONDS,
                "",
                TokenSemantics.EXCLUSIVE,
                "anthropic",
                true,
                IdentityRule.EVENT_ID,
                "proxy",
                Set.of("200"));
        Path file = nights.file("usage.jsonl", """
                {"event_id":"e1","ts":1791194400.25,"api_key_id":"key-acme","model":"m","usage":{"prompt":1.5}}
                {"event_id":"e2","ts":"yesterday","api_key_id":"key-acme","model":"m"}
                {"event_id":"e3","ts":1791194400.25,"account_id":"acme","model":"m"}
                {"event_id":"e4","ts":1791194400.25,"account_id":"beta","api_key_id":"key-acme","model":"m","cached_input_tokens":7,"status":200}
                {"event_id":"e5","ts":1791194400.25,"api_key_id":"key-acme","model":"m","status":"failed"}
                """);
        ScatterManifest manifest = nights.run(Nights.delivery(1, mapped, file)).get(0);
        assertThat(manifest.rejectedCounts())
                .containsExactly(
                        new RejectedCount(
                                ProblemCode.BAD_QUANTITY,
                                1,
                                1,
                                "input_tokens (/usage/prompt) is \"1.5\": a quantity is a whole number from 0 to 9223372036854775807"),
                        new RejectedCount(
                                ProblemCode.BAD_TIMESTAMP,
                                1,
                                2,
                                "occurred_at (/ts) is \"yesterday\": it is no count of seconds since 1970"),
                        new RejectedCount(ProblemCode.MISSING_FIELD, 1, 3, "api_key_id is empty"));
        assertThat(nights.counts.get(1L)).containsExactly(5, 2, 0, 0, 3, 0, 1);
        assertThat(nights.content())
                .containsOnly(
                        Map.entry(
                                "acme",
                                List.of(
                                        "1791194400250000 Product[provider=anthropic, model=m, serviceTier=standard, contextTier=-1] true 0 7 0 0 0 0 0 1",
                                        "1791194400250000 Product[provider=anthropic, model=m, serviceTier=standard, contextTier=-1] false 0 0 0 0 0 0 0 1")));
    }

    @Test
    void aBadHeaderIsOneProblemOfTheDelivery() throws IOException {
        Nights nights = new Nights(home);
        ScatterManifest manifest = nights.run(Nights.delivery(1, GATEWAY, nights.file("usage.csv", "a,b\n1,2\n")))
                .get(0);
        assertThat(manifest.deliveryProblem())
                .isEqualTo(new ScatterManifest.DeliveryProblem(
                        ProblemCode.HEADER,
                        "the header lacks event_id, occurred_at, provider, model, account_id or api_key_id"));
        assertThat(manifest.records()).isZero();
        assertThat(manifest.runFile()).isNull();
    }

    @Test
    void holdsUnknownAccountsAndTakesThemWhenTheyAreKnown() throws IOException {
        Nights nights = new Nights(home);
        Path file = nights.file(
                "usage.csv",
                Logs.csv(
                        Logs.row(),
                        Logs.row("event_id=h1", "account_id=newcomer"),
                        Logs.row(
                                "event_id=h2",
                                "account_id=",
                                "api_key_id=key-unknown",
                                "occurred_at=2026-09-30T23:59:59Z"),
                        Logs.row("event_id=h3", "account_id=\"new,\"\"er\"\"\""),
                        Logs.row("event_id=h4", "account_id=", "api_key_id=key-lost"),
                        // The account as logged comes first, even where its key would be known.
                        Logs.row("event_id=h5", "account_id=newcomer", "api_key_id=key-acme"),
                        Logs.row(
                                "event_id=m1",
                                "account_id=",
                                "api_key_id=key-moved",
                                "occurred_at=2026-10-01T23:59:59.999999Z"),
                        Logs.row(
                                "event_id=m2",
                                "account_id=",
                                "api_key_id=key-moved",
                                "occurred_at=2026-10-02T00:00:00Z")));
        ScatterManifest first = nights.run(Nights.delivery(1, GATEWAY, file)).get(0);
        assertThat(first.heldCounts())
                .containsExactly(
                        new HeldCount(true, "key-lost", "2026-10", 1),
                        new HeldCount(true, "key-unknown", "2026-09", 1),
                        new HeldCount(false, "new,\"er\"", "2026-10", 1),
                        new HeldCount(false, "newcomer", "2026-10", 2));
        assertThat(nights.counts.get(1L)).containsExactly(8, 3, 0, 0, 0, 5, 0);
        assertThat(nights.content().keySet()).containsExactlyInAnyOrder("acme", "beta", "gamma");

        // A held record claims no identity: the same id may be taken meanwhile, and is then the first.
        Path meanwhile = nights.file("other.csv", Logs.csv(Logs.row("event_id=h5", "input_tokens=999")));
        nights.run(Nights.delivery(2, GATEWAY, meanwhile));
        assertThat(nights.counts.get(2L)).containsExactly(1, 1, 0, 0, 0, 0, 0);

        nights.accounts =
                new AccountDirectory(Set.of("acme", "beta", "gamma", "newcomer", "new,\"er\""), Nights.ACCOUNTS.keys());
        ScatterManifest again = nights.run(new Nights.Input(
                        1, GATEWAY, nights.lake.resolve(first.heldFile().path()), ScatterPartition.Input.HELD))
                .get(0);
        assertThat(again.heldCounts())
                .containsExactly(
                        new HeldCount(true, "key-lost", "2026-10", 1),
                        new HeldCount(true, "key-unknown", "2026-09", 1));
        assertThat(nights.counts.get(1L)).containsExactly(8, 5, 0, 1, 0, 2, 0);
        assertThat(nights.content().get("newcomer")).hasSize(1);
        assertThat(nights.content().get("new,\"er\"")).hasSize(1);
        assertThat(nights.conflicts()).containsExactly(List.of(1L, 7L, "gateway", "h5", "newcomer", "2026-10", 2L, 2L));
        // And once more: what is still held comes through unchanged.
        ScatterManifest third = nights.run(new Nights.Input(
                        1, GATEWAY, nights.lake.resolve(again.heldFile().path()), ScatterPartition.Input.HELD))
                .get(0);
        assertThat(third.heldCounts()).isEqualTo(again.heldCounts());
        assertThat(third.heldFile().sha256()).isEqualTo(again.heldFile().sha256());
    }
}
