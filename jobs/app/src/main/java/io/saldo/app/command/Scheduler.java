package io.saldo.app.command;

import io.saldo.app.config.OperationSettings;
import io.saldo.app.monitor.Monitor;
import io.saldo.app.notice.NoticeLog;
import io.saldo.app.run.JobRunner;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.run.StopRequest;
import io.saldo.app.schedule.Agenda;
import io.saldo.app.schedule.Due;
import io.saldo.app.store.FigureStore;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Begins what is due, one run at a time, and holds the home only while it runs. Whatever it believes to be due it asks the books
 * again when it has them, so that nothing runs twice that another command has done in between.
 */
final class Scheduler {
    /** How long to wait for another command that holds the home. */
    private static final Duration LOCK_RETRY = Duration.ofSeconds(30);

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final Saldo saldo;
    private final StopRequest stop;
    private final Monitor monitor;
    private final Waiting waiting;
    private String said = "";

    Scheduler(Saldo saldo, StopRequest stop, Monitor monitor, Waiting waiting) {
        this.saldo = saldo;
        this.stop = stop;
        this.monitor = monitor;
        this.waiting = waiting;
    }

    /** How time passes between two looks at the clock. */
    @FunctionalInterface
    interface Waiting {
        /** Until that instant, or until it is asked to stop. */
        void until(Instant instant) throws InterruptedException;
    }

    /**
     * Works until it is asked to stop.
     *
     * @return the exit code
     */
    int run() throws InterruptedException {
        while (!stop.isRequested()) {
            Instant again;
            try {
                again = once();
            } catch (JobRunner.StoppedRun stopped) {
                saldo.say("stopped in the middle of run " + stopped.run().id()
                        + "; 'saldo resume', the next night or 'saldo serve' continues it");
                return ExitCode.STOPPED;
            }
            if (!stop.isRequested() && again.isAfter(saldo.clock.instant())) {
                waiting.until(again);
            }
        }
        saldo.say("stopped; nothing was running");
        return ExitCode.DONE;
    }

    /** Does at most one thing, and says when to look again. */
    private Instant once() throws JobRunner.StoppedRun {
        Duration retry = LOCK_RETRY;
        try {
            OperationSettings settings = OperationSettings.of(saldo.configuration());
            retry = Duration.ofSeconds(settings.schedule().retrySeconds());
            Agenda agenda = new Agenda(settings);
            monitor.follow(agenda);
            Instant now = saldo.clock.instant();
            Optional<Agenda.Position> position = monitor.position();
            if (position.isPresent() && agenda.due(position.get(), now).isEmpty()) {
                return idle(agenda, now);
            }
            monitor.at("working");
            boolean worked = new ToldRuns(saldo, stop).during((session, nights) -> work(agenda, now, session, nights));
            monitor.succeeded();
            readNotices();
            return worked ? saldo.clock.instant() : idle(agenda, now);
        } catch (JobRunner.StoppedRun stopped) {
            throw stopped;
        } catch (ProblemException stopped) {
            if (stopped.problems().get(0).code() == ProblemCode.LOCKED) {
                return waitForHome();
            }
            return failed(stopped, retry);
        } catch (Exception failure) {
            return failed(failure, retry);
        }
    }

    /**
     * Finishes interrupted runs, else begins what is due first.
     *
     * @param now when it was looked: what becomes due meanwhile is neither begun nor taken for begun
     */
    private boolean work(Agenda agenda, Instant now, Session session, Nights nights) throws Exception {
        FigureStore store = session.get(FigureStore.class);
        boolean resumed = nights.resume();
        FigureStore.Figures figures = store.figures();
        monitor.read(figures);
        List<Due> due = agenda.due(monitor.position().orElseThrow(), now);
        if (resumed || due.isEmpty()) {
            return resumed;
        }
        Due first = due.get(0);
        RunConfiguration configuration = session.configuration();
        nights.warn(configuration);
        try {
            if (first.job() == Run.Job.NIGHTLY) {
                boolean isLast = due.stream().skip(1).noneMatch(each -> each.job() == Run.Job.NIGHTLY);
                nights.night(configuration, first.businessDate(), isLast ? Instant.MAX : first.at());
            } else {
                nights.close(configuration, first.businessDate(), first.month(), List.of());
            }
        } finally {
            monitor.read(store.figures());
        }
        return true;
    }

    private Instant idle(Agenda agenda, Instant now) {
        monitor.at("waiting for the next run");
        Optional<Due> next = agenda.next(now);
        say(next.map(due -> "next: " + due.job().word() + " of "
                        + (due.job() == Run.Job.NIGHTLY ? due.businessDate() : due.month()) + " at " + due.at())
                .orElse("nothing begins by itself"));
        return next.map(Due::at).orElse(now.plus(FOR_EVER));
    }

    private Instant waitForHome() {
        monitor.at("waiting for another command that holds the home");
        Instant again = saldo.clock.instant().plus(LOCK_RETRY);
        saldo.say("another command holds the home; tried again at " + again);
        said = "";
        return again;
    }

    private Instant failed(Exception failure, Duration retry) {
        String code = Nights.problemOf(failure);
        monitor.failed(code);
        readNotices();
        monitor.at("waiting after a failure");
        Instant again = saldo.clock.instant().plus(retry);
        saldo.failed(failure);
        saldo.err.println("tried again at " + again);
        said = "";
        return again;
    }

    private void readNotices() {
        try {
            monitor.told(new NoticeLog(saldo.home()).lines());
        } catch (IOException unreadable) {
            saldo.err.println("the log of notices cannot be read: " + unreadable);
        }
    }

    private void say(String line) {
        if (!line.equals(said)) {
            saldo.say(line);
            said = line;
        }
    }
}
