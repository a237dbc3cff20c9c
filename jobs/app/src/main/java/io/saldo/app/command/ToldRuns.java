package io.saldo.app.command;

import io.saldo.app.config.OperationSettings;
import io.saldo.app.notice.Channel;
import io.saldo.app.notice.Notices;
import io.saldo.app.notice.RunSummaries;
import io.saldo.app.notice.RunSummary;
import io.saldo.app.run.StopRequest;
import io.saldo.app.store.FigureStore;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs of which mail and webhook tell, once the home is free again for others. */
final class ToldRuns {
    private final Saldo saldo;
    private final StopRequest stop;

    /** Runs that stop when they are asked to. */
    ToldRuns(Saldo saldo, StopRequest stop) {
        this.saldo = saldo;
        this.stop = stop;
    }

    /** Runs that go on to their end. */
    ToldRuns(Saldo saldo) {
        this(saldo, new StopRequest());
    }

    /** What is done with an open home. */
    @FunctionalInterface
    interface Work<T> {
        T with(Session session, Nights nights) throws Exception;
    }

    /**
     * Opens the home, works, closes it, and tells.
     *
     * @throws Exception what the work throws; that something could not be told is only printed
     */
    <T> T during(Work<T> work) throws Exception {
        Notices notices = new Notices(saldo.home(), channels(), saldo.clock, saldo.err::println);
        List<RunSummary> summaries = new ArrayList<>();
        try (Session session = saldo.open()) {
            Nights nights = new Nights(saldo, session, stop);
            T result;
            try {
                result = work.with(session, nights);
            } catch (Exception failure) {
                // Those that were completed before are told with the next run: the books may be what failed.
                summaries.addAll(nights.failed());
                throw failure;
            }
            try {
                summaries.addAll(notices.owed(
                        nights.completed(), session.get(RunSummaries.class), session.get(FigureStore.class)));
            } catch (IOException unreadable) {
                saldo.err.println("nobody is told of this run: out/notices.jsonl cannot be read: " + unreadable);
            }
            return result;
        } finally {
            tell(notices, summaries);
        }
    }

    private List<Channel> channels() throws IOException {
        if (!saldo.home().exists()) {
            // There will be no run: that is all there is to say.
            return List.of();
        }
        try {
            return Channels.of(
                    OperationSettings.of(saldo.configuration()), saldo.configuration(), saldo.clock, this::pause);
        } catch (ProblemException unusable) {
            // An interrupted run has its own configuration, and is continued whatever the folder says by now.
            saldo.err.println("nobody will be told of this run:");
            unusable.problems().forEach(saldo.err::println);
            return List.of();
        }
    }

    private void pause(Duration duration) throws InterruptedException {
        if (stop.await(duration)) {
            throw new InterruptedException("stopped");
        }
    }

    private void tell(Notices notices, List<RunSummary> summaries) {
        try {
            notices.send(summaries);
        } catch (InterruptedException ending) {
            saldo.err.println("who was not told yet is told after the next run");
            if (!stop.isRequested()) {
                Thread.currentThread().interrupt();
            }
        } catch (IOException | RuntimeException failure) {
            saldo.err.println("it could not be written down who was told of the run: " + failure);
        }
    }
}
