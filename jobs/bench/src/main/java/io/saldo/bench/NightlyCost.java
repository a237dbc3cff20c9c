package io.saldo.bench;

import io.saldo.app.config.Account;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.Settings;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.statement.CheckpointPlace;
import io.saldo.app.statement.StatementPartition;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTask;
import io.saldo.credit.CreditEntry;
import io.saldo.lake.compaction.CompactionManifest;
import io.saldo.lake.compaction.CompactionPartition;
import io.saldo.lake.compaction.CompactionRule;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.identity.IdentityManifest;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.statement.OpeningPosition;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * What each night of a month costs: one delivery a night into one lake and index, with compaction, and the statements of
 * the accounts that have something new, which go on from the night before's checkpoints.
 *
 * <p>The partitions are those of the application, as in {@link Night}; plain code hands on what the books would keep.
 */
public final class NightlyCost {
    /** What the books know of an account. */
    private static final class Known {
        long events;
        BigInteger quantity = BigInteger.ZERO;
        long changedFrom = Instants.MAX;
        long computedBy;
        int revision;
        String resultSha256 = "";
    }

    private final LoadPlan plan;
    private final boolean checkpoints;
    private final Consumer<String> report;
    private final Path lake;
    private final RunConfiguration configuration;
    private final YearMonth month;
    private final Map<String, List<CreditEntry>> entries;
    private final SortedMap<String, Known> accounts = new TreeMap<>();
    private final List<IndexSegment> index = new ArrayList<>();
    private final List<UsageSegment> segments = new ArrayList<>();

    private NightlyCost(LoadPlan plan, boolean checkpoints, Consumer<String> report) throws IOException {
        this.plan = plan;
        this.checkpoints = checkpoints;
        this.report = report;
        lake = plan.out().resolve("lake");
        configuration =
                RunConfiguration.load(ConfigurationSnapshot.read(plan.out().resolve("config")));
        month = YearMonth.from(plan.from());
        entries = Night.credits(plan);
        configuration.configuration().accounts().ids().forEach(accountId -> accounts.put(accountId, new Known()));
    }

    /**
     * See {@link LoadPlan} for the options: all days must lie in one month, {@code --events} are those of all days, and
     * {@code --out} must not be there yet.
     */
    public static void main(String[] arguments) throws Exception {
        LoadPlan.OPTIONS
                .and("--checkpoints", "true|false", "true", "false: every open month is computed whole")
                .start(arguments, given -> run(LoadPlan.of(given), given.isSet("--checkpoints"), System.out::println));
    }

    /**
     * Generates, runs night after night, proves; a line for each night goes to the report.
     *
     * @return the last revision of each account
     * @throws IllegalStateException when an event is lost
     */
    static SortedMap<String, StatementRevision> run(LoadPlan plan, boolean checkpoints, Consumer<String> report)
            throws IOException {
        if (Files.exists(plan.out())) {
            throw new IllegalArgumentException(plan.out() + " is there already");
        }
        LoadGenerator.generate(plan);
        return new NightlyCost(plan, checkpoints, report).nights();
    }

    private SortedMap<String, StatementRevision> nights() throws IOException {
        report.accept(String.format(
                Locale.ROOT,
                "%,d events, %,d accounts, %d days, %d threads, %s checkpoints",
                plan.events(),
                plan.accounts(),
                plan.days(),
                plan.threads(),
                checkpoints ? "with" : "without"));
        report.accept(String.format(
                Locale.ROOT,
                "%5s %11s %9s %9s %9s %9s %9s",
                "night",
                "events",
                "intake s",
                "merge s",
                "stmt s",
                "total s",
                "stmt CPU"));
        SortedMap<String, StatementRevision> last = new TreeMap<>();
        double[] total = new double[plan.days() + 1];
        double[] statement = new double[plan.days() + 1];
        for (int night = 1; night <= plan.days(); night++) {
            LocalDate date = plan.from().plusDays(night - 1);
            System.gc();
            long start = System.nanoTime();
            long events = intake(night, date);
            long taken = System.nanoTime();
            merge(night, date);
            long merged = System.nanoTime();
            long cpu = Night.cpuNanos();
            statements(night, date, last);
            long end = System.nanoTime();
            total[night] = (end - start) / 1e9;
            statement[night] = (end - merged) / 1e9;
            report.accept(String.format(
                    Locale.ROOT,
                    "%5d %,11d %9.2f %9.2f %9.2f %9.2f %9.2f",
                    night,
                    events,
                    (taken - start) / 1e9,
                    (merged - taken) / 1e9,
                    statement[night],
                    total[night],
                    (Night.cpuNanos() - cpu) / 1e9));
        }
        long counted =
                last.values().stream().mapToLong(StatementRevision::events).sum();
        if (counted != plan.events()) {
            throw new IllegalStateException(plan.events() + " events were delivered, the statements have " + counted);
        }
        if (plan.days() > 2) {
            report.accept(String.format(
                    Locale.ROOT,
                    "night %d / night 2: statement %.2f, all %.2f",
                    plan.days(),
                    statement[plan.days()] / statement[2],
                    total[plan.days()] / total[2]));
        }
        return last;
    }

    private static String name(int night) {
        return String.format(Locale.ROOT, "run-%06d", night);
    }

    private long intake(int night, LocalDate date) throws IOException {
        Source source =
                Objects.requireNonNull(configuration.configuration().sources().get("usage"));
        BulkIntake intake = new BulkIntake(
                name(night),
                night,
                configuration.configuration(),
                Objects.requireNonNull(source.usage()),
                zone().endOf(date),
                lake,
                plan.out().resolve("work/" + night),
                plan.threads());
        Path file = plan.out().resolve("deliveries/" + date + "/usage/usage-" + date + "." + plan.format());
        List<ScatterManifest> scattered = BulkIntake.run(intake.scatter(List.of(file), night), plan.threads());
        List<IdentityManifest> compared = BulkIntake.run(intake.identity(scattered, index), plan.threads());
        for (IdentityManifest manifest : compared) {
            index.removeIf(segment -> manifest.merged().contains(segment.path()));
            index.addAll(manifest.added());
        }
        long events = 0;
        for (GatherManifest manifest : BulkIntake.run(intake.gather(scattered, compared), plan.threads())) {
            segments.addAll(manifest.segments());
            for (GatherManifest.AccountMonth usage : manifest.accountMonths()) {
                Known known = Objects.requireNonNull(accounts.get(usage.accountId()));
                known.events += usage.events();
                known.quantity = known.quantity.add(usage.quantity());
                known.changedFrom = Math.min(known.changedFrom, usage.firstOccurredAtMicros());
                events += usage.events();
            }
        }
        return events;
    }

    /** As the application's step does it: usage of this date and the one before stays apart. */
    private void merge(int night, LocalDate date) {
        long recent = zone().startOf(date.minusDays(1));
        Map<Integer, List<UsageSegment>> byShard = new TreeMap<>();
        for (UsageSegment segment : segments) {
            if (segment.maxOccurredAtMicros() < recent) {
                byShard.computeIfAbsent(segment.shard(), shard -> new ArrayList<>())
                        .add(segment);
            }
        }
        List<Callable<CompactionManifest>> partitions = new ArrayList<>();
        byShard.forEach((shard, each) -> {
            List<UsageSegment> chosen = CompactionRule.chosen(each, false);
            if (!chosen.isEmpty()) {
                partitions.add(new CompactionPartition(
                        String.format(Locale.ROOT, "%s-c%04d", name(night), shard),
                        chosen,
                        lake.toString(),
                        settings().memoryBudgetBytes() / plan.threads())::run);
            }
        });
        for (CompactionManifest manifest : BulkIntake.run(partitions, plan.threads())) {
            segments.removeAll(manifest.replaced());
            segments.add(manifest.merged());
        }
    }

    private void statements(int night, LocalDate date, SortedMap<String, StatementRevision> last) {
        Identity identity = new Identity();
        Map<Integer, List<StatementTask>> tasks = new TreeMap<>();
        accounts.forEach((accountId, known) -> {
            if (known.changedFrom != Instants.MAX || night == 1) {
                tasks.computeIfAbsent(identity.shard(accountId, settings().accountShards()), shard -> new ArrayList<>())
                        .add(task(accountId, known));
            }
        });
        List<Callable<StatementPartition.Manifest>> partitions = new ArrayList<>();
        tasks.forEach((shard, each) -> {
            StatementPartition partition = new StatementPartition(
                    String.format(Locale.ROOT, "%s-t%04d", name(night), shard),
                    shard,
                    zone().endOf(date),
                    configuration.snapshot().sha256(),
                    lake.toString(),
                    List.of(new StatementPartition.MonthSegments(
                            month,
                            segments.stream()
                                    .filter(segment -> segment.shard() == shard)
                                    .map(segment -> new StatementPartition.Segment(
                                            segment.path(), segment.maxOccurredAtMicros()))
                                    .toList())),
                    each,
                    checkpoints
                            ? CheckpointPlace.of(
                                    new Home(plan.out()),
                                    shard,
                                    night,
                                    "benchmark",
                                    configuration.snapshot().sha256())
                            : null);
            partitions.add(() -> partition.in(plan.out()).run(configuration));
        });
        for (StatementPartition.Manifest manifest : BulkIntake.run(partitions, plan.threads())) {
            for (StatementPartition.AccountResult account : manifest.accounts()) {
                if (!account.problemCode().isEmpty()) {
                    throw new IllegalStateException(account.problemMessage());
                }
                Known known = Objects.requireNonNull(accounts.get(account.accountId()));
                known.computedBy = night;
                known.changedFrom = Instants.MAX;
                for (StatementRevision revision : account.revisions()) {
                    known.revision = revision.revision();
                    known.resultSha256 = revision.resultSha256();
                    last.put(account.accountId(), revision);
                }
            }
        }
    }

    private StatementTask task(String accountId, Known known) {
        Account account =
                configuration.configuration().accounts().rows(accountId).get(0);
        return new StatementTask(
                accountId,
                account.currency(),
                account.closedOn(),
                OpeningPosition.NONE,
                entries.getOrDefault(accountId, List.of()),
                List.of(),
                List.of(),
                List.of(new StatementTask.Month(
                        month,
                        known.computedBy,
                        known.events,
                        known.quantity,
                        known.changedFrom,
                        known.revision,
                        known.resultSha256)),
                List.of(),
                known.computedBy,
                "as of " + known.events);
    }

    private Settings settings() {
        return configuration.configuration().settings();
    }

    private BillingZone zone() {
        return settings().billingZone();
    }
}
