package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.TestPostgresql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same bytes, whatever the machine and however the work is cut. */
@ExtendWith(DemoRun.Extension.class)
class SameBytesTest {
    @TempDir
    Path folder;

    @Test
    void threadsShardsLocaleAndZoneOfTheMachineChangeNoByte(DemoRun demo) throws IOException {
        Path sample = sampleData();
        Path settings = sample.resolve("config/application.yml");
        Folders.edit(settings, "account-shards: 16", "account-shards: 5");
        Folders.edit(settings, "identity-shards: 16", "identity-shards: 3");
        Folders.edit(settings, "threads: 2", "threads: 1");
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        Path home = folder.resolve("home");
        Program program;
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            program = DemoRun.start(home, sample);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        assertThat(program.code()).as(program.err()).isEqualTo(3);
        Folders.assertSame(DemoRun.publishedIn(home), demo.published());
    }

    @Test
    void postgresqlChangesNoByte(DemoRun demo) throws IOException {
        Path sample = sampleData();
        Files.writeString(
                sample.resolve("config/application.yml"),
                TestPostgresql.section(TestPostgresql.newBooks()),
                StandardOpenOption.APPEND);
        Path home = folder.resolve("home");
        Program program = DemoRun.start(home, sample);
        assertThat(program.code()).as(program.err()).isEqualTo(3);
        Folders.assertSame(DemoRun.publishedIn(home), demo.published());
        assertThat(home.resolve("db/books.mv.db")).doesNotExist();
    }

    @Test
    void anotherSplitOfTheLogIntoFilesChangesNothingThatIsBilled(DemoRun demo) throws IOException {
        Path sample = sampleData();
        Path inbox = sample.resolve("deliveries/2026-10-08/gateway");
        Path log = inbox.resolve("gateway-2026-10-08.jsonl");
        List<String> lines = Files.readAllLines(log);
        Files.delete(log);
        int third = lines.size() / 3;
        Files.write(inbox.resolve("part-c.jsonl"), lines.subList(0, third));
        Files.write(inbox.resolve("part-a.jsonl"), lines.subList(third, 2 * third));
        Files.write(inbox.resolve("part-b.jsonl"), lines.subList(2 * third, lines.size()));
        Path home = folder.resolve("home");
        Program program = DemoRun.start(home, sample);
        assertThat(program.code()).as(program.err()).isEqualTo(3);
        Folders.assertSame(billed(DemoRun.publishedIn(home)), billed(demo.published()));
    }

    /** All but what names delivered files. */
    private static SortedMap<String, byte[]> billed(SortedMap<String, byte[]> published) {
        SortedMap<String, byte[]> billed = new TreeMap<>(published);
        billed.keySet().removeIf(name -> name.startsWith("nights/") || name.endsWith("deliveries.csv"));
        return billed;
    }

    private Path sampleData() throws IOException {
        Path sample = folder.resolve("sample-data");
        for (String part : List.of("config", "deliveries")) {
            Folders.copy(Program.repository("sample-data").resolve(part), sample.resolve(part));
        }
        return sample;
    }
}
