package io.saldo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that a benchmark made for itself. */
final class Folders {
    private Folders() {}

    /** The usage deliveries that the load generator left in a folder, in the order of their days. */
    static List<Path> usage(Path generated) throws IOException {
        try (Stream<Path> paths = Files.walk(generated.resolve("deliveries"))) {
            return paths.filter(path -> String.valueOf(path.getFileName()).startsWith("usage-"))
                    .sorted()
                    .toList();
        }
    }

    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
