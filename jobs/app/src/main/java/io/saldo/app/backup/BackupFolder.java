package io.saldo.app.backup;

import io.saldo.app.home.Folder;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})  " + HOME + "(.+)", Pattern.DOTALL);

    /** Before a line whose name has escapes, and before each of these. */
    private static final String ESCAPE = "\\";

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
        Folder.create(root);
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
                if (!sums.containsKey(Folder.name(home(), each))) {
                    Files.delete(each);
                }
            }
        }
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(sums).forEach((name, sha256) -> lines.append(line(name, sha256)));
        PublishedFile.write(
                root.resolve(SUMS), out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
        Files.delete(root.resolve(INCOMPLETE));
    }

    /** A line as {@code sha256sum} prints it: each is one line, whatever the name has in it. */
    private static String line(String name, String sha256) {
        String escaped = name.replace(ESCAPE, "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : ESCAPE) + sha256 + "  " + HOME + escaped + '\n';
    }

    /** The name that was escaped; empty where nothing is escaped so. */
    private static String unescaped(String escaped) {
        StringBuilder name = new StringBuilder();
        boolean escape = false;
        for (int index = 0; index < escaped.length(); index++) {
            char each = escaped.charAt(index);
            if (escape) {
                int which = "\\nr".indexOf(each);
                if (which < 0) {
                    return "";
                }
                name.append("\\\n\r".charAt(which));
                escape = false;
            } else if (each == '\\') {
                escape = true;
            } else {
                name.append(each);
            }
        }
        return escape ? "" : name.toString();
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
        for (String line : Files.readString(root.resolve(SUMS)).split("\n")) {
            boolean escaped = line.startsWith(ESCAPE);
            Matcher sum = SUM.matcher(escaped ? line.substring(1) : line);
            String name = !sum.matches() ? "" : escaped ? unescaped(sum.group(2)) : sum.group(2);
            if (name.isEmpty() || !home().resolve(name).normalize().startsWith(home().normalize())) {
                throw new ProblemException(
                        ProblemCode.BACKUP_DAMAGED,
                        Place.file(root.resolve(SUMS).toString()),
                        "a line names no file of a home: " + line);
            }
            sums.put(name, sum.group(1));
        }
        return sums;
    }
}
