package io.saldo.app.run;

import io.saldo.app.home.Home;
import io.saldo.lake.file.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Removes what nobody needs any more: lake files that no row lists, whether a crash left them, unfinished or whole, or
 * their rows were merged into other files; work of runs that have ended; and checkpoints before the newest. Folders of the lake stay, also empty ones: no reader
 * sees them.
 */
public final class OrphanFiles {
    private static final String DELIVERIES = "deliveries";

    private OrphanFiles() {}

    /**
     * Removes them. Only while no run is unfinished.
     *
     * @param listed paths relative to the lake that count
     * @return how many files of the lake were removed
     */
    public static int remove(Home home, Set<String> listed) throws IOException {
        int removed = 0;
        for (Path path : insideFirst(home.lake())) {
            String name = home.lake().relativize(path).toString().replace('\\', '/');
            // The archive is evidence, and no list but that of the deliveries speaks of it.
            boolean archived = name.startsWith(DELIVERIES + "/");
            if (!archived && !listed.contains(name) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(path);
                removed++;
            }
        }
        for (Path path : insideFirst(home.root().resolve("work"))) {
            Files.delete(path);
        }
        removeOldCheckpoints(home);
        return removed;
    }

    /** Of each shard, all but the newest: it has what is still of use in the others. */
    private static void removeOldCheckpoints(Home home) throws IOException {
        Path newer = null;
        for (Path path : insideFirst(home.checkpoints())) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                boolean old = newer != null
                        && path.resolveSibling(newer.getFileName()).equals(newer);
                if (old || path.toString().endsWith(StoredFile.UNFINISHED)) {
                    Files.delete(path);
                } else {
                    newer = path;
                }
            }
        }
    }

    /** A folder and all in it, each thing after what is in it; nothing where there is no such folder. */
    private static List<Path> insideFirst(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        }
    }
}
