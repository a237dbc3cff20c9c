package io.saldo.app.command;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.OperationSettings;
import io.saldo.app.monitor.Monitor;
import io.saldo.app.monitor.MonitoringServer;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.run.StopRequest;
import io.saldo.app.schedule.Agenda;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Runs by themselves, with health and metrics. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Begins nights and closes when the cron expressions in application.yml say so, until it is stopped.",
            "What was missed is made up for in order, one run at a time; an interrupted run is finished first.",
            "The home is held only while a run works, so other commands work in between; while one of them holds it, serve waits.",
            "A close makes drafts; issuing them is a person's decision.",
            "Health and metrics: http://127.0.0.1:9464/actuator/health and /actuator/prometheus, unless configured otherwise.",
            "SIGTERM and Ctrl-C stop it between two commits: with 0 where nothing was running, else with 143."
        })
final class ServeCommand implements Callable<Integer> {
    /** A machine that slept, or whose clock was set, is noticed this soon. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public Integer call() throws Exception {
        if (!saldo.home().exists()) {
            throw new ProblemException(
                    ProblemCode.NO_HOME, Place.NOWHERE, saldo.home().root() + " is no home of Saldo");
        }
        OperationSettings settings = OperationSettings.of(saldo.configuration());
        if (new Agenda(settings).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.KEY_MISSING,
                    Place.file("application.yml"),
                    "nothing would begin by itself: set schedule.nightly, schedule.close or both");
        }
        RunConfiguration.load(ConfigurationSnapshot.read(saldo.configuration()));
        StopRequest stop = new StopRequest();
        Ending ending = new Ending(stop);
        Runtime.getRuntime().addShutdownHook(ending);
        int code = ExitCode.INTERNAL_ERROR;
        try {
            code = serve(settings, stop);
            return code;
        } finally {
            ending.ended(code);
        }
    }

    private int serve(OperationSettings settings, StopRequest stop) throws IOException, InterruptedException {
        Monitor monitor = new Monitor(saldo.clock);
        try (MonitoringServer server = MonitoringServer.start(
                settings.monitoring(), monitor, Session.logging(saldo.home(), saldo.logFormat))) {
            saldo.say("health and metrics: http://" + settings.monitoring().address() + ":" + server.port()
                    + "/actuator/health and /actuator/prometheus");
            return new Scheduler(saldo, stop, monitor, until -> waitUntil(until, stop)).run();
        }
    }

    private void waitUntil(Instant until, StopRequest stop) throws InterruptedException {
        Duration rest = Duration.between(saldo.clock.instant(), until);
        while (rest.compareTo(Duration.ZERO) > 0 && !stop.await(rest.compareTo(LOOK_AGAIN) < 0 ? rest : LOOK_AGAIN)) {
            rest = Duration.between(saldo.clock.instant(), until);
        }
    }

    /** What a signal begins: it asks the work to stop, and ends the process with the code that tells how it stopped. */
    private static final class Ending extends Thread {
        private final StopRequest stop;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile int code;

        Ending(StopRequest stop) {
            super("stop");
            this.stop = stop;
        }

        /** The work ended with that code. Where no signal began this, the program ends as any command does. */
        void ended(int exitCode) {
            code = exitCode;
            if (stop.isRequested()) {
                ended.countDown();
            } else {
                try {
                    Runtime.getRuntime().removeShutdownHook(this);
                } catch (IllegalStateException alreadyEnding) {
                    ended.countDown();
                }
            }
        }

        @Override
        public void run() {
            stop.request();
            try {
                ended.await();
            } catch (InterruptedException impatient) {
                return;
            }
            Runtime.getRuntime().halt(code);
        }
    }
}
