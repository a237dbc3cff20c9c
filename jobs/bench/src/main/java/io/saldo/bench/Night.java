package io.saldo.bench;

import com.sun.management.OperatingSystemMXBean;
import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.Settings;
import io.saldo.app.config.Source;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.statement.StatementPartition;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTask;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.identity.IdentityManifest;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.money.Amount;
import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.statement.OpeningPosition;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The bulk work of one night with the partitions of the application: a month of deliveries into an empty lake, and the
 * first statement of every account.
 *
 * <p>Plain code hands the manifests on that the books would keep. So this leaves out Spring Batch, the database,
 * intake's archive and hashes, reconciliation, and descriptions as JSON; it includes every file, its force to the disk,
 * its hash, and every proof that a partition makes.
 */
public final class Night {
    private final LoadPlan plan;
    private final Consumer<String> report;
    private final Path lake;

    private Night(LoadPlan plan, Consumer<String> report) {
        this.plan = plan;
        this.report = report;
        lake = plan.out().resolve("lake");
    }

    /**
     * See {@link LoadPlan} for the options: {@code --threads} are also the partitions that are worked on at once, and
     * {@code --out} must not be there yet.
     */
    public static void main(String[] arguments) throws Exception {
        LoadPlan.OPTIONS.start(arguments, given -> run(LoadPlan.of(given), System.out::println));
    }

    /**
     * Generates, runs, proves; a line for each stage goes to the report.
     *
     * @return what was computed: one for each account that has usage or credit
     * @throws IllegalStateException when an event is lost, or an account has no statement
     */
    static List<StatementRevision> run(LoadPlan plan, Consumer<String> report) throws IOException {
        if (Files.exists(plan.out())) {
            throw new IllegalArgumentException(plan.out() + " is there already");
        }
        return new Night(plan, report).run();
    }

    private List<StatementRevision> run() throws IOException {
        report.accept(String.format(
                Locale.ROOT,
                "%,d events, %,d accounts, %d days, %d threads, heap of at most %,d MiB",
                plan.events(),
                plan.accounts(),
                plan.days(),
                plan.threads(),
                Runtime.getRuntime().maxMemory() >> 20));
        report.accept(String.format(
                Locale.ROOT,
                "%-10s %10s %9s %11s %12s %14s",
                "stage",
                "partitions",
                "seconds",
                "CPU seconds",
                "events/s",
                "peak heap MiB"));
        stage("generate", List.of(() -> {
            LoadGenerator.generate(plan);
            return plan;
        }));
        RunConfiguration configuration =
                RunConfiguration.load(ConfigurationSnapshot.read(plan.out().resolve("config")));

        long cpuStart = cpuNanos();
        long start = System.nanoTime();
        Source source =
                Objects.requireNonNull(configuration.configuration().sources().get("usage"));
        BulkIntake intake = new BulkIntake(
                "n",
                1,
                configuration.configuration(),
                Objects.requireNonNull(source.usage()),
                asOf(configuration.configuration().settings().billingZone()),
                lake,
                plan.out().resolve("work"),
                plan.threads());
        List<ScatterManifest> scattered = stage("scatter", intake.scatter(deliveries(), 1));
        List<IdentityManifest> compared = stage("identity", intake.identity(scattered, List.of()));
        List<GatherManifest> gathered = stage("gather", intake.gather(scattered, compared)).stream()
                .sorted(Comparator.comparingInt(GatherManifest::shard))
                .toList();
        List<StatementPartition.Manifest> computed = stage("statement", statements(configuration, gathered));
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - cpuStart) / 1e9;

        List<StatementRevision> revisions = prove(computed);
        report.accept(String.format(
                Locale.ROOT,
                "%-10s %10s %9.2f %11.2f %,12.0f   %,d statements",
                "night",
                "",
                seconds,
                cpuSeconds,
                plan.events() / seconds,
                revisions.size()));
        return revisions;
    }

    private long asOf(BillingZone zone) {
        return zone.endOf(plan.from().plusDays(plan.days() - 1));
    }

    private List<Path> deliveries() {
        List<Path> files = new ArrayList<>();
        for (int day = 0; day < plan.days(); day++) {
            LocalDate date = plan.from().plusDays(day);
            files.add(plan.out().resolve("deliveries/" + date + "/usage/usage-" + date + "." + plan.format()));
        }
        return files;
    }

    private List<Callable<StatementPartition.Manifest>> statements(RunConfiguration run, List<GatherManifest> gathered)
            throws IOException {
        Configuration configuration = run.configuration();
        Map<String, List<CreditEntry>> entries = credits(plan);
        Map<String, GatherManifest.AccountMonth> usage = new HashMap<>();
        for (GatherManifest manifest : gathered) {
            manifest.accountMonths().forEach(each -> usage.put(each.accountId() + " " + each.month(), each));
        }
        Settings settings = configuration.settings();
        Identity identity = new Identity();
        List<List<StatementTask>> tasks = new ArrayList<>();
        gathered.forEach(shard -> tasks.add(new ArrayList<>()));
        for (String accountId : configuration.accounts().ids()) {
            int shard = identity.shard(accountId, settings.accountShards());
            Account account = configuration.accounts().rows(accountId).get(0);
            List<StatementTask.Month> months = new ArrayList<>();
            YearMonth last = YearMonth.from(plan.from().plusDays(plan.days() - 1));
            for (YearMonth month = YearMonth.from(plan.from()); !month.isAfter(last); month = month.plusMonths(1)) {
                months.add(month(month, usage.get(accountId + " " + month)));
            }
            tasks.get(shard)
                    .add(new StatementTask(
                            accountId,
                            account.currency(),
                            account.closedOn(),
                            OpeningPosition.NONE,
                            entries.getOrDefault(accountId, List.of()),
                            List.of(),
                            List.of(),
                            months,
                            List.of(),
                            0,
                            "first"));
        }
        List<Callable<StatementPartition.Manifest>> partitions = new ArrayList<>();
        for (int shard = 0; shard < tasks.size(); shard++) {
            StatementPartition partition = new StatementPartition(
                    String.format(Locale.ROOT, "n-t%04d", shard),
                    shard,
                    asOf(settings.billingZone()),
                    run.snapshot().sha256(),
                    lake.toString(),
                    // A first night leaves one segment for each month.
                    gathered.get(shard).segments().stream()
                            .map(segment -> new StatementPartition.MonthSegments(
                                    YearMonth.parse(segment.month()),
                                    List.of(new StatementPartition.Segment(
                                            segment.path(), segment.maxOccurredAtMicros()))))
                            .toList(),
                    tasks.get(shard),
                    null);
            partitions.add(() -> partition.run(run));
        }
        return partitions;
    }

    private static StatementTask.Month month(YearMonth month, GatherManifest.@Nullable AccountMonth usage) {
        return usage == null
                ? new StatementTask.Month(month, 0, 0, BigInteger.ZERO, Instants.MAX, 0, "")
                : new StatementTask.Month(month, 1, usage.events(), usage.quantity(), Instants.MAX, 0, "");
    }

    /** The generator's credit, which has nothing but grants of whole accounts. */
    static Map<String, List<CreditEntry>> credits(LoadPlan plan) throws IOException {
        Path file =
                plan.out().resolve("deliveries/" + plan.from() + "/billing-credits/credits-" + plan.from() + ".csv");
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        Map<String, List<CreditEntry>> entries = new HashMap<>();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            for (CSVRecord values : parser) {
                long bookedAt = Instants.toMicros(Instant.parse(values.get("booked_at")));
                String expiresAt = values.get("expires_at");
                entries.computeIfAbsent(values.get("account_id"), account -> new ArrayList<>())
                        .add(new CreditEntry(
                                values.get("account_id"),
                                values.get("entry_id"),
                                CreditEntry.Type.of(values.get("entry")),
                                values.get("credit_id"),
                                CreditKind.of(values.get("kind")),
                                Amount.parse(values.get("amount")),
                                Amount.ZERO,
                                Currency.getInstance(values.get("currency")),
                                bookedAt,
                                bookedAt,
                                expiresAt.isEmpty() ? Instants.MAX : Instants.toMicros(Instant.parse(expiresAt)),
                                50,
                                "",
                                "",
                                "",
                                "",
                                "",
                                ""));
            }
        }
        return entries;
    }

    private List<StatementRevision> prove(List<StatementPartition.Manifest> computed) {
        List<StatementRevision> revisions = new ArrayList<>();
        for (StatementPartition.Manifest manifest : computed) {
            for (StatementPartition.AccountResult account : manifest.accounts()) {
                if (!account.problemCode().isEmpty()) {
                    throw new IllegalStateException(account.problemMessage());
                }
                revisions.addAll(account.revisions());
            }
        }
        long events = revisions.stream().mapToLong(StatementRevision::events).sum();
        if (events != plan.events()) {
            throw new IllegalStateException(plan.events() + " events were delivered, the statements have " + events);
        }
        return revisions;
    }

    private <M> List<M> stage(String name, List<Callable<M>> partitions) {
        System.gc();
        resetPeaks();
        long cpuStart = cpuNanos();
        long start = System.nanoTime();
        List<M> manifests = BulkIntake.run(partitions, plan.threads());
        double seconds = (System.nanoTime() - start) / 1e9;
        report.accept(String.format(
                Locale.ROOT,
                "%-10s %10d %9.2f %11.2f %,12.0f %,14d",
                name,
                partitions.size(),
                seconds,
                (cpuNanos() - cpuStart) / 1e9,
                plan.events() / seconds,
                peakBytes() >> 20));
        return manifests;
    }

    /** Of the whole process, with compiler and collector: what others on the machine do hardly changes it. */
    static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** With what is no longer used but not yet collected; the pools' peaks need not fall together. */
    private static long peakBytes() {
        long sum = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                sum += pool.getPeakUsage().getUsed();
            }
        }
        return sum;
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }
}
