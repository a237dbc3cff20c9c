package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery as a whole: unreadable, repeated, late. */
class DeliveryTest {
    private static final String EVENT = "e-1,2026-10-05T08:00:00Z,a-1,,openai,m,1000";

    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void oneAccount() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
    }

    @Test
    void aDeliveryThatCouldNotBeReadMayComeAgainOnceItsSourceIsCorrected() throws IOException {
        String rightSource = Files.readString(home.root().resolve("config/sources/usage.yml"));
        home.configure("sources/usage.yml", rightSource.replace("  status: \"\"\n", "  status: result\n"));
        home.deliverUsage("usage-05.csv", EVENT);
        home.night("2026-10-05");
        Path before = home.export();
        assertThat(SmallHome.breaks(before)).contains("DELIVERY_INCOMPLETE usage/usage-05.csv open");

        home.night("2026-10-06");
        assertThat(SmallHome.breaks(home.export())).contains("DELIVERY_INCOMPLETE usage/usage-05.csv open");

        home.configure("sources/usage.yml", rightSource);
        home.deliverUsage("usage-05.csv", EVENT);
        home.night("2026-10-07");
        Path after = home.export();
        assertThat(SmallHome.breaks(after)).contains("DELIVERY_INCOMPLETE usage/usage-05.csv resolved auto");
        assertThat(SmallHome.statement(after, "a-1")).containsEntry("events", "1");
    }

    @Test
    void aDeliveryThatWasTakenIsSkippedWhenItComesAgain() throws IOException {
        home.deliverUsage("usage-05.csv", EVENT);
        home.night("2026-10-05");
        home.deliverUsage("usage-06.csv", EVENT);
        assertThat(home.night("2026-10-06").out()).contains("skipped usage/usage-06.csv");
        assertThat(SmallHome.outcomes(home.export())).containsOnlyKeys("usage-05.csv");
        assertThat(home.root().resolve("inbox/usage/usage-06.csv")).doesNotExist();
    }

    @Test
    void usageOfAClosedMonthRaisesABreak() throws IOException {
        home.deliverUsage("usage-05.csv", EVENT);
        home.night("2026-10-31");
        assertThat(home.run("close", "--month", "2026-10", "--date", "2026-11-01")
                        .code())
                .isZero();
        home.deliverUsage("usage-late.csv", EVENT.replace("e-1", "e-2"));
        home.night("2026-11-02");
        Path export = home.export();
        assertThat(SmallHome.breaks(export)).containsExactly("USAGE_LATE a-1 open");
        assertThat(SmallHome.statement(export, "a-1"))
                .containsEntry("events", "1")
                .containsEntry("status", "closed");
    }
}
