package io.saldo.bench;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Settings;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.gather.GatherPartition;
import io.saldo.lake.identity.IdentityManifest;
import io.saldo.lake.identity.IdentityPartition;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.intake.ScatterPartition;
import io.saldo.lake.source.SourceFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Scatter, identity and gather of one night with the partitions of the application, and in their order: largest first.
 *
 * <p>Plain code hands the manifests on that the books would keep.
 */
final class BulkIntake {
    private final String night;
    private final long run;
    private final Configuration configuration;
    private final SourceFormat format;
    private final long asOfMicros;
    private final Path lake;
    private final Path work;
    private final int threads;

    /**
     * A night.
     *
     * @param night names its files, unique in the lake
     * @param run its number in the column that says who brought a row
     * @param asOfMicros the end of the business date
     */
    BulkIntake(
            String night,
            long run,
            Configuration configuration,
            SourceFormat format,
            long asOfMicros,
            Path lake,
            Path work,
            int threads)
            throws IOException {
        this.night = night;
        this.run = run;
        this.configuration = configuration;
        this.format = format;
        this.asOfMicros = asOfMicros;
        this.lake = Files.createDirectories(lake);
        this.work = Files.createDirectories(work);
        this.threads = threads;
        configuration.accountDirectory().write(work, "accounts");
    }

    /** Runs partitions, so many at once, and returns their manifests in order. */
    static <M> List<M> run(List<Callable<M>> partitions, int threads) {
        List<M> manifests = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (Future<M> manifest : executor.invokeAll(partitions)) {
                manifests.add(manifest.get());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a partition failed", failure);
        } finally {
            executor.shutdownNow();
        }
        return manifests;
    }

    /** A partition for each file, as deliveries from that number on. */
    List<Callable<ScatterManifest>> scatter(List<Path> files, long firstDelivery) {
        Settings settings = configuration.settings();
        List<Callable<ScatterManifest>> partitions = new ArrayList<>();
        List<Integer> largestFirst = IntStream.range(0, files.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                        (Integer file) -> -files.get(file).toFile().length()))
                .toList();
        for (int file : largestFirst) {
            partitions.add(new ScatterPartition(
                    String.format(Locale.ROOT, "%s-b%04d", night, file),
                    ScatterPartition.Input.DELIVERY,
                    files.get(file).toString(),
                    firstDelivery + file,
                    format,
                    asOfMicros,
                    horizonStart(),
                    settings.billingZone().id().getId(),
                    work.resolve("accounts").toString(),
                    settings.accountShards(),
                    settings.identityShards(),
                    work.toString(),
                    lake.toString(),
                    budgetBytes())::run);
        }
        return partitions;
    }

    /** A partition for each identity shard. */
    List<Callable<IdentityManifest>> identity(List<ScatterManifest> scattered, List<IndexSegment> index) {
        Settings settings = configuration.settings();
        List<RunFile> runFiles = runFiles(scattered);
        List<Callable<IdentityManifest>> partitions = new ArrayList<>();
        for (int each = 0; each < settings.identityShards(); each++) {
            int shard = each;
            partitions.add(new IdentityPartition(
                    String.format(Locale.ROOT, "%s-i%04d", night, shard),
                    shard,
                    settings.accountShards(),
                    runFiles,
                    index.stream().filter(segment -> segment.shard() == shard).toList(),
                    horizonStart(),
                    work.toString(),
                    lake.toString(),
                    budgetBytes())::run);
        }
        return partitions;
    }

    /** A partition for each account shard. */
    List<Callable<GatherManifest>> gather(List<ScatterManifest> scattered, List<IdentityManifest> compared) {
        Settings settings = configuration.settings();
        List<RunFile> runFiles = runFiles(scattered);
        List<String> outcomes =
                compared.stream().map(IdentityManifest::outcomeFile).toList();
        List<Callable<GatherManifest>> partitions = new ArrayList<>();
        List<Integer> largestFirst = IntStream.range(0, settings.accountShards())
                .boxed()
                .sorted(Comparator.comparingLong((Integer shard) -> -records(scattered, shard)))
                .toList();
        for (int shard : largestFirst) {
            partitions.add(new GatherPartition(
                    String.format(Locale.ROOT, "%s-g%04d", night, shard),
                    run,
                    shard,
                    runFiles,
                    outcomes,
                    work.toString(),
                    lake.toString(),
                    budgetBytes())::run);
        }
        return partitions;
    }

    private static long records(List<ScatterManifest> scattered, int shard) {
        return scattered.stream()
                .filter(manifest -> manifest.runFile() != null)
                .mapToLong(manifest -> manifest.accountShardRecords().get(shard))
                .sum();
    }

    private static List<RunFile> runFiles(List<ScatterManifest> scattered) {
        return scattered.stream()
                .map(ScatterManifest::runFile)
                .filter(Objects::nonNull)
                .toList();
    }

    private long horizonStart() {
        return asOfMicros - configuration.settings().identityHorizonDays() * 86_400_000_000L;
    }

    private long budgetBytes() {
        return configuration.settings().memoryBudgetBytes() / threads;
    }
}
