package io.saldo.app.config;

/** Reads a snapshot as a configuration, and tells everything that is wrong with it at once. */
@SuppressWarnings("DoNotCallSuggester")
public final class ConfigurationLoader {
    private ConfigurationLoader() {}

    /** Reads and checks all files. The same snapshot always gives the same result. */
    public static LoadedConfiguration load(ConfigurationSnapshot snapshot) {
        throw new UnsupportedOperationException(snapshot.sha256());
    }
}
