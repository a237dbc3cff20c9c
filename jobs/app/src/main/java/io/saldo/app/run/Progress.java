package io.saldo.app.run;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Tells a person how far a run is: a line for each step that ended, and on a terminal a line that moves. Tells the run whether that
 * person wants it to stop.
 */
public final class Progress implements StepExecutionListener {
    private final Consumer<String> lines;
    private final Consumer<String> moving;
    private final StopRequest stop;
    private final AtomicInteger done = new AtomicInteger();
    private volatile int all;

    /**
     * Tells through these.
     *
     * @param lines gets a line that stays
     * @param moving gets a line that the next one replaces
     */
    public Progress(Consumer<String> lines, Consumer<String> moving) {
        this(lines, moving, new StopRequest());
    }

    private Progress(Consumer<String> lines, Consumer<String> moving, StopRequest stop) {
        this.lines = lines;
        this.moving = moving;
        this.stop = stop;
    }

    /** The same, of a run that stops when it is asked to. */
    public Progress until(StopRequest request) {
        return new Progress(lines, moving, request);
    }

    /**
     * What every unit of work asks before it begins.
     *
     * @throws JobInterruptedException where the run is to stop
     */
    void requireGoingOn() throws JobInterruptedException {
        stop.check();
    }

    /** Says nothing. */
    public static Progress silent() {
        return new Progress(line -> {}, line -> {});
    }

    /** A step of so many parts begins. */
    public void partitions(String step, int count) {
        done.set(0);
        all = count;
        moving.accept(step + " 0/" + count);
    }

    /** One of them is done. */
    public void partitionDone(String step) {
        moving.accept(step + " " + done.incrementAndGet() + "/" + all);
    }

    @Override
    public void beforeStep(StepExecution step) {
        all = 0;
        done.set(0);
        moving.accept(step.getStepName());
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        LocalDateTime start = step.getStartTime();
        LocalDateTime end = step.getLastUpdated();
        long millis =
                start == null || end == null ? 0 : Duration.between(start, end).toMillis();
        lines.accept(String.format(
                Locale.ROOT,
                "  %-10s %6d ms%s%s",
                step.getStepName(),
                millis,
                all > 0 ? "  " + all + (all == 1 ? " partition" : " partitions") : "",
                step.getStatus() == BatchStatus.STOPPED
                        ? "  stopped"
                        : step.getStatus().isUnsuccessful() ? "  FAILED" : ""));
        return null;
    }
}
