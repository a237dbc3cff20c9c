package io.saldo.app.backup;

import io.saldo.app.home.PublishedFile;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of a backup: the files of the home below {@code home/}, and {@code SHA256SUMS}, which names each of them as {@code
 * sha256sum -c} reads it. It is complete once that list is there.
 *
 * @param root the folder
 */
record BackupFolder(Path root) {
    private static final String SUMS = "SHA256SUMS";
    private static final String INCOMPLETE = "INCOMPLETE";
    private static final String HOME = "home/";

    /** Where the files of the home are. */
    Path home() {
        return root.resolve("home");
    }

    /** Whether it was written to its end. */
    boolean isComplete() {
        return Files.exists(root.resolve(SUMS));
    }

    /**
     * Begins a backup, or goes on with one that was interrupted.
     *
     * @throws ProblemException with {@code WRONG_STATE} where something else is there
     */
    void begin() throws IOException {
        if (isComplete()) {
            throw taken("it holds a complete backup, which is never changed: name another folder");
        }
        if (Files.exists(root) && !Files.exists(root.resolve(INCOMPLETE))) {
            try (Stream<Path> files = Files.list(root)) {
                if (files.findAny().isPresent()) {
                    throw taken("it is no backup, and not empty: name a folder of its own");
                }
            }
        }
        Files.createDirectories(root);
        Files.writeString(
                root.resolve(INCOMPLETE), "This backup was not finished. Run it again, or delete the folder.\n");
    }

    private ProblemException taken(String why) {
        return new ProblemException(ProblemCode.WRONG_STATE, Place.file(root.toString()), why);
    }

    /** Lists the files, by name below the home, with their SHA-256: the backup is complete. Files that are not listed go. */
    void complete(Map<String, String> sums) throws IOException {
        try (Stream<Path> files = Files.walk(home())) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                if (!sums.containsKey(home().relativize(each).toString().replace('\\', '/'))) {
                    Files.delete(each);
                }
            }
        }
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(sums).forEach((name, sha256) -> lines.append(sha256)
                .append("  ")
                .append(HOME)
                .append(name)
                .append('\n'));
        PublishedFile.write(
                root.resolve(SUMS), out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
        Files.delete(root.resolve(INCOMPLETE));
    }

    /**
     * The files of a complete backup, by name below the home, with their SHA-256.
     *
     * @throws ProblemException where it is none, or its list names what no backup does
     */
    Map<String, String> sums() throws IOException {
        if (!isComplete()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.file(root.toString()),
                    Files.exists(root.resolve(INCOMPLETE))
                            ? "the backup in it was not finished"
                            : "there is no backup in it: " + SUMS + " is missing");
        }
        Map<String, String> sums = new TreeMap<>();
        for (String line : Files.readAllLines(root.resolve(SUMS))) {
            String name = line.length() > 66 ? line.substring(66) : "";
            boolean right = line.matches("[0-9a-f]{64}  home/.+")
                    && root.resolve(name).normalize().startsWith(home().normalize());
            if (!right) {
                throw new ProblemException(
                        ProblemCode.BACKUP_DAMAGED,
                        Place.file(root.resolve(SUMS).toString()),
                        "a line names no file of a home: " + line);
            }
            sums.put(name.substring(HOME.length()), line.substring(0, 64));
        }
        return sums;
    }
}
