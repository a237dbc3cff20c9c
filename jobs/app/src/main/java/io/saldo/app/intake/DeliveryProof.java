package io.saldo.app.intake;

import io.saldo.app.run.Run;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Proves for each delivery of a run that every record is in exactly one place, and enters the counts. */
public final class DeliveryProof {
    private final ManifestStore manifests;
    private final ScatteredManifests scattered;
    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final OutcomeStore outcomes;

    /** Over the books. */
    public DeliveryProof(
            ManifestStore manifests,
            ScatteredManifests scattered,
            DeliveryStore deliveries,
            UntakenStore untaken,
            OutcomeStore outcomes) {
        this.manifests = manifests;
        this.scattered = scattered;
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.outcomes = outcomes;
    }

    /**
     * Adds up what scatter forwarded and what gather made of it.
     *
     * @throws ProblemException with {@code PROOF_FAILED} when a record was lost or doubled between the two
     */
    public void prove(Run run) {
        Map<Long, List<GatherManifest.DeliveryCount>> gathered = new TreeMap<>();
        for (GatherManifest manifest : manifests.all(run.id(), GatherWork.STEP, GatherManifest.class)) {
            manifest.deliveries().forEach(count -> gathered.computeIfAbsent(count.delivery(), id -> new ArrayList<>())
                    .add(count));
        }
        Map<Long, DeliveryCounts> fresh = new TreeMap<>();
        Map<Long, DeliveryCounts> held = new TreeMap<>();
        Map<Long, Long> forwarded = new TreeMap<>();
        for (ScatterManifest manifest : scattered.taken(run)) {
            boolean again = ScatteredManifests.isOfHeld(manifest);
            DeliveryCounts counts = new DeliveryCounts(
                    manifest.records(),
                    0,
                    0,
                    0,
                    manifest.rejected(),
                    manifest.held(),
                    0,
                    manifest.inputTokens(),
                    manifest.outputTokens());
            if (manifest.deliveryProblem() == null) {
                (again ? held : fresh).merge(manifest.delivery(), counts, DeliveryCounts::plus);
                forwarded.merge(manifest.delivery(), manifest.forwarded(), Long::sum);
            }
        }
        forwarded.forEach((deliveryId, count) -> {
            long accepted = 0;
            long duplicate = 0;
            long conflict = 0;
            long notBillable = 0;
            for (GatherManifest.DeliveryCount each : gathered.getOrDefault(deliveryId, List.of())) {
                accepted += each.accepted();
                duplicate += each.duplicate();
                conflict += each.conflict();
                notBillable += each.notBillable();
            }
            if (count != accepted + duplicate + conflict) {
                throw new ProblemException(
                        ProblemCode.PROOF_FAILED,
                        Place.file(deliveries.get(deliveryId).place()),
                        count + " records were forwarded, but " + accepted + " accepted, " + duplicate
                                + " duplicates and " + conflict + " conflicts came out");
            }
            DeliveryCounts taken = new DeliveryCounts(
                    0, accepted, duplicate, conflict, 0, 0, notBillable, BigInteger.ZERO, BigInteger.ZERO);
            DeliveryCounts first = fresh.get(deliveryId);
            if (first != null) {
                outcomes.add(deliveryId, run.id(), first.plus(taken));
            } else {
                // Tokens of a held record were counted on the night that held it.
                DeliveryCounts again = held.getOrDefault(deliveryId, DeliveryCounts.NONE);
                outcomes.moveHeld(
                        deliveryId,
                        run.id(),
                        new DeliveryCounts(
                                again.records(),
                                accepted,
                                duplicate,
                                conflict,
                                again.rejected(),
                                again.held(),
                                notBillable,
                                BigInteger.ZERO,
                                BigInteger.ZERO));
            }
        });
        untaken.heldFilesBefore(run.id()).stream()
                .filter(file -> held.containsKey(file.deliveryId()))
                .forEach(file -> untaken.releaseHeldFile(file.path(), run.id()));
    }
}
