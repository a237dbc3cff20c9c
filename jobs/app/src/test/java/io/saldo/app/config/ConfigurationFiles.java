package io.saldo.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A small configuration that is right, to be made wrong in one place. */
final class ConfigurationFiles {
    private final Map<String, byte[]> contents = new TreeMap<>();

    private ConfigurationFiles() {}

    /** Two accounts, two books, one source, written in {@code src/test/resources/config/right}. */
    static ConfigurationFiles right() {
        ConfigurationFiles files = new ConfigurationFiles();
        try {
            ConfigurationSnapshot snapshot = ConfigurationSnapshot.read(Path.of("src/test/resources/config/right"));
            snapshot.files().forEach(name -> files.contents.put(name, snapshot.content(name)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }

    /** The folder that {@code saldo init} copies. */
    static Path defaults() {
        Path folder = Path.of("..", "..", "config").toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("run the test in jobs/app");
        }
        return folder;
    }

    ConfigurationFiles put(String name, String text) {
        contents.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    ConfigurationFiles put(String name, byte[] bytes) {
        contents.put(name, bytes);
        return this;
    }

    ConfigurationFiles remove(String name) {
        if (contents.remove(name) == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return this;
    }

    ConfigurationFiles append(String name, String text) {
        return put(name, text(name) + text);
    }

    ConfigurationFiles replace(String name, String from, String to) {
        String before = text(name);
        if (!before.contains(from)) {
            throw new IllegalArgumentException(name + " does not contain " + from);
        }
        return put(name, before.replace(from, to));
    }

    LoadedConfiguration load() {
        return ConfigurationLoader.load(ConfigurationSnapshot.of(contents));
    }

    private String text(String name) {
        byte[] bytes = contents.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
