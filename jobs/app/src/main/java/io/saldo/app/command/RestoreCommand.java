package io.saldo.app.command;

import io.saldo.app.backup.Restore;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Makes a home of a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new home of a backup, and proves each file by its SHA-256.",
            "Where one differs or is missing, all of them are named and no home is made.",
            "Single files that 'verify' found damaged can be copied by hand: they lie below home/ in the backup, at the same"
                    + " place."
        },
        footer = {"", "Example:", "  saldo --home NEW restore --from /backup/2026-11-29", "  saldo --home NEW verify"})
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--from", required = true, paramLabel = "DIR", description = "The folder of the backup.")
    Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        Home home = saldo.home();
        int files = Restore.run(folder, home, saldo.progress());
        saldo.say(files + " files restored to " + home.root() + ", each with its SHA-256");
        Path configuration = home.root().resolve("config");
        if (Files.isDirectory(configuration)
                && DatabaseSettings.of(ConfigurationSnapshot.read(configuration))
                        .isPresent()) {
            saldo.say("Its books are in H2, and its application.yml names a database: take that section out, or name an"
                    + " empty database and run: saldo --home " + home.root() + " books copy");
        }
        saldo.say("Now prove it:  saldo --home " + home.root() + " verify");
        return ExitCode.DONE;
    }
}
