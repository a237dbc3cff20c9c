package io.saldo.app.run;

import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.lake.file.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what nobody needs any more: lake files that no row lists, whether a crash left them, unfinished or whole, or
 * their rows were merged into other files; work of runs that have ended; and checkpoints before the newest. Folders of the lake stay, also empty ones: no reader
 * sees them. A link is an operator's and stays.
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
        List<Path> orphans = orphans(home.lake(), listed);
        for (Path path : orphans) {
            Files.delete(path);
        }
        for (Path path : Folder.removable(home.root().resolve("work"))) {
            Files.delete(path);
        }
        removeOldCheckpoints(home);
        return orphans.size();
    }

    private static List<Path> orphans(Path lake, Set<String> listed) throws IOException {
        List<Path> inside = Folder.insideFirst(lake);
        List<Path> links = inside.stream().filter(Files::isSymbolicLink).toList();
        List<Path> orphans = new ArrayList<>();
        List<Path> behindLinks = new ArrayList<>();
        Set<Path> known = new HashSet<>();
        for (Path path : inside) {
            String name = Folder.name(lake, path);
            // The archive is evidence, and no list but that of the deliveries speaks of it.
            boolean archived = name.startsWith(DELIVERIES + "/");
            if (listed.contains(name)) {
                if (!links.isEmpty()) {
                    known.add(path.toRealPath());
                }
            } else if (!archived && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                boolean behindLink = links.stream().anyMatch(path::startsWith);
                (behindLink ? behindLinks : orphans).add(path);
            }
        }
        for (Path path : behindLinks) {
            // A linked folder may have another name too, under which its files count, and may hold what is somebody
            // else's.
            if (String.valueOf(path.getFileName()).startsWith("run-") && known.add(path.toRealPath())) {
                orphans.add(path);
            }
        }
        return orphans;
    }

    /** Of each shard, all but the newest: it has what is still of use in the others. */
    private static void removeOldCheckpoints(Home home) throws IOException {
        Path newer = null;
        for (Path path : Folder.insideFirst(home.checkpoints())) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
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
}
