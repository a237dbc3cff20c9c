package io.saldo.app.run;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One execution of a job and what it fixed before it started.
 *
 * @param id counted from 1
 * @param job which job
 * @param businessDate the night, or the date on which a month is closed
 * @param month the month to close or to compute anew; for a night the month of its business date
 * @param asOf exclusive, in microseconds: the end of the business date
 * @param configurationSha256 of the whole configuration snapshot
 * @param programVersion of the program that started it
 * @param waivers of a month close, as given: {@code CODE} or {@code CODE:ACCOUNT}
 * @param lastDecision the number of the last decision on a break that it knows; 0 where there was none
 * @param status how far it is
 */
public record Run(
        long id,
        Job job,
        LocalDate businessDate,
        YearMonth month,
        long asOf,
        String configurationSha256,
        String programVersion,
        List<String> waivers,
        long lastDecision,
        Status status) {
    /** The jobs. */
    public enum Job {
        /** Intake, rating, burn-down, reconciliation, report. */
        NIGHTLY("nightly"),
        /** Closing account-months and drafting invoices. */
        MONTH_CLOSE("month-close"),
        /** Computing a closed account-month anew. */
        RERUN("rerun");

        private final String word;

        Job(String word) {
            this.word = word;
        }

        /** The job's name in commands, logs and the job repository. */
        public String word() {
            return word;
        }

        /** The job with that name. */
        public static Job of(String word) {
            return Arrays.stream(values())
                    .filter(job -> job.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no job " + word));
        }
    }

    /** How far a run is. */
    public enum Status {
        /** Started and not ended: at work, or interrupted. */
        RUNNING,
        /** Ended with an error; it can be resumed. */
        FAILED,
        /** Ended. */
        COMPLETED
    }

    /** Names the run in file names: unique in a home and the same after a restart. */
    public String name() {
        return "run-" + String.format(Locale.ROOT, "%06d", id);
    }
}
