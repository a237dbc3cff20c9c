package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Merges sorted segments and cuts them into accounts. */
final class MergedAccounts implements AccountEventsCursor {
    static final int NOWHERE = -1;

    private static final String STANDARD_TIER = "standard";

    private final List<SegmentRows> segments;
    private final @Nullable WantedAccounts wanted;
    private final ContextTiers contextTiers;
    private int wantedFrom;
    private final PriorityQueue<SegmentRows> heads;
    private byte[] accountId = new byte[0];

    private int size;
    private long[] occurredAt = new long[0];
    private int[] product = new int[0];
    private boolean[] billable = new boolean[0];
    private long[][] quantities = new long[Meter.COUNT][0];
    private long[] delivery = new long[0];
    private long[] line = new long[0];
    private List<Product> products = new ArrayList<>();
    // Words of the last row's product, and its number; no provider before an account's first.
    private @Nullable String provider;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private byte[] productNamespace = new byte[0];
    private int lastProduct;
    private final Map<Product, Integer> productNumbers = new HashMap<>();

    // The event that the last row was of: where it starts, and, once it is restated, what its rows come to.
    private byte[] eventId = new byte[0];
    private byte[] namespace = new byte[0];
    private int eventStart;
    private boolean restated;
    private int events;
    // Modulo 2^64: a sum of differences may pass 63 bits on the way to a figure that does not.
    private final long[] totals = new long[Meter.COUNT];

    // What each event is known by, where that is asked for.
    private @Nullable List<Key> keys;
    private long lastRun;

    /** What tells an event from others at its instant; the copies of one without an id of its own share it. */
    @SuppressWarnings("ArrayRecordComponent") // the bytes of the row, compared as bytes
    private record Key(byte[] namespace, byte[] eventId) implements Comparable<Key> {
        static Key of(EventName name) {
            return new Key(
                    name.namespace().getBytes(StandardCharsets.UTF_8),
                    name.eventId().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int compareTo(Key other) {
            int byNamespace = Arrays.compareUnsigned(namespace, other.namespace);
            return byNamespace != 0 ? byNamespace : Arrays.compareUnsigned(eventId, other.eventId);
        }
    }

    /**
     * Events and, at the same positions, what they are known by.
     *
     * @param lastRun the last run that added a row of them; 0 where there is none
     */
    record Keyed(AccountEvents events, List<Key> keys, long lastRun) {
        /** What an event is known by. */
        EventName name(int event) {
            Key key = keys.get(event);
            return new EventName(
                    new String(key.namespace(), StandardCharsets.UTF_8),
                    new String(key.eventId(), StandardCharsets.UTF_8));
        }

        /** Which events these names are of. */
        BitSet named(Set<EventName> names) {
            Set<Key> wanted = names.stream().map(Key::of).collect(Collectors.toCollection(TreeSet::new));
            BitSet named = new BitSet();
            for (int event = 0; event < keys.size() && !wanted.isEmpty(); event++) {
                named.set(event, wanted.contains(keys.get(event)));
            }
            return named;
        }

        /** Where each event of others is among these; {@link #NOWHERE} where it is not. */
        int[] positionsOf(Keyed others) {
            int[] positions = new int[others.keys.size()];
            int event = 0;
            for (int other = 0; other < positions.length; other++) {
                while (event < keys.size() && compare(event, others, other) < 0) {
                    event++;
                }
                boolean isThere = event < keys.size() && compare(event, others, other) == 0;
                positions[other] = isThere ? event++ : NOWHERE;
            }
            return positions;
        }

        /** Compares an event with one of others in burn-down order; 0 where it is the same. */
        private int compare(int event, Keyed others, int other) {
            int byTime =
                    Long.compare(events.occurredAt()[event], others.events().occurredAt()[other]);
            return byTime != 0
                    ? byTime
                    : keys.get(event).compareTo(others.keys().get(other));
        }
    }

    /** Of those accounts, or of all where it is null. */
    MergedAccounts(List<SegmentRows> segments, @Nullable WantedAccounts wanted, ContextTiers contextTiers)
            throws IOException {
        this.segments = segments;
        this.contextTiers = contextTiers;
        this.wanted = wanted;
        heads = new PriorityQueue<>(Math.max(1, segments.size()), SegmentRows::compare);
        for (SegmentRows segment : segments) {
            if (segment.next()) {
                heads.add(segment);
            }
        }
    }

    @Override
    public boolean next() throws IOException {
        SegmentRows first = firstWanted();
        if (first == null) {
            return false;
        }
        accountId = first.accountId;
        size = 0;
        lastRun = 0;
        occurredAt = new long[16];
        product = new int[16];
        billable = new boolean[16];
        quantities = new long[Meter.COUNT][16];
        delivery = new long[16];
        line = new long[16];
        products = new ArrayList<>();
        productNumbers.clear();
        provider = null;
        eventStart = 0;
        restated = false;
        for (SegmentRows head = first; head != null && Arrays.equals(head.accountId, accountId); head = heads.peek()) {
            heads.poll();
            // While one segment holds the next events too, the queue need not be asked for each.
            do {
                take(head);
                if (!head.next()) {
                    head = null;
                    break;
                }
                SegmentRows other = heads.peek();
                if (!Arrays.equals(head.accountId, accountId)
                        || (other != null && SegmentRows.compare(head, other) > 0)) {
                    break;
                }
            } while (true);
            if (head != null) {
                heads.add(head);
            }
        }
        settle();
        return true;
    }

    /** The next account's events with what they are known by; none where there is no account. */
    Keyed keyed() throws IOException {
        List<Key> known = new ArrayList<>();
        keys = known;
        boolean found = next();
        keys = null;
        return new Keyed(found ? events() : AccountEvents.none(), known, found ? lastRun : 0);
    }

    @Override
    public String accountId() {
        return new String(accountId, StandardCharsets.UTF_8);
    }

    @Override
    public AccountEvents events() {
        return new AccountEvents(size, occurredAt, product, products, billable, quantities, delivery, line);
    }

    @Override
    public void close() throws IOException {
        for (SegmentRows segment : segments) {
            segment.close();
        }
    }

    /** The segment that holds the next wanted account, past accounts that share its pages. */
    private @Nullable SegmentRows firstWanted() throws IOException {
        SegmentRows first = heads.peek();
        if (wanted == null) {
            return first;
        }
        while (first != null) {
            wantedFrom = wanted.from(wantedFrom, first.accountId);
            if (wantedFrom == wanted.size()) {
                return null;
            }
            byte[] next = wanted.at(wantedFrom);
            if (Arrays.equals(next, first.accountId)) {
                return first;
            }
            heads.poll();
            if (first.nextFrom(next)) {
                heads.add(first);
            }
            first = heads.peek();
        }
        return null;
    }

    private void take(SegmentRows row) throws IOException {
        lastRun = Math.max(lastRun, row.run);
        boolean sameEvent = size > 0
                && row.occurredAt == occurredAt[size - 1]
                && Arrays.equals(row.eventId, eventId)
                && Arrays.equals(row.namespace, namespace);
        if (!sameEvent) {
            settle();
            eventStart = size;
            eventId = row.eventId;
            namespace = row.namespace;
        }
        if (row.events == 1) {
            append(row);
            return;
        }
        if (!sameEvent) {
            throw damaged("a restatement without its event");
        }
        if (!restated) {
            restated = true;
            events = size - eventStart;
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                totals[meter] = 0;
                for (int event = eventStart; event < size; event++) {
                    totals[meter] += quantities[meter][event];
                }
            }
        }
        events += row.events;
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            totals[meter] += row.quantities[meter];
        }
        if (row.events == 0
                && (row.delivery > delivery[eventStart]
                        || (row.delivery == delivery[eventStart] && row.line > line[eventStart]))) {
            delivery[eventStart] = row.delivery;
            line[eventStart] = row.line;
        }
    }

    /** Makes of the rows of one event, which are the last ones, what they say together. */
    private void settle() throws IOException {
        if (!restated) {
            return;
        }
        restated = false;
        if (events < 0 || events > size - eventStart) {
            throw damaged("an event that was taken back before it came");
        }
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            long[] column = quantities[meter];
            if (events == 1) {
                column[eventStart] = totals[meter];
            }
            if (events == 0 ? totals[meter] != 0 : totals[meter] != column[eventStart] * events) {
                throw damaged("an event whose restatements do not add up");
            }
        }
        size = eventStart + events;
        if (keys != null) {
            keys.subList(size, keys.size()).clear();
        }
    }

    private IOException damaged(String what) {
        return new IOException("the lake has " + what + ": account " + accountId() + ", event id "
                + new String(eventId, StandardCharsets.UTF_8));
    }

    private void append(SegmentRows row) {
        if (size == occurredAt.length) {
            int length = Math.multiplyExact(size, 2);
            occurredAt = Arrays.copyOf(occurredAt, length);
            product = Arrays.copyOf(product, length);
            billable = Arrays.copyOf(billable, length);
            delivery = Arrays.copyOf(delivery, length);
            line = Arrays.copyOf(line, length);
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                quantities[meter] = Arrays.copyOf(quantities[meter], length);
            }
        }
        occurredAt[size] = row.occurredAt;
        product[size] = productNumber(row);
        billable[size] = row.billable;
        delivery[size] = row.delivery;
        line[size] = row.line;
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter][size] = row.quantities[meter];
        }
        size++;
        if (keys != null) {
            keys.add(new Key(namespace, eventId));
        }
    }

    // Within a row group equal words are the same object; so most rows need no look into the table.
    @SuppressWarnings("ReferenceEquality")
    private int productNumber(SegmentRows row) {
        if (row.provider == provider
                && row.model == model
                && row.serviceTier == serviceTier
                && (row.namespace == productNamespace || !contextTiers.areDeclared())) {
            return lastProduct;
        }
        provider = row.provider;
        model = row.model;
        serviceTier = row.serviceTier;
        productNamespace = row.namespace;
        lastProduct = knownOrNewProduct(row);
        return lastProduct;
    }

    private int knownOrNewProduct(SegmentRows row) {
        Product key = new Product(
                row.provider,
                row.model,
                row.serviceTier.isEmpty() ? STANDARD_TIER : row.serviceTier,
                contextTiers.of(row.namespace));
        Integer known = productNumbers.get(key);
        if (known != null) {
            return known;
        }
        int number = products.size();
        products.add(key);
        productNumbers.put(key, number);
        return number;
    }
}
