package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.LateEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Tells what of a closed account-month no statement has counted yet. */
public final class LateUsageReader {
    private final AccountEventsReader reader;
    private final AccountEventsReader knownNow;

    /** Reads below that lake folder; the products of events carry these context tiers. */
    public LateUsageReader(Path lakeFolder, ContextTiers contextTiers) {
        this(new AccountEventsReader(lakeFolder, contextTiers));
    }

    private LateUsageReader(AccountEventsReader reader) {
        this(reader, reader);
    }

    private LateUsageReader(AccountEventsReader reader, AccountEventsReader knownNow) {
        this.reader = reader;
        this.knownNow = knownNow;
    }

    /** A reader of the same folder for which nothing came after that run. */
    public LateUsageReader knownTo(long run) {
        return new LateUsageReader(reader, reader.knownTo(run));
    }

    /**
     * What came after the month was counted.
     *
     * @param events what is to be counted
     * @param fallen how many events a statement counted with a higher figure than they have by now
     */
    public record Late(LateEvents events, long fallen) {}

    /**
     * Compares what is known with what was known when statements counted the month. Of each event and meter a statement
     * has charged the highest figure that one of them knew.
     *
     * @param countedBy the runs that closed a statement with usage of this month
     */
    public Late read(List<String> segmentPaths, String accountId, List<Long> countedBy) throws IOException {
        MergedAccounts.Keyed now = knownNow.keyed(segmentPaths, accountId);
        AccountEvents events = now.events();
        boolean[] known = new boolean[events.size()];
        long[][] counted = new long[Meter.COUNT][events.size()];
        long missing = 0;
        for (long run : countedBy) {
            MergedAccounts.Keyed then = reader.keyedTo(run, now, segmentPaths, accountId);
            missing += takeHighest(now, then, known, counted);
        }
        int late = 0;
        long fallen = missing;
        int[] from = new int[events.size()];
        for (int event = 0; event < events.size(); event++) {
            boolean rose = !known[event];
            boolean fell = false;
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                rose |= events.quantities()[meter][event] > counted[meter][event];
                fell |= events.quantities()[meter][event] < counted[meter][event];
            }
            fallen += fell ? 1 : 0;
            if (rose) {
                from[late++] = event;
            }
        }
        return new Late(lateEvents(events, counted, Arrays.copyOf(from, late)), fallen);
    }

    /** Raises what was counted to what was known then, and tells how many events of then are gone. */
    private static long takeHighest(
            MergedAccounts.Keyed now, MergedAccounts.Keyed then, boolean[] known, long[][] counted) {
        long missing = 0;
        int[] positions = now.positionsOf(then);
        for (int old = 0; old < positions.length; old++) {
            int event = positions[old];
            if (event == MergedAccounts.NOWHERE) {
                missing++;
                continue;
            }
            known[event] = true;
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                counted[meter][event] =
                        Math.max(counted[meter][event], then.events().quantities()[meter][old]);
            }
        }
        return missing;
    }

    private static LateEvents lateEvents(AccountEvents events, long[][] counted, int[] from) {
        int size = from.length;
        long[] occurredAt = new long[size];
        int[] product = new int[size];
        boolean[] billable = new boolean[size];
        long[][] quantities = new long[Meter.COUNT][size];
        long[][] figures = new long[Meter.COUNT][size];
        long[] delivery = new long[size];
        long[] line = new long[size];
        for (int late = 0; late < size; late++) {
            int event = from[late];
            occurredAt[late] = events.occurredAt()[event];
            product[late] = events.product()[event];
            billable[late] = events.billable()[event];
            delivery[late] = events.delivery()[event];
            line[late] = events.line()[event];
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                figures[meter][late] = events.quantities()[meter][event];
                quantities[meter][late] = Math.max(0, figures[meter][late] - counted[meter][event]);
            }
        }
        return new LateEvents(
                new AccountEvents(size, occurredAt, product, events.products(), billable, quantities, delivery, line),
                figures);
    }
}
