package io.saldo.app.run;

import io.saldo.app.config.Source;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.RunStore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How sources wrote when they delivered, whatever their files say by now: by the configuration of the run that took it. */
public final class DeliveredSources {
    private final RunStore runs;
    private final Map<Long, Map<String, Source>> byRun = new HashMap<>();

    /** Over the books. */
    public DeliveredSources(RunStore runs) {
        this.runs = runs;
    }

    /** The source of a delivery as its run fixed it; null where this program takes its file for wrong. */
    public @Nullable Source of(Delivery delivery) {
        return byRun.computeIfAbsent(delivery.runId(), run -> RunConfiguration.sources(run, runs))
                .get(delivery.source());
    }
}
