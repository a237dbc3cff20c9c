package io.saldo.app.intake;

import io.saldo.app.run.Run;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.lake.intake.ScatterManifest;
import java.util.List;

/** What the step scatter handed back, of the deliveries that are taken. */
public final class ScatteredManifests {
    private final ManifestStore manifests;
    private final DeliveryStore deliveries;

    /** Over the books. */
    public ScatteredManifests(ManifestStore manifests, DeliveryStore deliveries) {
        this.manifests = manifests;
        this.deliveries = deliveries;
    }

    /** Everything that was read, taken or not. */
    List<ScatterManifest> all(Run run) {
        return manifests.all(run.id(), ScatterWork.STEP, ScatterManifest.class);
    }

    /** What goes on to identity: the books refused nothing of it. Only after {@link Admission}. */
    List<ScatterManifest> taken(Run run) {
        return all(run).stream()
                .filter(manifest -> isOfHeld(manifest)
                        ? manifest.deliveryProblem() == null
                        : deliveries.refusal(manifest.delivery()).isEmpty())
                .toList();
    }

    /** Whether it is of records that an earlier run held. */
    static boolean isOfHeld(ScatterManifest manifest) {
        return manifest.name().contains("-a-");
    }
}
