package io.saldo.app.run;

import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.intake.Registration;
import io.saldo.app.store.DecisionStore;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ReassignmentStore;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Begins runs and brings them to their end. */
@Component
public class Runs {
    private final RunStore runs;
    private final LakeStore lake;
    private final ReassignmentStore reassignments;
    private final DecisionStore decisions;
    private final Registration registration;
    private final NightlyJob nightly;
    private final MonthCloseJob monthClose;
    private final RerunJob rerun;
    private final DisputeStore disputes;
    private final JobRunner runner;
    private final TransactionTemplate transaction;

    /** Over the books. */
    public Runs(
            RunStore runs,
            LakeStore lake,
            ReassignmentStore reassignments,
            DecisionStore decisions,
            Registration registration,
            NightlyJob nightly,
            MonthCloseJob monthClose,
            RerunJob rerun,
            DisputeStore disputes,
            JobRunner runner,
            PlatformTransactionManager transactions) {
        this.runs = runs;
        this.lake = lake;
        this.reassignments = reassignments;
        this.decisions = decisions;
        this.registration = registration;
        this.nightly = nightly;
        this.monthClose = monthClose;
        this.rerun = rerun;
        this.disputes = disputes;
        this.runner = runner;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Enters a night: its date, its configuration and the deliveries that wait now. */
    public Run beginNight(
            Home home,
            RunConfiguration configuration,
            LocalDate date,
            Instant before,
            String programVersion,
            InstantSource clock)
            throws IOException {
        return begin(
                Run.Job.NIGHTLY,
                home,
                configuration,
                date,
                YearMonth.from(date),
                List.of(),
                null,
                before,
                programVersion,
                clock);
    }

    /** Enters the close of a month. */
    public Run beginClose(
            Home home,
            RunConfiguration configuration,
            LocalDate date,
            YearMonth month,
            List<String> waivers,
            String programVersion,
            InstantSource clock)
            throws IOException {
        return begin(
                Run.Job.MONTH_CLOSE,
                home,
                configuration,
                date,
                month,
                waivers,
                null,
                Instant.MAX,
                programVersion,
                clock);
    }

    /** Enters the dispute of a closed account-month. */
    public Run beginRerun(
            Home home,
            RunConfiguration configuration,
            LocalDate date,
            DisputeStore.Request request,
            String programVersion,
            InstantSource clock)
            throws IOException {
        return begin(
                Run.Job.RERUN,
                home,
                configuration,
                date,
                request.month(),
                List.of(),
                request,
                Instant.MAX,
                programVersion,
                clock);
    }

    private Run begin(
            Run.Job job,
            Home home,
            RunConfiguration configuration,
            LocalDate date,
            YearMonth month,
            List<String> waivers,
            DisputeStore.@Nullable Request dispute,
            Instant before,
            String programVersion,
            InstantSource clock)
            throws IOException {
        removeOrphans(home);
        requireShardsOfTheLake(configuration.configuration().settings());
        Run begun = transaction.execute(status -> {
            Run run = new Run(
                    runs.nextId(),
                    job,
                    date,
                    month,
                    configuration.configuration().settings().billingZone().endOf(date),
                    configuration.snapshot().sha256(),
                    programVersion,
                    waivers,
                    decisions.last(),
                    Run.Status.RUNNING);
            Map<String, byte[]> files = new TreeMap<>();
            Map<String, String> hashes = new HashMap<>();
            for (String file : configuration.snapshot().files()) {
                files.put(file, configuration.snapshot().content(file));
                hashes.put(file, configuration.snapshot().sha256(file));
            }
            runs.add(run, clock.instant(), files, hashes);
            if (dispute != null) {
                disputes.add(run.id(), dispute, date);
            }
            if (job == Run.Job.NIGHTLY) {
                reassignments.register(run.id());
                try {
                    registration.register(
                            run, home, configuration.configuration().sources(), before);
                } catch (IOException cannotRead) {
                    throw new UncheckedIOException(cannotRead);
                }
            }
            return run;
        });
        if (begun == null) {
            throw new IllegalStateException("the transaction gave no run");
        }
        return begun;
    }

    /** Cut another way, the lake would hide known ids and accounts: events would be taken twice or not be found. */
    private void requireShardsOfTheLake(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        for (Run last : runs.latest(1)) {
            Settings before = ConfigurationLoader.settings(
                    ConfigurationSnapshot.of(runs.configuration(last.id(), Settings.FILE)));
            addChanged("account-shards", before.accountShards(), settings.accountShards(), problems);
            addChanged("identity-shards", before.identityShards(), settings.identityShards(), problems);
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static void addChanged(String key, int before, int now, List<Problem> problems) {
        if (before != now) {
            problems.add(Problem.of(
                    ProblemCode.BAD_VALUE,
                    Place.file("application.yml"),
                    "saldo." + key + " is " + now + ", but this home was begun with " + before
                            + ": it is fixed for the life of a home"));
        }
    }

    /**
     * Brings a run to its end, from the beginning or from where it was interrupted.
     *
     * @param configuration that the run fixed
     */
    public void finish(Run run, RunConfiguration configuration, Home home, Progress progress, InstantSource clock)
            throws JobRunner.FailedRun, IOException {
        if (!configuration.snapshot().sha256().equals(run.configurationSha256())) {
            throw new IllegalArgumentException(run.name() + " has fixed another configuration");
        }
        Job job =
                switch (run.job()) {
                    case NIGHTLY -> nightly.of(run, home, configuration, progress, clock);
                    case MONTH_CLOSE -> monthClose.of(run, home, configuration, progress, clock);
                    case RERUN -> rerun.of(run, home, configuration, progress, clock);
                };
        runner.run(run, job, clock);
        // Segments that this run merged would be counted twice by who reads the folder of the lake.
        removeOrphans(home);
    }

    /** What an unfinished run has described may still be read when it is resumed. */
    private void removeOrphans(Home home) throws IOException {
        if (runs.unfinished().isEmpty()) {
            OrphanFiles.remove(home, lake.paths());
        }
    }

    /** Runs that were interrupted, oldest first. */
    public List<Run> unfinished() {
        return runs.unfinished();
    }
}
