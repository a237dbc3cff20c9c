package io.saldo.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected text in {@code src/test/resources/golden}.
 *
 * <p>{@code -Dgolden.update=true} writes what came out instead of comparing; the difference is then read in the commit.
 */
public final class GoldenFile {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private GoldenFile() {}

    /** The text is that file's, to the last character. */
    public static void assertMatches(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text);
        }
        assertThat(file).as("golden file; -Dgolden.update=true writes it").exists();
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
