package io.saldo.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where secrets come from: the environment, else the first line of a file, never the settings themselves. */
final class Secret {
    private Secret() {}

    /**
     * The secret; null where nobody named one.
     *
     * @param variable of the environment
     * @param file relative to the configuration folder; empty for none
     * @throws IOException where the file cannot be read
     */
    static @Nullable String of(String variable, String file, Path configurationFolder) throws IOException {
        String secret = System.getenv(variable);
        if (secret != null || file.isEmpty()) {
            return secret;
        }
        return Files.readString(configurationFolder.resolve(file))
                .lines()
                .findFirst()
                .orElse("");
    }
}
