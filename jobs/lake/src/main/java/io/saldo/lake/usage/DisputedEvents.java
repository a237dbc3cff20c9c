package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

    /** Which of these ids the month has, in whatever namespaces. */
    public Set<EventName> find(Set<String> eventIds) {
        Set<EventName> found = new TreeSet<>();
        for (int event = 0; event < now.events().size(); event++) {
            EventName name = now.name(event);
            if (eventIds.contains(name.eventId())) {
                found.add(name);
            }
        }
        return found;
    }

    /** All events but these, in burn-down order. */
    public AccountEvents without(Set<EventName> excluded) {
        AccountEvents all = now.events();
        int[] kept = new int[all.size()];
        int size = 0;
        for (int event = 0; event < all.size(); event++) {
            if (!excluded.contains(now.name(event))) {
                kept[size++] = event;
            }
        }
        int[] from = Arrays.copyOf(kept, size);
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
        List<EventChange> changes = new ArrayList<>();
        for (long run : countedBy) {
            MergedAccounts.Keyed then = reader.knownTo(run).keyed(segmentPaths, accountId);
            compare(then, known, counted, excludedBefore, changes);
        }
        for (int event = 0; event < size; event++) {
            EventName name = now.name(event);
            if (excludedBefore.contains(name)) {
                continue;
            }
            List<Long> before = figures(counted, event);
            List<Long> after = figures(now.events().quantities(), event);
            if (excluded.contains(name)) {
                changes.add(change(now, event, EventChange.Cause.EXCLUDED, before, nothing()));
            } else if (!known[event]) {
                changes.add(change(now, event, EventChange.Cause.LATE, nothing(), after));
            } else if (!before.equals(after)) {
                changes.add(change(now, event, EventChange.Cause.RESTATED, before, after));
            }
        }
        return changes;
    }

    private void compare(
            MergedAccounts.Keyed then,
            boolean[] known,
            long[][] counted,
            Set<EventName> excludedBefore,
            List<EventChange> gone) {
        int event = 0;
        for (int old = 0; old < then.events().size(); old++) {
            while (event < now.events().size() && now.compare(event, then, old) < 0) {
                event++;
            }
            if (event == now.events().size() || now.compare(event, then, old) > 0) {
                EventName name = then.name(old);
                boolean isTold = gone.stream().anyMatch(each -> each.name().equals(name));
                if (!excludedBefore.contains(name) && !isTold) {
                    gone.add(change(
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
            event++;
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
