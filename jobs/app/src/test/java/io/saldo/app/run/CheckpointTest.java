package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.PreparedHome;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights that go on from checkpoints end with the books and files of nights that had none. */
class CheckpointTest {
    private static final List<String> ACCOUNTS = List.of("a-1", "a-2", "a-3");
    private static final int FIRST = 5;
    private static final int LAST = 14;
    private static final int CHANGE = 8;

    /** All nights without checkpoints, and nothing special before any. */
    private static final PreparedHome WHOLE = new PreparedHome(ACCOUNTS, whole -> {
        begin(whole);
        nights(whole, (home, day) -> deleteCheckpoints(home));
    });

    /** The nights before something changes. */
    private static final PreparedHome UNCHANGED = new PreparedHome(ACCOUNTS, home -> {
        begin(home);
        nights(home, FIRST, CHANGE - 1, (each, day) -> {});
    });

    @TempDir
    Path folder;

    /** Something that happens before a night, beside its usual deliveries. */
    @FunctionalInterface
    private interface Before {
        void night(SmallHome home, int day) throws IOException;
    }

    /** What changes once. */
    @FunctionalInterface
    private interface Change {
        void of(SmallHome home) throws IOException;
    }

    private static SmallHome create(Path root) throws IOException {
        SmallHome home = SmallHome.create(root, ACCOUNTS);
        begin(home);
        return home;
    }

    private static void begin(SmallHome home) throws IOException {
        Folders.edit(home.root().resolve("config/application.yml"), "account-shards: 16", "account-shards: 1");
        home.deliverCredits(
                "credits.csv",
                "g-1,c-1,a-1,grant,purchase,9,1.71,EUR,2026-10-05T03:00:00Z,,2026-10-11T12:00:00Z,,",
                "g-2,c-2,a-2,grant,promo,4,0,EUR,2026-10-05T03:00:00Z,,,,",
                "g-3,c-3,a-2,grant,purchase,2,0.38,EUR,2026-10-06T03:00:00Z,2026-10-12T00:00:00Z,,,");
    }

    /** Usage of all accounts, some of which came too late for the night before. */
    private static void deliver(SmallHome home, int day) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int event = 0; event < 30; event++) {
            int of = event % 7 == 0 && day > FIRST ? day - 1 : day;
            rows.add("e-%d-%d,2026-10-%02dT%02d:%02d:00Z,%s,,openai,m,%d"
                    .formatted(day, event, of, event % 24, event, ACCOUNTS.get(event % 3), 100 + event));
        }
        home.deliverUsage("usage-%02d.csv".formatted(day), rows.toArray(String[]::new));
    }

    private static void nights(SmallHome home, Before before) throws IOException {
        nights(home, FIRST, LAST, before);
    }

    private static void nights(SmallHome home, int first, int last, Before before) throws IOException {
        for (int day = first; day <= last; day++) {
            deliver(home, day);
            before.night(home, day);
            home.night("2026-10-%02d".formatted(day));
        }
    }

    private static void deleteCheckpoints(SmallHome home) throws IOException {
        Path checkpoints = home.root().resolve("checkpoints");
        if (Files.exists(checkpoints)) {
            for (String file : Folders.bytes(checkpoints).keySet()) {
                Files.delete(checkpoints.resolve(file));
            }
        }
    }

    private static Path checkpoints(SmallHome home) throws IOException {
        try (Stream<Path> files = Files.list(home.root().resolve("checkpoints/shard=00"))) {
            List<Path> all = files.toList();
            assertThat(all).as("old ones are removed").hasSize(1);
            return all.get(0);
        }
    }

    private static List<String> revisions(SmallHome home) {
        return home.books(
                "SELECT account_id, month, revision, run_id, as_of, result_sha256, dependency_sha256, content FROM statement_revision ORDER BY account_id, month, revision");
    }

    /** A change before one night, and another night: the same with checkpoints, and with all deleted before each of them. */
    private void compare(Change change) throws IOException {
        SmallHome whole = UNCHANGED.copyTo(folder.resolve("whole"));
        change.of(whole);
        nights(whole, CHANGE, CHANGE + 1, (home, day) -> deleteCheckpoints(home));
        SmallHome home = UNCHANGED.copyTo(folder.resolve("home"));
        change.of(home);
        nights(home, CHANGE, CHANGE + 1, (each, day) -> {});
        assertSame(home, whole);
    }

    private SmallHome whole() throws IOException {
        return WHOLE.copyTo(folder.resolve("whole"));
    }

    /** What those nights make must be what was made without checkpoints. */
    private SmallHome compare(Before before, SmallHome whole) throws IOException {
        SmallHome home = create(folder.resolve("home"));
        nights(home, before);
        assertSame(home, whole);
        return home;
    }

    private static void assertSame(SmallHome home, SmallHome whole) throws IOException {
        assertThat(revisions(home)).isEqualTo(revisions(whole));
        Folders.assertSame(
                Folders.bytes(home.root().resolve("lake/statements")),
                Folders.bytes(whole.root().resolve("lake/statements")));
        Folders.assertSame(Folders.bytes(home.export()), Folders.bytes(whole.export()));
    }

    @Test
    void nightsWithCheckpointsAreNightsWithoutAndOpenNoOldUsage() throws IOException {
        Map<Path, Path> hidden = new TreeMap<>();
        SmallHome home = compare(
                (each, day) -> {
                    if (day == 11 && each.root().endsWith("home")) {
                        hide(each, hidden, 5, 6, 7, 8);
                    }
                    if (day == LAST) {
                        // This night merges segments, and closing computes everything whole.
                        for (Map.Entry<Path, Path> segment : hidden.entrySet()) {
                            Files.move(segment.getValue(), segment.getKey());
                        }
                    }
                },
                whole());
        assertThat(hidden).as("segments that three nights did not have").hasSize(4);
        assertThat(checkpoints(home)).hasFileName("run-000010.checkpoints");
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-11-01");
        assertThat(close.out() + close.err()).doesNotContain("STM-001");
        assertThat(home.books("SELECT account_id FROM account_month_close"))
                .as(close.out())
                .contains("a-3");
    }

    /** Takes the segments of those nights away. */
    private void hide(SmallHome home, Map<Path, Path> hidden, int... days) throws IOException {
        for (int day : days) {
            Path segment = home.root()
                    .resolve("lake/usage/month=2026-10/shard=00/run-%06d-s0000.parquet".formatted(day - FIRST + 1));
            hidden.put(segment, Files.move(segment, folder.resolve("hidden-" + day)));
        }
    }

    @Test
    void usageThatOccurredBeforeTheCheckpointIsCounted() throws IOException {
        compare(home -> home.deliverUsage(
                "usage-late.csv",
                "late-1,2026-10-05T13:00:00Z,a-1,,openai,m,777",
                "late-2,2026-10-06T23:59:59.999999Z,a-2,,openai,m,7"));
    }

    @Test
    void creditThatIsKnownLaterIsCountedFromWhenItIsEffective() throws IOException {
        compare(home -> home.deliverCredits(
                "credits-8.csv",
                "g-4,c-4,a-1,grant,promo,1,0,EUR,2026-10-08T10:00:00Z,2026-10-06T10:00:00Z,,,",
                "g-5,c-5,a-3,grant,promo,3,0,EUR,2026-10-08T10:00:00Z,,,,",
                "w-2,c-2,a-2,withdraw,,1,,EUR,2026-10-08T09:00:00Z,,,,refund"));
    }

    @Test
    void aChangedPriceIsThatOfTheWholeMonth() throws IOException {
        compare(home -> Folders.edit(home.root().resolve("config/prices/list.csv"), "input,1,1000", "input,1.25,1000"));
    }

    @Test
    void aDamagedOrShortFileIsNoFile() throws IOException {
        compare(
                (home, day) -> {
                    if (home.root().endsWith("home") && day > FIRST) {
                        Path file = checkpoints(home);
                        byte[] bytes = Files.readAllBytes(file);
                        switch (day) {
                            case 7 -> bytes[bytes.length / 2] ^= 1;
                            case 8 -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
                            case 9 -> bytes = new byte[0];
                            case 10 -> bytes[70] ^= 64;
                            case 11 -> bytes[bytes.length - 20] ^= 1;
                            case 12 -> bytes[3] ^= 1;
                            default -> {}
                        }
                        Files.write(file, bytes);
                    }
                },
                whole());
        assertThat(Files.readString(folder.resolve("home/out/saldo.log"))).contains("computed whole");
    }

    @Test
    void aRunThatFailedGoesOnWithWhatEarlierRunsLeft() throws IOException {
        SmallHome whole = whole();
        SmallHome home = create(folder.resolve("home"));
        nights(home, (each, day) -> {
            if (day == 9 || day == 12) {
                // After its checkpoints were written, and in the other night before.
                Path blocked = each.root()
                        .resolve(
                                day == 9
                                        ? "lake/statements/month=2026-10/shard=00/run-000005-t0000-lines.parquet"
                                        : "checkpoints/shard=00/run-000009.checkpoints");
                Files.createDirectories(blocked);
                assertThat(each.run("nightly", "--date", "2026-10-%02d".formatted(day))
                                .code())
                        .isEqualTo(1);
                Files.delete(blocked);
                if (day == 12) {
                    deleteCheckpoints(each);
                }
            }
        });
        String results =
                "SELECT account_id, month, revision, as_of, result_sha256 FROM statement_revision ORDER BY account_id, month, revision";
        assertThat(home.books(results)).isEqualTo(whole.books(results));
        Folders.assertSame(Folders.bytes(home.export()), Folders.bytes(whole.export()));
    }
}
