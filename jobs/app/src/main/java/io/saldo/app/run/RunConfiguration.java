package io.saldo.app.run;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.LoadedConfiguration;
import io.saldo.app.config.Source;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configuration that a run fixed, loaded.
 *
 * @param snapshot its files
 * @param configuration what they say
 * @param heldAccounts accounts that are not computed until their rows or prices are mended
 * @param problems what is wrong with those, sorted by place
 */
public record RunConfiguration(
        ConfigurationSnapshot snapshot, Configuration configuration, Set<String> heldAccounts, List<Problem> problems) {
    /**
     * Loads a snapshot.
     *
     * @throws ProblemException with all problems when no run may start with it
     */
    public static RunConfiguration load(ConfigurationSnapshot snapshot) {
        LoadedConfiguration loaded = ConfigurationLoader.load(snapshot);
        Configuration configuration = loaded.configuration();
        if (configuration == null) {
            throw new ProblemException(loaded.problems());
        }
        return new RunConfiguration(snapshot, configuration, loaded.heldAccounts(), loaded.problems());
    }

    /** What that run fixed, whatever the configuration folder says by now. */
    public static RunConfiguration of(Run run, RunStore runs) {
        return load(ConfigurationSnapshot.of(runs.configuration(run.id())));
    }

    /** The sources that the run fixed, by name, without those that this program takes for wrong. */
    public static Map<String, Source> sources(long runId, RunStore runs) {
        return ConfigurationLoader.sources(
                ConfigurationSnapshot.of(runs.configuration(runId, ConfigurationLoader.SOURCES_FOLDER)));
    }
}
