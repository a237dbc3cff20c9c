package io.saldo.app.verification;

import io.saldo.problem.Place;
import io.saldo.problem.Problem;

/**
 * Something that could not be proved.
 *
 * @param check what was to be proved
 * @param place the file, or the rows of the books
 * @param what which figure of it; empty where the place says enough
 * @param expected what it should be
 * @param actual what it is
 * @param hint what else speaks for the cause; empty where nothing does
 */
public record Failure(Check check, String place, String what, String expected, String actual, String hint)
        implements Comparable<Failure> {
    /** As a person reads it, with its remedy. */
    public Problem problem() {
        return new Problem(
                check.code(),
                Place.file(place),
                (what.isEmpty() ? "" : what + ": ") + "expected " + expected + ", found " + actual,
                hint);
    }

    /** By check, place and figure. */
    @Override
    public int compareTo(Failure other) {
        int order = check.compareTo(other.check);
        order = order != 0 ? order : place.compareTo(other.place);
        return order != 0 ? order : what.compareTo(other.what);
    }
}
