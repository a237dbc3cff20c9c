package io.saldo.app.config;

import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is found wrong while loading, and whom it holds up. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Subject> held = new TreeSet<>();
    private boolean stops;

    /** A problem that holds up the subject. */
    void add(ProblemCode code, Place place, String what, Subject subject) {
        problems.add(new Problem(code, place, what, subject.effect()));
        if (subject.kind() == Subject.Kind.EVERYBODY) {
            stops = true;
        } else {
            held.add(subject);
        }
    }

    /** Problems that were found elsewhere; the caller knows whom they hold up. */
    void addAll(List<Problem> found) {
        problems.addAll(found);
    }

    /** Holds up a subject because of a problem that is told already. */
    void hold(Subject subject) {
        held.add(subject);
    }

    boolean isHeld(Subject subject) {
        return held.contains(subject);
    }

    /** The names of all held subjects of a kind, sorted. */
    Set<String> held(Subject.Kind kind) {
        Set<String> names = new TreeSet<>();
        for (Subject subject : held) {
            if (subject.kind() == kind) {
                names.add(subject.name());
            }
        }
        return names;
    }

    List<Problem> problems() {
        return problems;
    }

    boolean stops() {
        return stops;
    }
}
