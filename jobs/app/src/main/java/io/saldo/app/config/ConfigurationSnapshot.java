package io.saldo.app.config;

import io.saldo.documents.design.Logo;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Every configuration file as bytes: what a run stores before it starts, and what it loads from when it is resumed.
 *
 * <p>Names are relative to the configuration folder, with {@code /} between folder and file. Every {@code *.yml},
 * {@code *.yaml} and {@code *.csv} in the folder itself, in {@code sources/}, {@code prices/} and {@code documents/} belongs
 * to it, and in {@code documents/} every {@code *.png} and {@code *.jrxml}, also one that nobody knows, so that the loader
 * can tell; everything else is ignored. Immutable.
 */
public final class ConfigurationSnapshot {
    private static final String TEXTS = "*.{yml,yaml,csv}";

    /** Which files of which folder. */
    private static final Map<String, String> FILES =
            Map.of("", TEXTS, "sources/", TEXTS, "prices/", TEXTS, DesignLoader.FOLDER, "*.{yml,yaml,csv,png,jrxml}");

    private final TreeMap<String, byte[]> contents = new TreeMap<>();
    // Each account that is computed asks for them, and a configuration is as long as its accounts are many.
    private final Map<String, String> hashes = new HashMap<>();
    private final String sha256;
    private final String figuresSha256;

    private ConfigurationSnapshot(Map<String, byte[]> contents) {
        contents.forEach((name, bytes) -> {
            this.contents.put(name, bytes.clone());
            hashes.put(name, HexFormat.of().formatHex(digest().digest(bytes)));
        });
        sha256 = sha256(this.contents.keySet());
        figuresSha256 = sha256(this.contents.keySet().stream()
                .filter(file -> !file.startsWith(DesignLoader.FOLDER))
                .toList());
    }

    /**
     * Reads a configuration folder.
     *
     * @throws ProblemException when there is no such folder
     */
    public static ConfigurationSnapshot read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(
                    ProblemCode.FILE_MISSING, Place.file(folder.toString()), "there is no such configuration folder");
        }
        TreeMap<String, byte[]> contents = new TreeMap<>();
        for (Map.Entry<String, String> each : FILES.entrySet()) {
            Path part = folder.resolve(each.getKey());
            if (Files.isDirectory(part)) {
                for (Path file : configurationFiles(part, each.getValue())) {
                    contents.put(each.getKey() + file.getFileName(), bytes(file));
                }
            }
        }
        return new ConfigurationSnapshot(contents);
    }

    /** A snapshot of those contents by name. */
    public static ConfigurationSnapshot of(Map<String, byte[]> contents) {
        return new ConfigurationSnapshot(contents);
    }

    /** The names of its files, sorted. */
    public SortedSet<String> files() {
        return Collections.unmodifiableSortedSet(contents.navigableKeySet());
    }

    /**
     * A file's bytes.
     *
     * @throws IllegalArgumentException when there is no such file
     */
    public byte[] content(String file) {
        byte[] bytes = contents.get(file);
        if (bytes == null) {
            throw unknown(file);
        }
        return bytes.clone();
    }

    private static IllegalArgumentException unknown(String file) {
        return new IllegalArgumentException("no configuration file " + file);
    }

    /** The SHA-256 of a file, in lower-case hexadecimal. */
    public String sha256(String file) {
        String hash = hashes.get(file);
        if (hash == null) {
            throw unknown(file);
        }
        return hash;
    }

    /** The SHA-256 of the whole: of the lines {@code sha256, two blanks, name} in order, as sha256sum prints them. */
    public String sha256() {
        return sha256;
    }

    /** The same of every file that a figure can rest on: how documents look changes none. */
    public String figuresSha256() {
        return figuresSha256;
    }

    private String sha256(Collection<String> files) {
        MessageDigest digest = digest();
        for (String file : files) {
            digest.update((sha256(file) + "  " + file + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Writes every file below the folder, which {@link #read} turns into an equal snapshot. */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Path target = folder.resolve(file.getKey()).normalize();
            if (!target.startsWith(folder.normalize())) {
                throw new IllegalArgumentException(file.getKey() + " leaves the folder");
            }
            Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(target, file.getValue());
        }
    }

    /** All bytes; of a picture that is too large no more than tell that it is: the loader refuses it, so no run has it. */
    private static byte[] bytes(Path file) throws IOException {
        if (!file.toString().endsWith(DesignLoader.PICTURE_ENDING)) {
            return Files.readAllBytes(file);
        }
        try (InputStream picture = Files.newInputStream(file)) {
            return picture.readNBytes(Logo.BYTES_MAX + 1);
        }
    }

    private static List<Path> configurationFiles(Path folder, String pattern) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : stream) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
