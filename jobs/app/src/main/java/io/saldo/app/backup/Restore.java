package io.saldo.app.backup;

import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.app.run.Progress;
import io.saldo.lake.file.NewFile;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/** Makes a home of a backup: whole, with every file proved by its hash, or not at all. */
public final class Restore {
    private static final String STEP = "restore";
    private static final Pattern SOURCE = Pattern.compile("config/sources/([^/]+)\\.yml");

    private Restore() {}

    /**
     * Makes the home, with a folder in the inbox for each source of its configuration: a backup has files alone, and who
     * delivers goes on delivering.
     *
     * @return how many files it has
     * @throws ProblemException with {@code WRONG_STATE} where something is there, {@code BACKUP_DAMAGED} with every file that
     *     is not what it was
     */
    public static int run(Path backup, Home home, Progress progress) throws IOException {
        BackupFolder from = new BackupFolder(backup);
        Map<String, String> sums = from.sums();
        Path root = home.root().toAbsolutePath().normalize();
        if (Files.exists(root)) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.file(home.root().toString()),
                    "something is there already: name a new folder with --home");
        }
        Path unfinished = root.resolveSibling("." + root.getFileName() + ".restoring");
        FileSystemUtils.deleteRecursively(unfinished);
        List<Problem> damaged = new ArrayList<>();
        progress.partitions(STEP, sums.size());
        for (Map.Entry<String, String> each : sums.entrySet()) {
            Path file = from.home().resolve(each.getKey());
            String found = "no file";
            if (Files.isRegularFile(file)) {
                try (NewFile copy = NewFile.at(unfinished, each.getKey())) {
                    Files.copy(file, copy);
                    found = copy.commit().sha256();
                }
            }
            if (!found.equals(each.getValue())) {
                damaged.add(Problem.of(
                        ProblemCode.BACKUP_DAMAGED,
                        Place.file(file.toString()),
                        "expected SHA-256 " + each.getValue() + ", found " + found));
            }
            progress.partitionDone(STEP);
        }
        if (!damaged.isEmpty()) {
            FileSystemUtils.deleteRecursively(unfinished);
            throw new ProblemException(damaged);
        }
        Home made = new Home(unfinished);
        made.create();
        for (String name : sums.keySet()) {
            Matcher source = SOURCE.matcher(name);
            if (source.matches()) {
                Folder.create(made.inbox().resolve(source.group(1)));
            }
        }
        Files.move(unfinished, root, StandardCopyOption.ATOMIC_MOVE);
        return sums.size();
    }
}
