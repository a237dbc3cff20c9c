package io.saldo.app.statement;

import io.saldo.app.home.Home;
import io.saldo.statement.Checkpoint;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a run finds a shard's checkpoints and leaves its own.
 *
 * @param folder of all shards
 * @param previous the file that earlier runs left, relative to the folder; empty where there is none
 * @param next the file that this run leaves, relative to the folder
 * @param run the run
 * @param computedWith hash of all that concerns every account: no checkpoint holds that was made with another
 */
public record CheckpointPlace(String folder, String previous, String next, long run, String computedWith) {
    private static final String SUFFIX = ".checkpoints";

    /** Goes on from the newest file of earlier runs; later ones do not count. */
    public static CheckpointPlace of(Home home, int shard, long run, String programVersion, String figuresSha256) {
        String ofShard = String.format(Locale.ROOT, "shard=%02d", shard);
        String next = String.format(Locale.ROOT, "run-%06d%s", run, SUFFIX);
        String previous = newestBefore(home.checkpoints().resolve(ofShard), next);
        return new CheckpointPlace(
                home.place(home.checkpoints()),
                previous.isEmpty() ? "" : ofShard + "/" + previous,
                ofShard + "/" + next,
                run,
                new Identity().contentId(List.of(Integer.toString(Checkpoint.VERSION), programVersion, figuresSha256)));
    }

    /** The place in a home that lies there, of a folder that is named by its place in the home. */
    CheckpointPlace in(Path home) {
        return new CheckpointPlace(home.resolve(folder).toString(), previous, next, run, computedWith);
    }

    private static String newestBefore(Path folder, String next) {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX) && name.compareTo(next) < 0)
                    .max(String::compareTo)
                    .orElse("");
        } catch (IOException unreadable) {
            // What cannot be listed is not there: the months are computed whole.
            return "";
        }
    }
}
