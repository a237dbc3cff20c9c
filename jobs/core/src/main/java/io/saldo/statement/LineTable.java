package io.saldo.statement;

import io.saldo.credit.Coverage;
import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statement's lines as columns. All keys are entered before the loop; the loop only adds. */
final class LineTable {
    /** What makes a line: two products or rows with the same are one line. */
    record Key(
            YearMonth usageMonth,
            String provider,
            String model,
            String serviceTier,
            Meter meter,
            StatementLine.Kind kind,
            @Nullable Amount unitPrice,
            long perUnits) {}

    private final Map<Key, Integer> indexes = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();

    /** By line; set by {@link #open}. */
    QuantitySums quantity = new QuantitySums(0);

    /** By line; units that packages were started for, or not. */
    QuantitySums packed = new QuantitySums(0);

    /** By line, then {@link Coverage}; scaled. */
    long[][] covered = new long[0][];

    /** By line; for unpriced ones. */
    long[] events = new long[0];

    /** By line; for unpriced ones. */
    long[] firstAt = new long[0];

    /** The line with that key. */
    int index(Key key) {
        return indexes.computeIfAbsent(key, absent -> {
            keys.add(absent);
            return keys.size() - 1;
        });
    }

    /** Makes the columns: from here on no key is added. */
    void open() {
        quantity = new QuantitySums(keys.size());
        packed = new QuantitySums(keys.size());
        covered = new long[keys.size()][Coverage.values().length];
        events = new long[keys.size()];
        firstAt = new long[keys.size()];
        Arrays.fill(firstAt, Long.MAX_VALUE);
    }

    List<Key> keys() {
        return keys;
    }

    void cover(int line, Coverage coverage, long amount) {
        covered[line][coverage.ordinal()] = Math.addExact(covered[line][coverage.ordinal()], amount);
    }

    void countUnpriced(int line, long occurredAt) {
        events[line]++;
        firstAt[line] = Math.min(firstAt[line], occurredAt);
    }
}
