package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lake was cut by cannot change under it: a known event would be taken twice, or not be found. */
class ChangedSettingsTest {
    @ParameterizedTest
    @CsvSource({"identity-shards: 16, identity-shards: 3", "account-shards: 16, account-shards: 5"})
    void aSettingThatTheLakeIsCutByIsRefusedOnceANightHasRun(String from, String to, @TempDir Path folder)
            throws Exception {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        String[] events = new String[20];
        for (int event = 0; event < events.length; event++) {
            events[event] = "e-" + event + ",2026-10-05T08:00:00Z,a-1,,openai,m,1000";
        }
        home.deliverUsage("usage-05.csv", events);
        home.night("2026-10-05");

        Folders.edit(home.root().resolve("config/application.yml"), from, to);
        home.deliverUsage("again-06.csv", List.of(events).subList(1, 20).toArray(String[]::new));
        Program refused = home.run("nightly", "--date", "2026-10-06");
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains("application.yml", from.substring(0, from.indexOf(':')));

        Folders.edit(home.root().resolve("config/application.yml"), to, from);
        home.night("2026-10-06");
        Path export = home.export();
        assertThat(SmallHome.outcomes(export))
                .containsEntry("usage-05.csv", "20 accepted")
                .containsEntry("again-06.csv", "19 duplicate");
        assertThat(SmallHome.statement(export, "a-1")).containsEntry("usage_amount", "20");
    }
}
