package io.saldo.app.command;

import io.saldo.app.home.Home;
import io.saldo.app.intake.Inbox;
import io.saldo.app.notice.RunSummary;
import io.saldo.app.run.JobRunner;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.run.Runs;
import io.saldo.app.run.StopRequest;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.InboxStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the commands {@code nightly}, {@code close}, {@code resume} and {@code demo} have in common. */
final class Nights {
    private final Saldo saldo;
    private final Session session;
    private final Home home;
    private final Runs runs;
    private final RunStore store;
    private final StopRequest stop;
    private final List<Long> completed = new ArrayList<>();
    private final List<RunSummary> failed = new ArrayList<>();

    Nights(Saldo saldo, Session session) {
        this(saldo, session, new StopRequest());
    }

    /** Runs that stop when they are asked to. */
    Nights(Saldo saldo, Session session, StopRequest stop) {
        this.saldo = saldo;
        this.session = session;
        this.home = session.home();
        this.runs = session.get(Runs.class);
        this.store = session.get(RunStore.class);
        this.stop = stop;
    }

    /** The nights and closes that ended well, in order. */
    List<Long> completed() {
        return completed;
    }

    /** The night or close that ended with an error, if one did. */
    List<RunSummary> failed() {
        return failed;
    }

    /**
     * Continues every run that was interrupted, oldest first.
     *
     * @return whether there was one
     */
    boolean resume() throws JobRunner.FailedRun, IOException {
        List<Run> unfinished = runs.unfinished();
        for (Run run : unfinished) {
            saldo.say("resuming run " + run.id() + " (" + run.job().word() + " " + run.businessDate() + ")");
            finish(run, RunConfiguration.of(run, store));
        }
        return !unfinished.isEmpty();
    }

    private void finish(Run run, RunConfiguration configuration) throws JobRunner.FailedRun, IOException {
        try {
            runs.finish(run, configuration, home, saldo.progress().until(stop), saldo.clock);
        } catch (JobRunner.StoppedRun stopped) {
            throw stopped;
        } catch (JobRunner.FailedRun failure) {
            if (isTold(run)) {
                failed.add(RunSummary.failed(run, problemOf(failure)));
            }
            throw failure;
        }
        if (isTold(run)) {
            completed.add(run.id());
        }
        tell(run);
    }

    /** A dispute is looked at by who began it. */
    private static boolean isTold(Run run) {
        return run.job() != Run.Job.RERUN;
    }

    /** The code of what somebody has to mend; where it is none of the catalogue's, that. */
    static String problemOf(Exception failure) {
        Throwable cause = failure instanceof JobRunner.FailedRun ? failure.getCause() : failure;
        return cause instanceof ProblemException stopped
                ? stopped.problems().get(0).code().id()
                : "internal error";
    }

    /** Tells what a run would leave out: accounts held up by their configuration, folders that no source describes. */
    void warn(RunConfiguration configuration) throws IOException {
        configuration.problems().forEach(problem -> saldo.err.println(Table.printable(problem.toString())));
        for (String folder :
                Inbox.unknownFolders(home, configuration.configuration().sources())) {
            saldo.err.println(Problem.of(
                    ProblemCode.UNKNOWN_SOURCE,
                    Place.file("inbox/" + Table.printable(folder)),
                    "no source file describes this folder, so its files are not taken"));
        }
    }

    /** One night, and its verdict. */
    String night(RunConfiguration configuration, LocalDate date) throws JobRunner.FailedRun, IOException {
        return night(configuration, date, Instant.MAX);
    }

    /**
     * The same with what was delivered before an instant: a night that is made up for must not take what later ones are for. Their
     * records would be of the future, and rejected.
     */
    String night(RunConfiguration configuration, LocalDate date, Instant before)
            throws JobRunner.FailedRun, IOException {
        Optional<LocalDate> last = store.lastNight();
        if (last.isPresent() && date.isBefore(last.get())) {
            throw new ProblemException(
                    ProblemCode.DATE_ORDER, Place.NOWHERE, "the night of " + last.get() + " has already run");
        }
        Run run = runs.beginNight(home, configuration, date, before, Saldo.programVersion(), saldo.clock);
        finish(run, configuration);
        return store.verdict(run.id());
    }

    /** Closes a month, and says whether every account closed. */
    String close(RunConfiguration configuration, LocalDate date, YearMonth month, List<String> waivers)
            throws JobRunner.FailedRun, IOException {
        if (date.isBefore(month.atEndOfMonth())) {
            throw new ProblemException(ProblemCode.WRONG_STATE, Place.NOWHERE, month + " is not over on " + date);
        }
        Run run = runs.beginClose(home, configuration, date, month, waivers, Saldo.programVersion(), saldo.clock);
        finish(run, configuration);
        return store.verdict(run.id());
    }

    private void tell(Run run) {
        if (run.job() == Run.Job.NIGHTLY) {
            DeliveryStore deliveries = session.get(DeliveryStore.class);
            InboxStore inbox = session.get(InboxStore.class);
            OutcomeStore outcomes = session.get(OutcomeStore.class);
            DeliveryCounts sum = deliveries.ofRun(run.id()).stream()
                    .map(delivery -> outcomes.counts(delivery.id()))
                    .reduce(DeliveryCounts.NONE, DeliveryCounts::plus);
            saldo.say("night " + run.businessDate() + ": "
                    + deliveries.ofRun(run.id()).size() + " deliveries, " + sum.records() + " records ("
                    + sum.accepted() + " accepted, " + sum.duplicate() + " duplicate, " + sum.conflict()
                    + " conflict, " + sum.rejected() + " rejected, " + sum.held() + " held), "
                    + session.get(StatementStore.class).countOfRun(run.id()) + " statements, "
                    + store.verdict(run.id()));
            deliveries.ofRun(run.id()).forEach(delivery -> deliveries
                    .refusal(delivery.id())
                    .ifPresent(refusal -> saldo.say("  not taken " + Table.printable(delivery.place()) + ": "
                            + Table.printable(refusal.text()))));
            inbox.repeats(run.id())
                    .forEach(repeat -> saldo.say("  skipped " + Table.printable(repeat.place()) + ": same content as "
                            + Table.printable(
                                    deliveries.get(repeat.deliveryId()).place())));
            inbox.waiting(run.id())
                    .forEach(waiting -> saldo.say(
                            "  waits " + Table.printable(waiting.place()) + ": " + Table.printable(waiting.reason())));
            session.get(ComputationStore.class)
                    .problems(run.id())
                    .forEach((account, problem) -> saldo.err.println("  " + account + ": " + problem));
        } else if (run.job() == Run.Job.RERUN) {
            RerunCommand.tell(saldo, session, session.get(DisputeStore.class).ofRun(run.id()));
        } else {
            CloseStore closes = session.get(CloseStore.class);
            saldo.say("close " + run.month() + ": "
                    + closes.closedOfMonth(run.month().toString()).size()
                    + " accounts closed; those that stay open: "
                    + home.openAccounts(run.month()));
        }
    }
}
