package io.saldo.app.intake;

import io.saldo.app.run.Run;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.intake.ScatterManifest;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which of the deliveries that were read are taken: as a whole, or nothing of them.
 *
 * <p>It stands between scatter, which alone knows how many records and tokens a delivery has, and identity, so that a
 * delivery that does not agree with its control file claims no event id. The decision is a row of the books.
 */
public final class Admission {
    /** The step's name. */
    public static final String STEP = "admit";

    private final ScatteredManifests scattered;
    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final LakeStore lake;

    /** Over the books. */
    public Admission(ScatteredManifests scattered, DeliveryStore deliveries, UntakenStore untaken, LakeStore lake) {
        this.scattered = scattered;
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.lake = lake;
    }

    /** Refuses what does not agree with its control file, and enters what was rejected and held of the others. */
    public void admit(Run run) {
        Map<Long, DeliveryCounts> read = new TreeMap<>();
        for (ScatterManifest manifest : scattered.all(run)) {
            ScatterManifest.DeliveryProblem problem = manifest.deliveryProblem();
            // What an earlier run held is of a delivery that was taken: it goes on waiting until it can be read again.
            if (problem != null
                    && !ScatteredManifests.isOfHeld(manifest)
                    && deliveries.refusal(manifest.delivery()).isEmpty()) {
                deliveries.refuse(
                        manifest.delivery(), run.id(), DeliveryStore.Refusal.of(problem.code(), problem.message()));
            } else if (problem == null && !ScatteredManifests.isOfHeld(manifest)) {
                read.merge(manifest.delivery(), counts(manifest), DeliveryCounts::plus);
            }
        }
        read.forEach((delivery, counts) -> deliveries
                .control(delivery)
                .flatMap(control -> ControlFiles.refusalOfRecords(control.figures(), counts))
                .ifPresent(refusal -> deliveries.refuse(delivery, run.id(), refusal)));
        scattered.taken(run).forEach(manifest -> enter(run, manifest));
    }

    /** Where the records of a delivery are after scatter; those that were forwarded count as accepted until identity. */
    private static DeliveryCounts counts(ScatterManifest manifest) {
        return new DeliveryCounts(
                manifest.records(),
                manifest.forwarded(),
                0,
                0,
                manifest.rejected(),
                manifest.held(),
                0,
                manifest.inputTokens(),
                manifest.outputTokens());
    }

    private void enter(Run run, ScatterManifest manifest) {
        manifest.rejectedCounts()
                .forEach(count -> untaken.addRejection(new UntakenStore.Rejection(
                        manifest.delivery(),
                        run.id(),
                        count.code().id(),
                        count.records(),
                        count.firstLine(),
                        count.firstMessage())));
        if (manifest.rejectedFile() != null) {
            lake.addFile(run.id(), "rejected", manifest.rejectedFile());
            untaken.addRejectedFile(manifest.rejectedFile().path(), manifest.delivery(), run.id(), manifest.rejected());
        }
        if (manifest.heldFile() != null) {
            String path = manifest.heldFile().path();
            untaken.addHeldFile(manifest.heldFile(), manifest.delivery(), run.id(), manifest.held());
            manifest.heldCounts()
                    .forEach(count -> untaken.addHeldSubject(
                            path, count.byKey(), count.subject(), count.month(), count.records()));
        }
        if (!ScatteredManifests.isOfHeld(manifest)) {
            manifest.days()
                    .forEach(day -> deliveries.addDay(
                            manifest.delivery(), new DeliveryStore.Day(LocalDate.parse(day.date()), day.records())));
        }
    }
}
