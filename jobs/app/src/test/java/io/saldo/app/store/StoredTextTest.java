package io.saldo.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.OnEveryDatabase;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text is sorted by its bytes and kept as it is, or told, whatever the database. */
@OnEveryDatabase
class StoredTextTest {
    /** By code points. By UTF-16 the last two change places; by the rules of a language nearly all. */
    private static final List<String> ACCOUNTS = List.of("Z", "a b", "a\\t\\N", "z", "é", "～", "😀");

    /** What the database before this one came to. */
    private static final SortedMap<String, byte[]> PUBLISHED = new TreeMap<>();

    @TempDir
    Path folder;

    @Test
    void accountsAndInvoiceNumbersAreInTheOrderOfBytes() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("😀", "～", "é", "z", "a b", "a\\t\\N", "Z"));
        String[] events = ACCOUNTS.stream()
                .map(account -> "e-" + account + ",2026-10-05T10:00:00Z," + account + ",,openai,m,2000")
                .toArray(String[]::new);
        home.deliverUsage("usage.csv", events);
        home.night("2026-10-31");
        for (String command : List.of(
                "close --month 2026-10 --date 2026-11-01",
                "invoices approve --month 2026-10 --by me --date 2026-11-02",
                "invoices issue --month 2026-10 --date 2026-11-02")) {
            Program program = home.run(command.split(" "));
            assertThat(program.code()).as(command + program.err()).isIn(0, 3);
        }
        Path export = home.export();
        assertThat(DemoRun.rows(export.resolve("statements.csv")))
                .extracting(row -> row.get("account_id"))
                .isEqualTo(ACCOUNTS);
        Map<String, String> numbers = new TreeMap<>();
        DemoRun.rows(export.resolve("invoices.csv"))
                .forEach(row -> numbers.put(row.get("number"), row.get("account_id")));
        assertThat(List.copyOf(numbers.values())).isEqualTo(ACCOUNTS);
        SortedMap<String, byte[]> published = Folders.bytes(home.root().resolve("out"));
        published.keySet().removeIf(name -> name.endsWith(".log"));
        if (!PUBLISHED.isEmpty()) {
            Folders.assertSame(published, PUBLISHED);
        }
        PUBLISHED.putAll(published);
    }

    @Test
    void aNulIsRejectedOrMarked() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.deliverUsage(
                "usage.csv",
                "e\0-1,2026-10-05T10:00:00Z,a-1,,openai,m,10",
                "e\0-1,2026-10-05T10:00:00Z,a-1,,openai,m,20",
                "e-2,2026-10-05T10:00:00Z,a\0-2,,openai,m,30",
                "e-3,2026\0-10-05T10:00:00Z,a-1,,openai,m,30",
                "e-4,2026-10-05T11:00:00Z,a-1,,open\0ai,gpt\0x,40");
        home.deliverCredits(
                "credits.csv",
                "g-1,c-1,a-1,grant,purchase,1,0.19,EUR,2026-10-05T03:00:00Z,,,,",
                "g-2,c-2,a-1,grant,purchase,1,0.19,EUR,2026-10-05T03:00:00Z,,,,a\0b",
                "g-3,c-3,a-9,grant,purchase,1,0.19,EUR,2026-10-05T03:00:00Z,,,,a\0b");
        home.night("2026-10-05");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export))
                .isEqualTo(Map.of(
                        "usage.csv", "2 accepted, 1 conflict, 1 rejected, 1 held",
                        "credits.csv", "1 accepted, 2 rejected"));
        assertThat(home.books("SELECT event_id FROM usage_conflict")).containsExactly("e\uFFFD-1");
        assertThat(home.books("SELECT subject FROM held_subject")).containsExactly("a\uFFFD-2");
        assertThat(home.books("SELECT subject, evidence FROM break_case WHERE code = 'USAGE_UNPRICED'"))
                .containsExactly("a-1 + gpt\uFFFDx + standard + input 1 events of provider open\uFFFDai, the first at"
                        + " 2026-10-05T11:00:00.000000Z");
    }
}
