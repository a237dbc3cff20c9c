package io.saldo.lake.intake;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.file.StoredFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
    private static final int MAGIC = 0x53414331;

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
        accountIds = Collections.unmodifiableSet(new TreeSet<>(accountIds));
        TreeMap<String, List<KeyAssignment>> copy = new TreeMap<>();
        keys.forEach((key, assignments) -> copy.put(key, List.copyOf(assignments)));
        keys = Collections.unmodifiableMap(copy);
    }

    /** Writes it as the file that scatter partitions read. */
    public StoredFile write(Path folder, String path) throws IOException {
        try (NewFile file = NewFile.at(folder, path)) {
            DataOutputStream output = new DataOutputStream(file);
            output.writeInt(MAGIC);
            output.writeInt(accountIds.size());
            for (String accountId : accountIds) {
                writeText(output, accountId);
            }
            output.writeInt(keys.size());
            for (Map.Entry<String, List<KeyAssignment>> key : keys.entrySet()) {
                writeText(output, key.getKey());
                output.writeInt(key.getValue().size());
                for (KeyAssignment assignment : key.getValue()) {
                    writeText(output, assignment.accountId());
                    output.writeLong(assignment.fromMicros());
                    output.writeLong(assignment.toMicros());
                }
            }
            output.flush();
            return file.commit();
        }
    }

    /** Reads what {@link #write} wrote. */
    public static AccountDirectory read(Path file) throws IOException {
        try (DataInputStream input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (input.readInt() != MAGIC) {
                throw new IOException(file.getFileName() + " is no account directory");
            }
            Set<String> accountIds = new TreeSet<>();
            for (int left = input.readInt(); left > 0; left--) {
                accountIds.add(readText(input));
            }
            Map<String, List<KeyAssignment>> keys = new TreeMap<>();
            for (int left = input.readInt(); left > 0; left--) {
                String key = readText(input);
                List<KeyAssignment> assignments = new ArrayList<>();
                for (int assignment = input.readInt(); assignment > 0; assignment--) {
                    assignments.add(new KeyAssignment(readText(input), input.readLong(), input.readLong()));
                }
                keys.put(key, assignments);
            }
            return new AccountDirectory(accountIds, keys);
        }
    }

    private static void writeText(DataOutputStream output, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.writeInt(bytes.length);
        output.write(bytes);
    }

    private static String readText(DataInputStream input) throws IOException {
        return new String(input.readNBytes(input.readInt()), StandardCharsets.UTF_8);
    }
}
