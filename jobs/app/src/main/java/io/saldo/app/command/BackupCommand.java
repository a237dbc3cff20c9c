package io.saldo.app.command;

import io.saldo.app.backup.Backup;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.home.Home;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Copies a home. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Copies the home into a folder of its own, also while a run is at work.",
            "It takes the books of one moment, every file that they list, the inbox, the configuration in the home and what"
                    + " was published, each with its SHA-256. Logs and checkpoints are left out: nothing rests on them.",
            "Books in PostgreSQL are read in one transaction and become an H2 file; after 'restore', 'books copy' takes them"
                    + " to a database again.",
            "A file that is not what the books list is told, and no backup is made. One that was interrupted goes on where it"
                    + " stopped; a complete one is never changed."
        },
        footer = {
            "",
            "Examples:",
            "  saldo backup --to /backup/2026-11-29",
            "  saldo backup --to /backup/2026-11-30 --previous /backup/2026-11-29   # links what is the same",
            "  (cd /backup/2026-11-30 && sha256sum -c --quiet SHA256SUMS)",
            "  saldo --home NEW restore --from /backup/2026-11-30"
        })
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "A new folder, outside the home.")
    Path folder = Path.of("");

    @Option(
            names = "--previous",
            paramLabel = "DIR",
            description = "An earlier backup on the same disk: files that it has already are linked, not copied.")
    @Nullable
    Path previous;

    @Override
    public Integer call() throws IOException {
        Home home = saldo.home();
        if (!home.exists()) {
            throw new ProblemException(ProblemCode.NO_HOME, Place.NOWHERE, home.root() + " is no home of Saldo");
        }
        Session.withoutLog();
        Path configuration = saldo.configuration();
        DatabaseSettings settings = Files.isDirectory(configuration)
                ? DatabaseSettings.of(ConfigurationSnapshot.read(configuration)).orElse(null)
                : null;
        Backup.Result result = Backup.write(
                home,
                settings,
                settings == null ? null : DatabasePassword.of(settings, configuration),
                folder,
                previous,
                saldo.progress());
        saldo.say(result.files() + " files in " + folder + ": " + result.bytes() + " bytes copied, " + result.linked()
                + " files linked from an earlier backup");
        if (!real(configuration).equals(real(home.root().resolve("config")))) {
            saldo.err.println(
                    configuration + " is not in the backup, which takes only config of the home: back it up by itself");
        }
        return ExitCode.DONE;
    }

    private static Path real(Path folder) throws IOException {
        return Files.exists(folder)
                ? folder.toRealPath()
                : folder.toAbsolutePath().normalize();
    }
}
