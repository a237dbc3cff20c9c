package io.saldo.app.backup;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.database.BooksSnapshot;
import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.app.run.Progress;
import io.saldo.app.run.Run;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.SnapshotBooks;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.ArchivedFile;
import io.saldo.app.store.VerificationStore.ListedFile;
import io.saldo.lake.file.NewFile;
import io.saldo.lake.file.StoredFile;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies a home while it may be at work.
 *
 * <p>The inbox first, then the books of one moment, then what these list: so whatever was delivered by then is in the one or in
 * the other. Files of the lake never change, and they only go when others have taken their place: then the books are
 * copied again, and what was copied stays.
 */
public final class Backup {
    private static final int ATTEMPTS = 8;
    private static final String STEP = "backup";
    private static final Pattern LOG = Pattern.compile("out/(saldo\\.log(\\..*)?|error\\.log)");

    private final Home home;
    private final BackupFolder target;
    private final @Nullable BackupFolder previous;
    private final Map<String, String> before;
    private final Progress progress;
    private final Map<String, String> sums = new TreeMap<>();
    // What was not there in an earlier attempt: books that were copied since must not list it any more.
    private final Set<String> missing = new TreeSet<>();
    private long bytes;
    private long linked;

    private Backup(Home home, BackupFolder target, @Nullable BackupFolder previous, Progress progress)
            throws IOException {
        this.home = home;
        this.target = target;
        this.previous = previous;
        this.before = previous == null ? Map.of() : previous.sums();
        this.progress = progress;
    }

    /**
     * What was written.
     *
     * @param files all of them
     * @param bytes that were copied
     * @param linked files that the previous backup had already
     */
    public record Result(long files, long bytes, long linked) {}

    /** Something is not there any more that was when the books were copied. */
    private static final class Moved extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * Writes a backup.
     *
     * @param settings of the database; null for H2
     * @param folder new, empty, or with a backup that was interrupted
     * @param previous a complete backup, whose files are linked instead of copied where they are the same; null for none
     * @throws ProblemException where a file is not what the books list: no backup is better than one that hides it
     */
    public static Result write(
            Home home,
            @Nullable DatabaseSettings settings,
            @Nullable String password,
            Path folder,
            @Nullable Path previous,
            Progress progress)
            throws IOException {
        BackupFolder target = new BackupFolder(folder);
        if (folder.toAbsolutePath()
                .normalize()
                .startsWith(home.root().toAbsolutePath().normalize())) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.file(folder.toString()),
                    "it lies in the home that it is a backup of: name a folder elsewhere, best on another disk");
        }
        Backup backup = new Backup(home, target, previous == null ? null : new BackupFolder(previous), progress);
        target.begin();
        for (int attempt = 1; ; attempt++) {
            try {
                return backup.attempt(settings, password);
            } catch (Moved moved) {
                if (attempt == ATTEMPTS) {
                    throw new ProblemException(
                            ProblemCode.LOCKED,
                            Place.NOWHERE,
                            "the home changes faster than it can be copied; what was copied stays for the next try");
                }
            }
        }
    }

    private Result attempt(@Nullable DatabaseSettings settings, @Nullable String password) throws IOException, Moved {
        sums.clear();
        Map<String, String> inbox = inbox();
        Path books = target.home().resolve("db");
        BooksSnapshot.take(home, settings, password, books);
        List<Problem> damaged = new ArrayList<>();
        try (SnapshotBooks snapshot = SnapshotBooks.open(books)) {
            VerificationStore listed = snapshot.files();
            Set<String> dropped = listed.dropped().keySet();
            lake(listed, dropped, damaged);
            archive(listed, dropped, inbox, damaged);
            sums.putAll(inbox);
            for (InvoiceStore.File each : listed.documents()) {
                listed("out/invoices/" + each.name(), each.sha256(), damaged);
            }
            work(snapshot);
        }
        if (!damaged.isEmpty()) {
            throw new ProblemException(damaged);
        }
        tree(home.out());
        configuration();
        sums.put("db/books.mv.db", NewFile.sha256(books.resolve("books.mv.db")));
        target.complete(sums);
        return new Result(sums.size(), bytes, linked);
    }

    /** The files that a run reads, and no other: a password may lie beside them. */
    private void configuration() throws IOException {
        Path folder = home.root().resolve("config");
        if (Files.isDirectory(folder)) {
            for (String name : ConfigurationSnapshot.read(folder).files()) {
                copy("config/" + name);
            }
        }
    }

    /** Every file of the inbox, as it is before the books are looked at. */
    private Map<String, String> inbox() throws IOException {
        tree(home.inbox());
        Map<String, String> inbox = new LinkedHashMap<>(sums);
        sums.clear();
        return inbox;
    }

    private void lake(VerificationStore listed, Set<String> dropped, List<Problem> damaged) throws IOException, Moved {
        List<ListedFile> files = listed.lakeFiles();
        progress.partitions(STEP, files.size());
        for (ListedFile each : files) {
            if (!dropped.contains(each.path())) {
                listed("lake/" + each.path(), each.sha256(), damaged);
            }
            progress.partitionDone(STEP);
        }
    }

    /** A delivery that is registered lies in the archive, or still in the inbox. */
    private void archive(
            VerificationStore listed, Set<String> dropped, Map<String, String> inbox, List<Problem> damaged)
            throws IOException, Moved {
        for (ArchivedFile each : listed.archive()) {
            String waiting = "inbox/" + each.place();
            boolean waits = each.sha256().equals(inbox.get(waiting));
            if (dropped.contains(each.path())) {
                continue;
            }
            if (Files.exists(home.lake().resolve(each.path()))) {
                listed("lake/" + each.path(), each.sha256(), damaged);
                if (waits) {
                    inbox.remove(waiting);
                }
            } else if (!waits && !each.refused()) {
                listed("lake/" + each.path(), each.sha256(), damaged);
            }
        }
    }

    /** What an interrupted run, or one at work, has described and reads again. */
    private void work(SnapshotBooks snapshot) throws IOException, Moved {
        for (Run run : snapshot.runs().unfinished()) {
            tree(home.work(run.id()));
            if (snapshot.files().hasWork(run.id()) && !Files.isDirectory(home.work(run.id()))) {
                throw new Moved();
            }
        }
    }

    /** Copies a file that the books list. */
    private void listed(String name, @Nullable String sha256, List<Problem> damaged) throws IOException, Moved {
        if (sums.containsKey(name)) {
            return;
        }
        try {
            String found = copy(name);
            if (sha256 != null && !found.equals(sha256)) {
                damaged.add(Problem.of(
                        ProblemCode.FILE_DAMAGED,
                        Place.file(name),
                        "its SHA-256 is " + found + ", the books list " + sha256 + "; no backup was made"));
            }
        } catch (NoSuchFileException gone) {
            if (!missing.add(name)) {
                damaged.add(
                        Problem.of(ProblemCode.FILE_DAMAGED, Place.file(name), "it is not there; no backup was made"));
                return;
            }
            throw new Moved();
        }
    }

    /** Copies whatever is below a folder of the home; what goes meanwhile is left out. */
    private void tree(Path folder) throws IOException {
        for (Path file : Folder.insideFirst(folder)) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            String name = Folder.name(home.root(), file);
            if (!isUnfinished(name) && !LOG.matcher(name).matches() && !sums.containsKey(name)) {
                try {
                    copy(name);
                } catch (NoSuchFileException gone) {
                    sums.remove(name);
                }
            }
        }
    }

    /** In the inbox nothing is written by Saldo, and a delivery may be called as our own beginnings are. */
    private static boolean isUnfinished(String name) {
        return name.endsWith(".part") || (name.endsWith(StoredFile.UNFINISHED) && !name.startsWith("inbox/"));
    }

    /**
     * Copies a file and enters its hash, which it returns. A copy that is there with that hash, or in the previous backup, is
     * taken instead; the file itself is read all the same, so that an older copy does not hide that it is damaged by now.
     */
    private String copy(String name) throws IOException {
        Path from = home.root().resolve(name);
        Path to = target.home().resolve(name);
        boolean mayBeThere = previous != null || Files.exists(to);
        String sha256 = mayBeThere ? NewFile.sha256(from) : "";
        if (!mayBeThere || (!hasHash(to, sha256) && !link(name, sha256, to))) {
            try (NewFile copy = NewFile.at(target.home(), name)) {
                Files.copy(from, copy);
                StoredFile stored = copy.commit();
                sha256 = stored.sha256();
                bytes += stored.bytes();
            }
        }
        sums.put(name, sha256);
        return sha256;
    }

    private boolean link(String name, String sha256, Path to) throws IOException {
        if (previous == null || !sha256.equals(before.get(name))) {
            return false;
        }
        Path known = previous.home().resolve(name);
        if (!hasHash(known, sha256)) {
            return false;
        }
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, known);
        } catch (UnsupportedOperationException | IOException otherDisk) {
            return false;
        }
        linked++;
        return true;
    }

    private static boolean hasHash(Path file, String sha256) throws IOException {
        return Files.isRegularFile(file) && NewFile.sha256(file).equals(sha256);
    }
}
