package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Reference;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of CSV rows that have the same header. */
final class CsvColumns {
    private final List<String> names;
    private final RecordFields fields;
    private final JsonFields json;
    private final boolean direct;
    private final int[] fieldOfSlot;
    private final int[] slotFrom;
    private final int[] slotTo;

    /**
     * Finds what the layout asks for by the names of a header.
     *
     * @throws ProblemException where a column is missing or there twice
     */
    CsvColumns(List<String> names, Place place, RecordLayout layout, RecordFields fields) {
        this.names = List.copyOf(names);
        this.fields = fields;
        json = new JsonFields(layout, fields);
        fieldOfSlot = new int[layout.slots().size()];
        slotFrom = new int[fieldOfSlot.length];
        slotTo = new int[fieldOfSlot.length];
        direct = !resolve(layout, place) && !layout.hasComposed();
    }

    /** The names of the header. */
    List<String> names() {
        return names;
    }

    /** Puts the row's fields into the columns; what it cannot be is told. */
    @Nullable
    Malformation take(CsvRows row) {
        if (row.isFaulty()) {
            return new Malformation(ProblemCode.MALFORMED, "the record " + row.fault(names));
        }
        if (row.count() != names.size()) {
            return new Malformation(
                    ProblemCode.COLUMN_COUNT,
                    "the record has " + row.count() + " columns, its header has " + names.size());
        }
        if (!row.isUtf8()) {
            return new Malformation(ProblemCode.BAD_ENCODING, row.badEncoding(names));
        }
        row.open();
        if (direct) {
            for (int slot = 0; slot < fieldOfSlot.length; slot++) {
                int field = fieldOfSlot[slot];
                slotFrom[slot] = field < 0 ? 0 : row.from(field);
                slotTo[slot] = field < 0 ? 0 : row.to(field);
            }
            fields.point(row.record(), slotFrom, slotTo);
            return null;
        }
        json.begin();
        for (int field = 0; field < names.size(); field++) {
            String name = names.get(field);
            List<Integer> slots = json.slotsOf(name);
            if (!slots.isEmpty()) {
                fields.put(slots, row.record(), row.from(field), row.to(field));
            }
            if (json.goesOn(name)) {
                Malformation found = json.readInside(name, row.record(), row.from(field), row.to(field));
                if (found != null) {
                    return found;
                }
            }
        }
        fields.assemble();
        return null;
    }

    // Finds the columns by their names, and says whether any is asked for something inside its text.
    private boolean resolve(RecordLayout layout, Place place) {
        Map<String, Integer> positions = new HashMap<>();
        List<String> repeated = new ArrayList<>();
        for (int field = 0; field < names.size(); field++) {
            if (positions.put(names.get(field), field) != null) {
                repeated.add(names.get(field));
            }
        }
        List<String> missing = layout.missing(reference -> positions.containsKey(reference.column()));
        boolean inside = false;
        for (int slot = 0; slot < fieldOfSlot.length; slot++) {
            Reference reference = layout.slots().get(slot);
            String name = reference.column();
            if (repeated.contains(name)) {
                throw problem(place, "the header has the column \"" + name + "\" twice");
            }
            fieldOfSlot[slot] = positions.getOrDefault(name, -1);
            inside |= reference.tokens().size() > 1;
        }
        if (!missing.isEmpty()) {
            throw problem(place, "the header lacks " + String.join(", ", missing));
        }
        return inside;
    }

    /** A header that cannot be used. */
    static ProblemException problem(Place place, String what) {
        return new ProblemException(ProblemCode.HEADER, place, what);
    }
}
