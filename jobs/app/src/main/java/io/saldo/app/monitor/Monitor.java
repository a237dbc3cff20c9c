package io.saldo.app.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.saldo.app.notice.NoticeLog;
import io.saldo.app.run.Run;
import io.saldo.app.schedule.Agenda;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.FigureStore.Ended;
import io.saldo.app.store.FigureStore.Figures;
import io.saldo.app.store.FigureStore.Night;
import io.saldo.reconcile.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What is known of the books and of the scheduler, as metrics and as health. Every method may be called from any thread. */
public final class Monitor implements MeterBinder, HealthIndicator {
    private static final double UNKNOWN = Double.NaN;
    private static final String SECONDS = "seconds";

    private final InstantSource clock;
    private final Instant since;
    private volatile @Nullable Agenda agenda;
    private volatile @Nullable Figures figures;
    private volatile List<NoticeLog.Line> notices = List.of();
    private volatile String work = "starting";
    private volatile String problem = "";
    private volatile @Nullable MultiGauge breaks;
    private volatile @Nullable MultiGauge durations;
    private volatile @Nullable Counter failures;

    /** Of a scheduler that begins now. */
    public Monitor(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /** What begins by itself from now on. */
    public void follow(Agenda now) {
        agenda = now;
    }

    /** What the books say now. */
    public void read(Figures now) {
        figures = now;
        showSeries();
    }

    /** What was told of runs. */
    public void told(List<NoticeLog.Line> lines) {
        notices = List.copyOf(lines);
    }

    /** What the scheduler does, in a word or two. */
    public void at(String now) {
        work = now;
    }

    /** Work ended well. */
    public void succeeded() {
        problem = "";
    }

    /** Work failed with that problem: a code, or the kind of error. */
    public void failed(String code) {
        problem = code;
        Counter counter = failures;
        if (counter != null) {
            counter.increment();
        }
    }

    /** How far the books are; empty before they were read. */
    public Optional<Agenda.Position> position() {
        Figures known = figures;
        return known == null ? Optional.empty() : Optional.of(position(known));
    }

    private Agenda.Position position(Figures known) {
        Night night = known.lastNight();
        return new Agenda.Position(night == null ? null : night.businessDate(), known.lastClose(), since);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        breaks = MultiGauge.builder("saldo.breaks.unresolved")
                .description("Breaks that are not resolved, by code")
                .register(registry);
        durations = MultiGauge.builder("saldo.step.duration")
                .description("How long each step of the last completed run of each job took")
                .baseUnit(SECONDS)
                .register(registry);
        failures = Counter.builder("saldo.run.failures")
                .description("Attempts to run that failed, since this process started")
                .register(registry);
        record(registry, "accepted", DeliveryCounts::accepted);
        record(registry, "duplicate", DeliveryCounts::duplicate);
        record(registry, "conflict", DeliveryCounts::conflict);
        record(registry, "rejected", DeliveryCounts::rejected);
        record(registry, "held", DeliveryCounts::held);
        for (Verdict verdict : Verdict.values()) {
            gauge(
                    registry,
                    "saldo.night.verdict",
                    "1 for the verdict of the last night",
                    Tags.of("verdict", verdict.word()),
                    known -> {
                        Night night = known.lastNight();
                        return night != null && night.verdict().equals(verdict.word()) ? 1 : 0;
                    });
            for (Run.Job job : Run.Job.values()) {
                FunctionCounter.builder(
                                "saldo.runs",
                                this,
                                each -> each.of(known ->
                                        known.completedRuns().getOrDefault(new Ended(job, verdict.word()), 0L)))
                        .description("Completed runs")
                        .tags("job", job.word(), "verdict", verdict.word())
                        .register(registry);
            }
        }
        gauge(registry, "saldo.runs.unfinished", "Interrupted runs", Tags.empty(), Figures::unfinishedRuns);
        gauge(
                registry,
                "saldo.nights.missed",
                "Nights that were to begin and have not run",
                Tags.empty(),
                this::missed);
        Gauge.builder("saldo.night.age", this, each -> each.of(each::ageSeconds))
                .description("How long ago the last night was completed")
                .baseUnit(SECONDS)
                .register(registry);
        for (String channel : List.of("mail", "webhook")) {
            for (boolean sent : new boolean[] {true, false}) {
                FunctionCounter.builder("saldo.notices", this, each -> each.notices.stream()
                                .filter(line -> line.channel().equals(channel) && line.sent() == sent)
                                .count())
                        .description("Summaries of runs")
                        .tags("channel", channel, "outcome", sent ? "sent" : "failed")
                        .register(registry);
            }
        }
        showSeries();
    }

    // Held records are taken later, so their number falls too: a gauge and no counter.
    private void record(MeterRegistry registry, String outcome, ToLongFunction<DeliveryCounts> count) {
        gauge(
                registry,
                "saldo.records",
                "Delivered records, by where they are now",
                Tags.of("outcome", outcome),
                known -> count.applyAsLong(known.records()));
    }

    private void gauge(
            MeterRegistry registry, String name, String description, Tags tags, ToDoubleFunction<Figures> value) {
        Gauge.builder(name, this, each -> each.of(value))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private double of(ToDoubleFunction<Figures> value) {
        Figures known = figures;
        return known == null ? UNKNOWN : value.applyAsDouble(known);
    }

    private void showSeries() {
        Figures known = figures;
        MultiGauge breakGauge = breaks;
        MultiGauge durationGauge = durations;
        if (known == null || breakGauge == null || durationGauge == null) {
            return;
        }
        List<MultiGauge.Row<?>> codes = new ArrayList<>();
        known.unresolvedBreaks().forEach((code, count) -> codes.add(MultiGauge.Row.of(Tags.of("code", code), count)));
        breakGauge.register(codes, true);
        List<MultiGauge.Row<?>> steps = new ArrayList<>();
        for (Map.Entry<Run.Job, Map<String, Duration>> job :
                known.stepDurations().entrySet()) {
            job.getValue()
                    .forEach((step, duration) -> steps.add(
                            MultiGauge.Row.of(Tags.of("job", job.getKey().word(), "step", step), seconds(duration))));
        }
        durationGauge.register(steps, true);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private double ageSeconds(Figures known) {
        Night night = known.lastNight();
        return night == null ? UNKNOWN : seconds(Duration.between(night.endedAt(), clock.instant()));
    }

    private long missed(Figures known) {
        Agenda followed = agenda;
        return followed == null
                ? 0
                : followed.due(position(known), clock.instant()).stream()
                        .filter(due -> due.job() == Run.Job.NIGHTLY)
                        .count();
    }

    @Override
    public Health health() {
        String failed = problem;
        Health.Builder health = failed.isEmpty() ? Health.up() : Health.down().withDetail("problem", failed);
        health.withDetail("at", work);
        Figures known = figures;
        if (known != null) {
            Night night = known.lastNight();
            if (night != null) {
                health.withDetail("lastNight", night.businessDate().toString());
                health.withDetail("verdict", night.verdict());
            }
            health.withDetail("nightsMissed", missed(known));
            health.withDetail("unfinishedRuns", known.unfinishedRuns());
        }
        Agenda followed = agenda;
        if (followed != null) {
            followed.next(clock.instant())
                    .ifPresent(due -> health.withDetail("next", due.job().word() + " at " + due.at()));
        }
        return health.build();
    }
}
