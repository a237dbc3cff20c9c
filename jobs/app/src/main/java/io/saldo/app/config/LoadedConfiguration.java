package io.saldo.app.config;

import io.saldo.problem.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What loading came to.
 *
 * @param configuration null exactly when it stops
 * @param problems of all files, sorted by place
 * @param heldAccounts accounts that must not be computed until what is wrong with them or their prices is mended
 * @param stops whether no run may start with it
 */
public record LoadedConfiguration(
        @Nullable Configuration configuration, List<Problem> problems, Set<String> heldAccounts, boolean stops) {
    /** Keeps copies that nobody can change. */
    public LoadedConfiguration {
        problems = problems.stream().sorted().toList();
        heldAccounts = Collections.unmodifiableSet(new TreeSet<>(heldAccounts));
        if ((configuration == null) != stops) {
            throw new IllegalArgumentException("a configuration is there exactly when it does not stop");
        }
    }
}
