package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The events of a closed account-month as they are known now, without those that people exclude. */
public final class DisputedEvents {
    private final AccountEventsReader reader;
    private final List<String> segmentPaths;
    private final String accountId;
    private final MergedAccounts.Keyed now;

    /**
     * Reads what is known to that run.
     *
     * @param segmentPaths all segments with usage of the month
     */
    public DisputedEvents(
            Path lakeFolder, ContextTiers contextTiers, List<String> segmentPaths, String accountId, long run)
            throws IOException {
        this.reader = new AccountEventsReader(lakeFolder, contextTiers);
        this.segmentPaths = List.copyOf(segmentPaths);
        this.accountId = accountId;
        this.now = reader.knownTo(run).keyed(this.segmentPaths, accountId);
    }

    /** All events but these, in burn-down order. */
    public AccountEvents without(Set<EventName> excluded) {
        AccountEvents all = now.events();
        BitSet out = now.named(excluded);
        int[] from =
                IntStream.range(0, all.size()).filter(event -> !out.get(event)).toArray();
        int size = from.length;
        long[][] quantities = new long[Meter.COUNT][];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter] = pick(all.quantities()[meter], from);
        }
        boolean[] billable = new boolean[size];
        int[] product = new int[size];
        for (int event = 0; event < size; event++) {
            billable[event] = all.billable()[from[event]];
            product[event] = all.product()[from[event]];
        }
        return new AccountEvents(
                size,
                pick(all.occurredAt(), from),
                product,
                all.products(),
                billable,
                quantities,
                pick(all.delivery(), from),
                pick(all.line(), from));
    }

    private static long[] pick(long[] column, int[] from) {
        return Arrays.stream(from).mapToLong(event -> column[event]).toArray();
    }

    /**
     * What is counted otherwise now, in burn-down order.
     *
     * @param countedBy the runs up to which statements counted the month; of each event the highest figure was
     * @param excludedBefore what was left out by then
     * @param excluded what is left out now
     */
    public List<EventChange> changes(List<Long> countedBy, Set<EventName> excludedBefore, Set<EventName> excluded)
            throws IOException {
        int size = now.events().size();
        boolean[] known = new boolean[size];
        long[][] counted = new long[Meter.COUNT][size];
        Map<EventName, EventChange> gone = new LinkedHashMap<>();
        for (long run : countedBy) {
            MergedAccounts.Keyed then = reader.keyedTo(run, now, segmentPaths, accountId);
            compare(then, known, counted, excludedBefore, gone);
        }
        List<EventChange> changes = new ArrayList<>(gone.values());
        BitSet outBefore = now.named(excludedBefore);
        BitSet out = now.named(excluded);
        for (int event = outBefore.nextClearBit(0); event < size; event = outBefore.nextClearBit(event + 1)) {
            EventChange.Cause cause = out.get(event)
                    ? EventChange.Cause.EXCLUDED
                    : !known[event] ? EventChange.Cause.LATE : EventChange.Cause.RESTATED;
            if (cause != EventChange.Cause.RESTATED || isRestated(counted, event)) {
                changes.add(change(
                        now,
                        event,
                        cause,
                        figures(counted, event),
                        out.get(event) ? nothing() : figures(now.events().quantities(), event)));
            }
        }
        return changes;
    }

    private boolean isRestated(long[][] counted, int event) {
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            if (counted[meter][event] != now.events().quantities()[meter][event]) {
                return true;
            }
        }
        return false;
    }

    private void compare(
            MergedAccounts.Keyed then,
            boolean[] known,
            long[][] counted,
            Set<EventName> excludedBefore,
            Map<EventName, EventChange> gone) {
        int[] positions = now.positionsOf(then);
        for (int old = 0; old < positions.length; old++) {
            int event = positions[old];
            if (event == MergedAccounts.NOWHERE) {
                EventName name = then.name(old);
                if (!excludedBefore.contains(name)) {
                    gone.putIfAbsent(
                            name,
                            change(
                                    then,
                                    old,
                                    EventChange.Cause.GONE,
                                    figures(then.events().quantities(), old),
                                    nothing()));
                }
                continue;
            }
            known[event] = true;
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                counted[meter][event] =
                        Math.max(counted[meter][event], then.events().quantities()[meter][old]);
            }
        }
    }

    private static EventChange change(
            MergedAccounts.Keyed of, int event, EventChange.Cause cause, List<Long> before, List<Long> after) {
        AccountEvents events = of.events();
        return new EventChange(
                cause,
                of.name(event),
                events.occurredAt()[event],
                events.products().get(events.product()[event]),
                before,
                after,
                events.delivery()[event],
                events.line()[event]);
    }

    private static List<Long> figures(long[][] quantities, int event) {
        return Arrays.stream(quantities).map(column -> column[event]).toList();
    }

    private static List<Long> nothing() {
        return Collections.nCopies(Meter.COUNT, 0L);
    }
}
