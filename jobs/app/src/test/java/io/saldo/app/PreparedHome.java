package io.saldo.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A home that many tests begin with: prepared when the first of them asks, in each database, and copied for all. */
public final class PreparedHome {
    /** What is done to the new home. */
    @FunctionalInterface
    public interface Preparation {
        /** Does it. */
        void prepare(SmallHome home) throws IOException;
    }

    private final List<String> accounts;
    private final Preparation preparation;
    private final Map<OnEveryDatabase.Database, SmallHome> prepared = new EnumMap<>(OnEveryDatabase.Database.class);

    /** One with these accounts. */
    public PreparedHome(List<String> accounts, Preparation preparation) {
        this.accounts = List.copyOf(accounts);
        this.preparation = preparation;
    }

    /** A copy in that folder, which is made. */
    public SmallHome copyTo(Path root) throws IOException {
        SmallHome original = prepared.get(OnEveryDatabase.Database.inUse());
        if (original == null) {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/prepared-homes")), "");
            original = SmallHome.create(folder.resolve("home").toAbsolutePath(), accounts);
            preparation.prepare(original);
            prepared.put(OnEveryDatabase.Database.inUse(), original);
        }
        return original.copyTo(root);
    }
}
