package io.saldo.app.verification;

import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.RunStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations that runs fixed, loaded once each as long as there are few: nights in a row mostly have the same. */
final class RunConfigurations {
    private static final int KEPT = 8;

    private final RunStore runs;
    private final Map<String, RunConfiguration> loaded = new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunConfiguration> eldest) {
            return size() > KEPT;
        }
    };

    RunConfigurations(RunStore runs) {
        this.runs = runs;
    }

    /** What that run fixed. */
    synchronized RunConfiguration of(Run run) {
        RunConfiguration known = loaded.get(run.configurationSha256());
        if (known == null) {
            known = RunConfiguration.of(run, runs);
            loaded.put(run.configurationSha256(), known);
        }
        return known;
    }

    /** What the run with that number fixed. */
    RunConfiguration of(long run) {
        return of(runs.find(run).orElseThrow());
    }
}
