package io.saldo.app.run;

import io.saldo.app.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Removes what a crash left: lake files that no row lists, and work of runs that have ended. */
public final class OrphanFiles {
    private static final String DELIVERIES = "deliveries";

    private OrphanFiles() {}

    /**
     * Removes them. Only while no run is unfinished.
     *
     * @param listed paths relative to the lake that count
     * @return how many files were removed
     */
    public static int remove(Home home, Set<String> listed) throws IOException {
        int removed = 0;
        if (Files.isDirectory(home.lake())) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(home.lake())) {
                files = walk.filter(Files::isRegularFile).toList();
            }
            for (Path file : files) {
                String path = home.lake().relativize(file).toString().replace('\\', '/');
                if (!path.startsWith(DELIVERIES + "/") && !listed.contains(path)) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        delete(home.root().resolve("work"));
        return removed;
    }

    /** Deletes a folder with everything in it. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
