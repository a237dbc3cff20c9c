package io.saldo.app.command;

import io.saldo.app.config.DatabaseSettings;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the password of the database comes from: the environment, else a file, never the settings themselves. */
final class DatabasePassword {
    private static final String VARIABLE = "SALDO_DATABASE_PASSWORD";

    private DatabasePassword() {}

    /**
     * The password; null where nobody named one, as the server may know the role in another way.
     *
     * @throws ProblemException where the file that is named cannot be read
     */
    static @Nullable String of(DatabaseSettings settings, Path configurationFolder) {
        try {
            return Secret.of(VARIABLE, settings.passwordFile(), configurationFolder);
        } catch (IOException unreadable) {
            throw new ProblemException(
                    ProblemCode.DATABASE_REFUSES,
                    Place.file("application.yml"),
                    "database.password-file: " + configurationFolder.resolve(settings.passwordFile())
                            + " cannot be read");
        }
    }
}
