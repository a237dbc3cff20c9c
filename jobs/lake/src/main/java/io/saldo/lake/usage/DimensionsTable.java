package io.saldo.lake.usage;

import io.saldo.lake.memory.BytesTable;
import java.util.ArrayList;
import java.util.List;

/** Numbers distinct dimensions from 0 on, in the order in which they come. */
public final class DimensionsTable {
    // The object, its array, the table's copy of it, and what leads to them.
    private static final int ENTRY_BYTES = 128;

    private final BytesTable table = new BytesTable();
    private final List<Dimensions> all = new ArrayList<>();
    private long encodedBytes;

    /** An empty table. */
    public DimensionsTable() {}

    /** The number of these, a new one where they are new. */
    public int add(Dimensions dimensions) {
        int known = dimensions.number(this);
        if (known >= 0) {
            return known;
        }
        byte[] encoded = dimensions.encoded();
        int number = table.add(encoded, 0, encoded.length);
        if (number == all.size()) {
            all.add(dimensions);
            encodedBytes += encoded.length;
        }
        dimensions.number(this, number);
        return number;
    }

    /** Those with that number. */
    public Dimensions get(int number) {
        return all.get(number);
    }

    /** How many there are. */
    public int size() {
        return all.size();
    }

    /** How long they are together, as they are encoded. */
    public long encodedBytes() {
        return encodedBytes;
    }

    /** About how much memory they take. */
    public long memoryBytes() {
        return 2 * encodedBytes + (long) ENTRY_BYTES * all.size();
    }
}
