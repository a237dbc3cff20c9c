package io.saldo.app.config;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import java.util.List;
import java.util.Map;

/** A row of a reference file. Until {@link #belongsTo} says whose it is, a problem with it holds up everybody. */
final class Row extends Fields {
    private final String file;
    private final long line;
    private final Map<String, Integer> columns;
    private final List<String> values;
    private final Findings findings;
    private Subject subject = Subject.EVERYBODY;

    Row(String file, long line, Map<String, Integer> columns, List<String> values, Findings findings) {
        this.file = file;
        this.line = line;
        this.columns = columns;
        this.values = values;
        this.findings = findings;
    }

    /** Says whom problems of this row hold up, and tells where it has not the header's number of fields. */
    void belongsTo(Subject owner) {
        subject = owner;
        if (values.size() != columns.size()) {
            refuse(
                    ProblemCode.BAD_VALUE,
                    place(),
                    "the row has " + values.size() + " fields, its header " + columns.size());
        }
    }

    Place place() {
        return Place.line(file, line);
    }

    long line() {
        return line;
    }

    @Override
    String text(String name) {
        Integer index = columns.get(name);
        return index == null || index >= values.size() ? "" : values.get(index);
    }

    @Override
    Place placeOf(String name) {
        Integer index = columns.get(name);
        return index == null ? place() : new Place(file, line, index + 1L);
    }

    @Override
    void missing(String name) {
        refuse(ProblemCode.BAD_VALUE, placeOf(name), name + " is empty: every row must have one");
    }

    @Override
    void tell(ProblemCode code, Place place, String what) {
        findings.add(code, place, what, subject);
    }
}
