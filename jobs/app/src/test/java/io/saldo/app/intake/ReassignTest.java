package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that a person moves: what both accounts pay, what is known again, and what is refused. */
class ReassignTest {
    @TempDir
    private Path folder;

    private SmallHome home;

    @BeforeEach
    void makeHome() throws IOException {
        home = SmallHome.create(folder, List.of("a-1", "a-2"));
        home.configure("account-keys.csv", "api_key_id,account_id,effective_from,effective_to\nk-7,a-1,2026-01-01,\n");
    }

    private static String event(String id, String key, int inputTokens) {
        return String.join(",", id, "2026-10-05T08:00:00Z", "", key, "openai", "m", Integer.toString(inputTokens));
    }

    private Program reassign(String... more) {
        String[] arguments = new String[9 + more.length];
        System.arraycopy(
                new String[] {
                    "reassign", "--from", "a-1", "--to", "a-2", "--month", "2026-10", "--reason", "ticket 4711"
                },
                0,
                arguments,
                0,
                9);
        System.arraycopy(more, 0, arguments, 9, more.length);
        return home.run(arguments);
    }

    @Test
    void theNextNightTakesEventsFromTheOneAndGivesThemToTheOther() throws IOException {
        home.deliverUsage(
                "usage-05.csv", event("e-1", "k-7", 1000), event("e-2", "k-7", 2000), event("e-3", "k-7", 4000));
        home.night("2026-10-05");
        Program decided = reassign("--event", "e-1", "--event", "e-3");
        assertThat(decided.code()).as(decided.err()).isZero();
        assertThat(decided.err() + decided.out()).contains("2 events move from a-1 to a-2 with the next night");
        assertThat(home.run("reassign", "--list").out()).contains("waits", "ticket 4711");

        // The file comes again too: an event is known wherever it stands.
        home.deliverUsage("usage-06.csv", event("e-1", "k-7", 1000), event("e-4", "k-7", 8000));
        home.night("2026-10-06");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsEntry("usage-06.csv", "1 accepted, 1 duplicate");
        assertThat(SmallHome.statement(export, "a-1"))
                .containsEntry("events", "2")
                .containsEntry("usage_amount", "10");
        assertThat(SmallHome.statement(export, "a-2"))
                .containsEntry("events", "2")
                .containsEntry("usage_amount", "5");
        assertThat(home.run("reassign", "--list").out()).doesNotContain("waits");

        // And back again; a third night has nothing to do.
        Program back = home.run(
                "reassign",
                "--from",
                "a-2",
                "--to",
                "a-1",
                "--month",
                "2026-10",
                "--reason",
                "it was right",
                "--event",
                "e-1");
        assertThat(back.code()).as(back.err()).isZero();
        home.night("2026-10-07");
        home.night("2026-10-08");
        Path after = home.export();
        assertThat(SmallHome.statement(after, "a-1"))
                .containsEntry("events", "3")
                .containsEntry("usage_amount", "11");
        assertThat(SmallHome.statement(after, "a-2"))
                .containsEntry("events", "1")
                .containsEntry("usage_amount", "4");
    }

    @Test
    void theNextFigureOfABucketIsTakenWhereItStandsNow() throws IOException {
        home.configureUsage("account: api-key\n");
        home.configure(
                "sources/usage.yml",
                Files.readString(folder.resolve("config/sources/usage.yml"))
                        .replace("identity: event-id", "identity: bucket")
                        .replace("mapping:\n", "mapping:\n  event_id: \"\"\n"));
        home.deliverUsage("usage-05.csv", event("", "k-7", 1000));
        home.night("2026-10-05");
        String eventId = home.books("SELECT COUNT(*) FROM index_segment WHERE identity = 'bucket'")
                .get(0);
        assertThat(eventId).isEqualTo("1");

        // The key was another's: from now on its figures would be a conflict, until the event is moved.
        home.configure("account-keys.csv", "api_key_id,account_id,effective_from,effective_to\nk-7,a-2,2026-01-01,\n");
        home.deliverUsage("usage-06.csv", event("", "k-7", 3000));
        home.night("2026-10-06");
        assertThat(SmallHome.outcomes(home.export())).containsEntry("usage-06.csv", "1 conflict");
        String conflicting = home.books("SELECT event_id FROM usage_conflict").get(0);
        assertThat(conflicting).matches("[0-9a-f]{32}");
        Program decided = reassign("--event", conflicting);
        assertThat(decided.code()).as(decided.err()).isZero();
        home.night("2026-10-07");
        home.deliverUsage("usage-08.csv", event("", "k-7", 5000));
        home.night("2026-10-08");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsEntry("usage-08.csv", "1 accepted");
        assertThat(SmallHome.statement(export, "a-2"))
                .containsEntry("events", "1")
                .containsEntry("usage_amount", "5");
        assertThat(SmallHome.statement(export, "a-1"))
                .containsEntry("events", "0")
                .containsEntry("usage_amount", "0");
    }

    @Test
    void aFigureThatIsRestatedAfterTheCloseIsTold() throws IOException {
        home.configure(
                "sources/usage.yml",
                Files.readString(folder.resolve("config/sources/usage.yml"))
                        .replace("identity: event-id", "identity: bucket")
                        .replace("mapping:\n", "mapping:\n  event_id: \"\"\n"));
        home.deliverUsage("usage-05.csv", event("", "k-7", 5000));
        home.night("2026-10-31");
        assertThat(home.run("close", "--month", "2026-10", "--date", "2026-11-01")
                        .code())
                .isIn(0, 3);
        home.deliverUsage("usage-06.csv", event("", "k-7", 4000));
        home.night("2026-11-02");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export)).containsEntry("usage-05.csv", "1 accepted");
        assertThat(home.run("breaks", "list").out()).contains("USAGE_LATE", "a-1");
        assertThat(home.books("SELECT evidence FROM break_case WHERE code = 'USAGE_LATE'")
                        .toString())
                .contains("0 events and 1 restated figures, -1000 units together");
        assertThat(SmallHome.statement(export, "a-1")).containsEntry("usage_amount", "5");
    }

    @Test
    void whatCannotBeMovedIsSaidAndNothingIsDecided() throws IOException {
        home.deliverUsage("usage-05.csv", event("e-1", "k-7", 1000));
        home.night("2026-10-05");
        Program unknown = reassign("--event", "e-1", "--event", "e-9");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("a-1 has no event e-9 in 2026-10");
        assertThat(home.run(
                                "reassign",
                                "--from",
                                "a-1",
                                "--to",
                                "a-3",
                                "--month",
                                "2026-10",
                                "--reason",
                                "x",
                                "--event",
                                "e-1")
                        .err())
                .contains("there is no account a-3");
        assertThat(home.run("reassign", "--from", "a-1", "--to", "a-2", "--event", "e-1")
                        .err())
                .contains("--reason is missing");
        assertThat(reassign().err()).contains("name the events");
        assertThat(home.books("SELECT COUNT(*) FROM reassignment")).containsExactly("0");

        home.night("2026-10-31");
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-11-01");
        assertThat(close.code()).as(close.err()).isIn(0, 3);
        Program closed = reassign("--event", "e-1");
        assertThat(closed.code()).isEqualTo(2);
        assertThat(closed.err()).contains("2026-10 is closed for a-1");
    }
}
