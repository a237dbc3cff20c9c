package io.saldo.problem;

/**
 * One thing that is wrong, told so that its owner can mend it.
 *
 * @param code which kind of problem it is
 * @param place where it is
 * @param what what was found and why it is wrong; one sentence without the closing full stop's remedy
 * @param effect what it holds up: an account, a price book, a record; empty when the code says enough
 */
public record Problem(ProblemCode code, Place place, String what, String effect) implements Comparable<Problem> {
    /** A problem whose effect the code already tells. */
    public static Problem of(ProblemCode code, Place place, String what) {
        return new Problem(code, place, what, "");
    }

    /** By place, then code, then text: the order in which a person mends a file. */
    @Override
    public int compareTo(Problem other) {
        int byPlace = place.compareTo(other.place);
        if (byPlace != 0) {
            return byPlace;
        }
        int byCode = code.compareTo(other.code);
        return byCode != 0 ? byCode : what.compareTo(other.what);
    }

    /** {@code CODE  place  what. remedy effect}: the line that a person reads. */
    @Override
    public String toString() {
        String where = place.toString();
        String sentence = what.endsWith(".") || what.endsWith("?") ? what : what + ".";
        return code.id() + "  " + (where.isEmpty() ? "" : where + "  ") + sentence + " " + code.remedy()
                + (effect.isEmpty() ? "" : " " + effect);
    }
}
