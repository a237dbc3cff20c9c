package io.saldo.lake.intake;

import io.saldo.time.BillingZone;
import java.time.YearMonth;

/** The usage month of an instant between two, without asking the zone each time. */
final class Months {
    private final long[] starts;
    private final int first;
    private int last;

    Months(BillingZone zone, long fromMicros, long toMicros) {
        YearMonth from = zone.monthOf(fromMicros);
        first = from.getYear() * 12 + from.getMonthValue() - 1;
        YearMonth to = zone.monthOf(toMicros);
        int count = to.getYear() * 12 + to.getMonthValue() - first;
        starts = new long[count + 1];
        for (int index = 0; index <= count; index++) {
            starts[index] = zone.startOf(from.plusMonths(index));
        }
    }

    /** {@code year x 12 + month - 1}. */
    int of(long micros) {
        while (micros < starts[last]) {
            last--;
        }
        while (micros >= starts[last + 1]) {
            last++;
        }
        return first + last;
    }
}
