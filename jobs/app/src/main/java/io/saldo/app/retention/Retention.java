package io.saldo.app.retention;

import io.saldo.app.config.RetentionSettings;
import io.saldo.app.home.Home;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
            listed(home, DELIVERIES, books.deliveriesBefore(on.minusMonths(settings.deliveriesMonths())), found);
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
            if (Files.isRegularFile(file)) {
                Candidate candidate =
                        new Candidate("lake/" + each.path(), rule, each.night(), Files.size(file), each.keptFor());
                found.merge(candidate.path(), candidate, (one, other) -> one.goes() ? other : one);
            }
        }
    }

    private static void reports(Home home, LocalDate before, Map<String, Candidate> found) throws IOException {
        Path nights = home.out().resolve("nights");
        if (!Files.isDirectory(nights)) {
            return;
        }
        try (Stream<Path> folders = Files.list(nights)) {
            for (Path folder : folders.toList()) {
                String name = String.valueOf(folder.getFileName());
                LocalDate night = night(name);
                if (night != null && night.isBefore(before)) {
                    long bytes = 0;
                    for (Path file : insideFirst(folder)) {
                        bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
                    }
                    String path = "out/nights/" + name;
                    found.put(path, new Candidate(path, REPORTS, night, bytes, ""));
                }
            }
        }
    }

    /** The night of a folder of reports; null of one that is somebody else's. */
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
                for (Path path : insideFirst(home.root().resolve(each.path()))) {
                    Files.delete(path);
                }
            }
        }
        for (String path : books.paths()) {
            Files.deleteIfExists(home.lake().resolve(path));
        }
    }

    private static List<Path> insideFirst(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return new ArrayList<>(walk.sorted(Comparator.reverseOrder()).toList());
        }
    }
}
