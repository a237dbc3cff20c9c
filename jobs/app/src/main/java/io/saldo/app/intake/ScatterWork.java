package io.saldo.app.intake;

import io.saldo.app.config.Settings;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.DeliveredSources;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.intake.ScatterPartition;
import io.saldo.lake.source.SourceFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Step scatter: a partition for each delivery of usage, and for each file of records that an earlier run held. */
public final class ScatterWork implements PartitionedWork<ScatterPartition, ScatterManifest> {
    /** The step's name. */
    public static final String STEP = "scatter";

    private static final String DIRECTORY = "accounts.directory";

    private final Home home;
    private final RunConfiguration configuration;
    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final LakeStore lake;
    private final RunStore runs;

    /** For a run with that configuration. */
    public ScatterWork(
            Home home,
            RunConfiguration configuration,
            DeliveryStore deliveries,
            UntakenStore untaken,
            LakeStore lake,
            RunStore runs) {
        this.home = home;
        this.configuration = configuration;
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.lake = lake;
        this.runs = runs;
    }

    @Override
    public String step() {
        return STEP;
    }

    @Override
    public Class<ScatterPartition> descriptionType() {
        return ScatterPartition.class;
    }

    @Override
    public SortedMap<String, ScatterPartition> describe(Run run) {
        long horizonStart = Math.max(
                configuration.configuration().settings().horizonStart(run.businessDate()), lake.identityKnownFrom());
        SortedMap<String, ScatterPartition> partitions = new TreeMap<>();
        DeliveredSources delivered = new DeliveredSources(runs);
        for (UntakenStore.HeldFile held : untaken.heldFilesBefore(run.id())) {
            Delivery delivery = deliveries.get(held.deliveryId());
            Source source = delivered.of(delivery);
            if (source != null && source.usage() != null) {
                add(partitions, run, delivery, source.usage(), ScatterPartition.Input.HELD, held.path(), horizonStart);
            }
        }
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            Source source = configuration.configuration().sources().get(delivery.source());
            if (source != null
                    && source.usage() != null
                    && !isRefusedAtSight(delivery)
                    && Files.exists(home.lake().resolve(delivery.archivePath()))) {
                add(
                        partitions,
                        run,
                        delivery,
                        source.usage(),
                        ScatterPartition.Input.DELIVERY,
                        delivery.archivePath(),
                        horizonStart);
            }
        }
        if (!partitions.isEmpty()) {
            try {
                Files.createDirectories(home.work(run.id()));
                configuration.configuration().accountDirectory().write(home.work(run.id()), DIRECTORY);
            } catch (IOException cannotWrite) {
                throw new UncheckedIOException(cannotWrite);
            }
        }
        return partitions;
    }

    /** Whether its control file speaks against it without a look at its records; the same after a restart. */
    private boolean isRefusedAtSight(Delivery delivery) {
        return deliveries
                .control(delivery.id())
                .flatMap(control -> ControlFiles.refusalOfFile(control.figures(), delivery.sha256()))
                .isPresent();
    }

    /** The name sorts as records are taken: what was held first, then by delivery. */
    private void add(
            SortedMap<String, ScatterPartition> partitions,
            Run run,
            Delivery delivery,
            SourceFormat format,
            ScatterPartition.Input input,
            String path,
            long horizonStart) {
        Settings settings = configuration.configuration().settings();
        String name = run.name()
                + String.format(
                        Locale.ROOT, "-%s-%08d", input == ScatterPartition.Input.HELD ? "a" : "b", delivery.id());
        if (partitions.containsKey(name)) {
            name = name + "-" + partitions.size();
        }
        partitions.put(
                name,
                new ScatterPartition(
                        name,
                        input,
                        home.place(home.lake().resolve(path)),
                        delivery.id(),
                        format,
                        run.asOf(),
                        horizonStart,
                        settings.billingZone().id().getId(),
                        home.place(home.work(run.id()).resolve(DIRECTORY)),
                        settings.accountShards(),
                        settings.identityShards(),
                        home.place(home.work(run.id())),
                        home.place(home.lake()),
                        settings.memoryBudgetBytes() / settings.threads()));
    }

    /** The bytes of its file, as they were delivered. */
    @Override
    public long size(ScatterPartition description) {
        return home.root().resolve(description.inputPath()).toFile().length();
    }

    @Override
    public ScatterManifest execute(ScatterPartition description) throws IOException {
        return description.in(home.root()).run();
    }

    /** What was made counts only once the delivery as a whole is admitted: see {@link Admission}. */
    @Override
    public void commit(Run run, String partition, ScatterManifest manifest) {}
}
