package io.saldo.lake.intake;

import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts instants by their day in the billing zone, without asking the zone each time. */
final class Days {
    private final LocalDate first;
    private final long[] starts;
    private final long[] records;
    private int last;

    Days(BillingZone zone, long fromMicros, long toMicros) {
        first = zone.dateOf(fromMicros);
        int count = Math.toIntExact(ChronoUnit.DAYS.between(first, zone.dateOf(toMicros))) + 1;
        starts = new long[count + 1];
        for (int day = 0; day <= count; day++) {
            starts[day] = zone.startOf(first.plusDays(day));
        }
        records = new long[count];
    }

    void add(long micros) {
        if (micros < starts[last] || micros >= starts[last + 1]) {
            int found = Arrays.binarySearch(starts, micros);
            last = found < 0 ? -found - 2 : found;
        }
        records[last]++;
    }

    List<ScatterManifest.DayCount> counts() {
        List<ScatterManifest.DayCount> counts = new ArrayList<>();
        for (int day = 0; day < records.length; day++) {
            if (records[day] > 0) {
                counts.add(new ScatterManifest.DayCount(first.plusDays(day).toString(), records[day]));
            }
        }
        return counts;
    }
}
