package io.saldo.app.notice;

import io.saldo.app.run.Run;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a run ended, in counts and codes.
 *
 * @param run its id
 * @param job {@code nightly} or {@code month-close}
 * @param businessDate its night, or the date of the close
 * @param month which month was closed; of a night the one of its date
 * @param outcome {@code completed} or {@code failed}
 * @param verdict of a completed run; else empty
 * @param problem the code of what a failed run failed with; else empty
 * @param programVersion of the program that began it
 * @param deliveries how many it took
 * @param records what it did with them
 * @param statements how many revisions it made
 * @param closedAccounts of the month, by now; 0 for a night
 * @param unresolvedBreaks by code, by now
 * @param report where its report lies below the home; empty for a failed run
 */
public record RunSummary(
        long run,
        String job,
        String businessDate,
        String month,
        String outcome,
        String verdict,
        String problem,
        String programVersion,
        int deliveries,
        Records records,
        long statements,
        int closedAccounts,
        Map<String, Long> unresolvedBreaks,
        String report) {
    /** The outcome of a run that ended well. */
    public static final String COMPLETED = "completed";

    /** The outcome of a run that ended with an error. */
    public static final String FAILED = "failed";

    /** Where records are. */
    public record Records(long all, long accepted, long duplicate, long conflict, long rejected, long held) {
        /** Of those counts. */
        public static Records of(DeliveryCounts counts) {
            return new Records(
                    counts.records(),
                    counts.accepted(),
                    counts.duplicate(),
                    counts.conflict(),
                    counts.rejected(),
                    counts.held());
        }
    }

    /** Keeps an ordered copy. */
    public RunSummary {
        unresolvedBreaks = Collections.unmodifiableMap(new LinkedHashMap<>(unresolvedBreaks));
    }

    /** A run that ended with an error, of which nothing is read any more. */
    public static RunSummary failed(Run run, String problem) {
        return new RunSummary(
                run.id(),
                run.job().word(),
                run.businessDate().toString(),
                run.month().toString(),
                FAILED,
                "",
                problem,
                run.programVersion(),
                0,
                Records.of(DeliveryCounts.NONE),
                0,
                0,
                Map.of(),
                "");
    }

    /** Names this end of this run; an attempt that is repeated has the same. */
    public String id() {
        return "run-" + run + "-" + outcome;
    }

    /** In one line. */
    public String title() {
        String what = job.equals(Run.Job.NIGHTLY.word()) ? "night " + businessDate : "close of " + month;
        return what + ": " + (outcome.equals(FAILED) ? "failed" : verdict);
    }

    /** For a person. */
    public String text() {
        StringBuilder text = new StringBuilder("Saldo, ").append(title()).append("\n\n");
        line(text, "run", run + " (" + job + ", version " + programVersion + ")");
        if (outcome.equals(FAILED)) {
            line(text, "problem", problem);
            text.append(
                            "\nWhat it had committed stays. The log in the home says what failed; 'saldo resume', the next night")
                    .append(" or 'saldo serve' continues it.\n");
            return text.toString();
        }
        line(text, "deliveries", Integer.toString(deliveries));
        line(
                text,
                "records",
                records.all + " (" + records.accepted + " accepted, " + records.duplicate + " duplicate, "
                        + records.conflict + " conflict, " + records.rejected + " rejected, " + records.held
                        + " held)");
        line(text, "statements", Long.toString(statements));
        if (!job.equals(Run.Job.NIGHTLY.word())) {
            line(text, "closed", closedAccounts + " accounts");
        }
        line(
                text,
                "breaks",
                unresolvedBreaks.values().stream().mapToLong(Long::longValue).sum() + " not resolved");
        unresolvedBreaks.forEach((code, count) -> line(text, "", count + " " + code));
        line(text, "report", report);
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(" ".repeat(12 - name.length())).append(value).append('\n');
    }

    /** For a program. */
    public String json() {
        return Json.write(this);
    }
}
