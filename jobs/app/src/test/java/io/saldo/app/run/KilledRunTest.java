package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program, killed with SIGKILL at commit points and at random instants, one kill after another, and continued with
 * {@code resume}, with the same command or with the next night, ends with the same files and the same rows as an undisturbed
 * one.
 *
 * <p>A short form is part of the build. The long form takes each commit point of each command: {@code -Dsaldo.kills=1000},
 * with {@code -Dsaldo.postgresql=true} on PostgreSQL, {@code -Dsaldo.jar=FILE} with the packaged program, {@code
 * -Dsaldo.seed=N} for other kills, and {@code -Dsaldo.lanes=N} for so many homes at the same time instead of one for each
 * processor. On PostgreSQL it is one: a home's configuration names its database, and homes that are compared must have the same.
 */
class KilledRunTest {
    private static final int IN_THE_BUILD = 3;
    private static final int KILLS = Integer.getInteger("saldo.kills", IN_THE_BUILD);
    private static final long SEED = Long.getLong("saldo.seed", 20261031);

    @TempDir
    Path folder;

    @Test
    void endsWithTheFilesAndRowsOfAnUndisturbedRun() throws Exception {
        System.out.println("saldo.kills=" + KILLS + " saldo.seed=" + SEED);
        boolean isLong = KILLS > IN_THE_BUILD;
        Kills kills = new Kills(
                folder,
                SEED,
                isLong ? Course.longForm() : Course.shortForm(),
                isLong ? Integer.getInteger("saldo.lanes", Runtime.getRuntime().availableProcessors()) : 1);
        kills.undisturbed();
        String report = kills.run(KILLS);
        System.out.println(report);
        assertThat(kills.differences()).as(report).isEmpty();
    }
}
