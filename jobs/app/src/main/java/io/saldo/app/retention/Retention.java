package io.saldo.app.retention;

import io.saldo.app.config.RetentionSettings;
import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.app.intake.Registration;
import io.saldo.app.run.Run;
import io.saldo.app.store.BooksCheckpoint;
import io.saldo.app.store.DroppedFileStore;
import io.saldo.app.store.DroppedFileStore.Dropped;
import io.saldo.app.store.DroppedFileStore.Old;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds what is old enough to go, says what keeps the rest, and lets it go. */
@Component
public class Retention {
    /** The setting for archived deliveries. */
    public static final String DELIVERIES = "deliveries-months";

    /** The setting for rejected records. */
    public static final String REJECTED = "rejected-months";

    /** The setting for reports. */
    public static final String REPORTS = "reports-months";

    private final DroppedFileStore books;
    private final RunStore runs;
    private final BooksCheckpoint checkpoint;
    private final TransactionTemplate transaction;

    /** Over the books. */
    public Retention(
            DroppedFileStore books,
            RunStore runs,
            BooksCheckpoint checkpoint,
            PlatformTransactionManager transactions) {
        this.books = books;
        this.runs = runs;
        this.checkpoint = checkpoint;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Something old.
     *
     * @param path relative to the home
     * @param rule the setting that would let it go
     * @param night when it came
     * @param keptFor why it stays; empty where it goes
     */
    public record Candidate(String path, String rule, LocalDate night, long bytes, String keptFor) {
        /** Whether it goes. */
        public boolean goes() {
            return keptFor.isEmpty();
        }
    }

    /** Everything that is older than the settings say on that date, by path. */
    public List<Candidate> plan(Home home, RetentionSettings settings, LocalDate on) throws IOException {
        Map<String, Candidate> found = new TreeMap<>();
        if (settings.deliveriesMonths() > 0) {
            LocalDate before = on.minusMonths(settings.deliveriesMonths());
            listed(home, DELIVERIES, books.deliveriesBefore(before), found);
            repeats(home, before, found);
        }
        if (settings.rejectedMonths() > 0) {
            listed(home, REJECTED, books.untakenBefore(on.minusMonths(settings.rejectedMonths())), found);
        }
        if (settings.reportsMonths() > 0) {
            reports(home, on.minusMonths(settings.reportsMonths()), found);
        }
        return List.copyOf(found.values());
    }

    /** A file of several deliveries goes when nothing of any of them is needed. */
    private static void listed(Home home, String rule, List<Old> old, Map<String, Candidate> found) throws IOException {
        for (Old each : old) {
            Path file = home.lake().resolve(each.path());
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Candidate candidate =
                        new Candidate("lake/" + each.path(), rule, each.night(), Files.size(file), each.keptFor());
                found.merge(candidate.path(), candidate, (one, other) -> one.goes() ? other : one);
            }
        }
    }

    /** What came again goes by its age alone: nothing reads it, and the same bytes stay where they came first, by the rule for these. */
    private void repeats(Home home, LocalDate before, Map<String, Candidate> found) throws IOException {
        Set<String> listed = new HashSet<>(books.paths());
        for (Map.Entry<LocalDate, Path> night :
                nights(home.lake().resolve("deliveries"), before).entrySet()) {
            for (Path file : Folder.insideFirst(night.getValue())) {
                String path = Folder.name(home.lake(), file);
                boolean repeat = String.valueOf(file.getFileName()).startsWith(Registration.REPEAT)
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                if (repeat && !listed.contains(path)) {
                    Candidate candidate =
                            new Candidate("lake/" + path, DELIVERIES, night.getKey(), Files.size(file), "");
                    found.put(candidate.path(), candidate);
                }
            }
        }
    }

    private static void reports(Home home, LocalDate before, Map<String, Candidate> found) throws IOException {
        for (Map.Entry<LocalDate, Path> night :
                nights(home.out().resolve("nights"), before).entrySet()) {
            List<Path> removable = Folder.removable(night.getValue());
            long bytes = 0;
            for (Path each : removable) {
                bytes += Files.isRegularFile(each) ? Files.size(each) : 0;
            }
            if (!removable.isEmpty()) {
                String path = Folder.name(home.root(), night.getValue());
                found.put(path, new Candidate(path, REPORTS, night.getKey(), bytes, ""));
            }
        }
    }

    /** The folders of nights before that date. */
    private static Map<LocalDate, Path> nights(Path folder, LocalDate before) throws IOException {
        Map<LocalDate, Path> nights = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> folders = Files.list(folder)) {
                for (Path each : folders.toList()) {
                    LocalDate night = night(String.valueOf(each.getFileName()));
                    if (night != null && night.isBefore(before)) {
                        nights.put(night, each);
                    }
                }
            }
        }
        return nights;
    }

    /** The night of a folder; null of one that is somebody else's. */
    private static @Nullable LocalDate night(String folder) {
        try {
            return LocalDate.parse(folder);
        } catch (DateTimeParseException other) {
            return null;
        }
    }

    /**
     * Lets go what goes: lists files of the lake in the books, forces these to the disk, and deletes. Cut off in between, the next
     * time deletes what is listed.
     *
     * @throws ProblemException with {@code INTERRUPTED_RUN} in the middle of a run, which may read any file again
     */
    public void drop(Home home, List<Candidate> plan, LocalDate on) throws IOException {
        for (Run unfinished : runs.unfinished()) {
            throw new ProblemException(
                    ProblemCode.INTERRUPTED_RUN,
                    Place.NOWHERE,
                    "run " + unfinished.id() + " is not finished, and may read any file again");
        }
        List<Dropped> dropped = plan.stream()
                .filter(each -> each.goes() && each.path().startsWith("lake/"))
                .map(each -> new Dropped(each.path().substring("lake/".length()), each.bytes(), each.rule(), on))
                .toList();
        transaction.executeWithoutResult(status -> books.add(dropped));
        checkpoint.force();
        for (Candidate each : plan) {
            if (each.goes() && !each.path().startsWith("lake/")) {
                for (Path path : Folder.removable(home.root().resolve(each.path()))) {
                    Files.delete(path);
                }
            }
        }
        for (String path : books.paths()) {
            Files.deleteIfExists(home.lake().resolve(path));
        }
    }
}
