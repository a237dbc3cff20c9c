package io.saldo.app.verification;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What was proved and what was not, collected from several threads. */
public final class Protocol {
    /** So many failures of one check are kept; more are only counted. */
    public static final int FAILURES_KEPT = 1_000;

    private final Map<Check, Counts> counts = new EnumMap<>(Check.class);

    private static final class Counts {
        long proved;
        long failed;
        long dropped;
        final TreeSet<Failure> failures = new TreeSet<>();
        final TreeSet<String> notes = new TreeSet<>();
    }

    /**
     * One check in numbers.
     *
     * @param proved what held
     * @param failed what did not
     * @param dropped what could not be looked at because retention dropped it
     */
    public record Line(Check check, long proved, long failed, long dropped) {}

    private Counts of(Check check) {
        return counts.computeIfAbsent(check, each -> new Counts());
    }

    /** Something holds. */
    synchronized void prove(Check check) {
        of(check).proved++;
    }

    /** Something does not. */
    synchronized void fail(Failure failure) {
        Counts ofCheck = of(failure.check());
        ofCheck.failed++;
        if (ofCheck.failures.size() < FAILURES_KEPT) {
            ofCheck.failures.add(failure);
        }
    }

    /** Something does not. */
    void fail(Check check, String place, String what, Object expected, Object actual) {
        fail(new Failure(check, place, what, String.valueOf(expected), String.valueOf(actual), ""));
    }

    /** Compares two values, and says whether they are equal. */
    boolean compare(Check check, String place, String what, Object expected, Object actual) {
        if (expected.equals(actual)) {
            prove(check);
            return true;
        }
        fail(check, place, what, expected, actual);
        return false;
    }

    /** Something is not there any more, as the books say. */
    synchronized void drop(Check check, String note) {
        Counts ofCheck = of(check);
        ofCheck.dropped++;
        note(ofCheck, note);
    }

    /** Something that a person should know, and that is no failure. */
    synchronized void note(Check check, String note) {
        note(of(check), note);
    }

    private static void note(Counts ofCheck, String note) {
        if (ofCheck.notes.size() < FAILURES_KEPT) {
            ofCheck.notes.add(note);
        }
    }

    /** Whether everything held. */
    public synchronized boolean isProved() {
        return counts.values().stream().allMatch(each -> each.failed == 0);
    }

    /** What did not hold, by check and place. */
    public synchronized List<Failure> failures() {
        List<Failure> all = new ArrayList<>();
        counts.values().forEach(each -> all.addAll(each.failures));
        return all;
    }

    /** What a person should know beside, by check. */
    public synchronized List<String> notes() {
        List<String> all = new ArrayList<>();
        counts.values().forEach(each -> all.addAll(each.notes));
        return all;
    }

    /** The checks that found something to look at, in numbers. */
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        counts.forEach((check, each) -> lines.add(new Line(check, each.proved, each.failed, each.dropped)));
        return lines;
    }
}
