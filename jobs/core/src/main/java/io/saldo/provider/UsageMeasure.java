package io.saldo.provider;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceLookup;
import io.saldo.pricing.PricePeriod;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.TierMode;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums usage by provider, stretch of time and product, and rates it with the provider's cost book: event by event,
 * because a price may depend on the size of one request. Memory depends on windows and products, not on events.
 *
 * <p>Where windows overlap, each instant is summed once: a window's usage is the sum of the stretches inside it.
 */
public final class UsageMeasure {
    private static final String NO_BOOK = "";

    private final PriceBooks books;
    private final Map<String, Stretches> byProvider = new HashMap<>();
    private final Map<CellKey, Cell> cells = new HashMap<>();

    /**
     * Measures in these windows.
     *
     * @param windows by provider as logged; usage of another provider, or outside of them, is left out
     * @param costBooks by provider; of one without a cost book all usage is unpriced
     */
    public UsageMeasure(
            Map<String, ? extends Collection<ProviderWindow>> windows,
            Map<String, String> costBooks,
            PriceBooks books) {
        this.books = books;
        windows.forEach((provider, each) ->
                byProvider.put(provider, new Stretches(costBooks.getOrDefault(provider, NO_BOOK), each)));
    }

    /** Adds an account's events, or a part of them. */
    public void add(AccountEvents events) {
        Rated[] products = events.products().stream().map(this::rated).toArray(Rated[]::new);
        for (int event = 0; event < events.size(); event++) {
            Rated product = products[events.product()[event]];
            if (product.stretches == null || !product.moveTo(events.occurredAt()[event])) {
                continue;
            }
            if (events.billable()[event]) {
                product.rate(events, event);
            } else {
                product.count(events, event);
            }
        }
    }

    /** What was measured, by provider, time, model, tier and meter. */
    public List<MeasuredUsage> usage() {
        List<MeasuredUsage> usage = new ArrayList<>();
        new TreeMap<>(cells).forEach((key, cell) -> {
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                cell.usage(key, meter, usage);
            }
        });
        return usage;
    }

    private Rated rated(Product product) {
        return new Rated(product, byProvider.get(product.provider()));
    }

    /** The stretches of time between one window's beginning or end and the next. */
    private static final class Stretches {
        private final String costBook;
        private final long[] boundaries;
        private final boolean[] covered;

        Stretches(String costBook, Collection<ProviderWindow> windows) {
            this.costBook = costBook;
            TreeSet<Long> instants = new TreeSet<>();
            windows.forEach(window -> {
                instants.add(window.from());
                instants.add(window.to());
            });
            boundaries = instants.stream().mapToLong(Long::longValue).toArray();
            covered = new boolean[boundaries.length];
            for (ProviderWindow window : windows) {
                for (int at = Arrays.binarySearch(boundaries, window.from()); boundaries[at] < window.to(); at++) {
                    covered[at] = true;
                }
            }
        }

        /** The stretch that holds the instant; -1 where no window does. */
        int of(long instant) {
            int found = Arrays.binarySearch(boundaries, instant);
            int stretch = found >= 0 ? found : -found - 2;
            return stretch >= 0 && covered[stretch] ? stretch : -1;
        }
    }

    private record CellKey(String provider, long from, long to, String model, String serviceTier)
            implements Comparable<CellKey> {
        @Override
        public int compareTo(CellKey other) {
            int order = provider.compareTo(other.provider);
            order = order != 0 ? order : Long.compare(from, other.from);
            order = order != 0 ? order : model.compareTo(other.model);
            return order != 0 ? order : serviceTier.compareTo(other.serviceTier);
        }
    }

    /** A product of one account, at the stretch of its last event. */
    private final class Rated {
        private final Product product;
        private final @Nullable Stretches stretches;
        private final @Nullable PricePeriod[] periods = new PricePeriod[Meter.COUNT];
        private long from;
        private long to;
        private Cell cell = new Cell();

        Rated(Product product, @Nullable Stretches stretches) {
            this.product = product;
            this.stretches = stretches;
        }

        boolean moveTo(long instant) {
            Stretches all = stretches;
            if (from <= instant && instant < to) {
                return true;
            }
            int stretch = all == null ? -1 : all.of(instant);
            if (all == null || stretch < 0) {
                return false;
            }
            from = all.boundaries[stretch];
            to = all.boundaries[stretch + 1];
            String model = books.model(product.provider(), product.model());
            cell = cells.computeIfAbsent(
                    new CellKey(product.provider(), from, to, model, product.serviceTier()), key -> new Cell());
            return true;
        }

        void count(AccountEvents events, int event) {
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                cell.notBillable[meter].add(events.quantities()[meter][event]);
            }
        }

        void rate(AccountEvents events, int event) {
            long[][] quantities = events.quantities();
            long totalInput = Meter.totalInput(quantities, event);
            long requests = quantities[Meter.REQUEST.ordinal()][event];
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                long quantity = quantities[meter][event];
                if (quantity != 0) {
                    cell.counted[meter].add(quantity);
                    PriceLookup price = period(meter, events.occurredAt()[event])
                            .lookup(product.contextOf(totalInput), product.contextsOf(requests));
                    if (price instanceof PriceLookup.Priced priced
                            && priced.set().mode() == TierMode.FLAT) {
                        cell.of(priced.set().tiers().get(0), meter).add(quantity);
                    } else if (!(price instanceof PriceLookup.Free)) {
                        cell.unpriced[meter].add(quantity);
                    }
                }
            }
        }

        private PricePeriod period(int meter, long instant) {
            PricePeriod known = periods[meter];
            if (known != null && known.from() <= instant && instant < known.to()) {
                return known;
            }
            String costBook = stretches == null ? NO_BOOK : stretches.costBook;
            PricePeriod found = books.period(
                    costBook, product.provider(), product.model(), product.serviceTier(), Meter.at(meter), instant);
            periods[meter] = found;
            return found;
        }
    }

    /** Sums of one product in one stretch. */
    private static final class Cell {
        private final Sum[] counted = sums();
        private final Sum[] notBillable = sums();
        private final Sum[] unpriced = sums();
        private final List<Map<PriceRow, Sum>> priced = new ArrayList<>();

        Cell() {
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                priced.add(new HashMap<>());
            }
        }

        private static Sum[] sums() {
            return Stream.generate(Sum::new).limit(Meter.COUNT).toArray(Sum[]::new);
        }

        Sum of(PriceRow row, int meter) {
            return priced.get(meter).computeIfAbsent(row, absent -> new Sum());
        }

        void usage(CellKey key, int meter, List<MeasuredUsage> into) {
            BigInteger quantity = counted[meter].total();
            BigInteger others = notBillable[meter].total();
            if (quantity.signum() == 0 && others.signum() == 0) {
                return;
            }
            Amount cost = Amount.ZERO;
            for (Map.Entry<PriceRow, Sum> each : priced.get(meter).entrySet()) {
                PriceRow row = each.getKey();
                int power = Long.toString(row.perUnits()).length() - 1;
                cost = cost.plus(row.unitPrice().times(each.getValue().total()).dividedByPowerOfTen(power));
            }
            into.add(new MeasuredUsage(
                    key.from,
                    key.to,
                    key.provider,
                    key.model,
                    key.serviceTier,
                    Meter.at(meter),
                    quantity,
                    others,
                    unpriced[meter].total(),
                    cost));
        }
    }

    /** A sum that goes on beyond 63 bits. */
    private static final class Sum {
        private BigInteger beyond = BigInteger.ZERO;
        private long sum;

        void add(long quantity) {
            long next = sum + quantity;
            if (next < sum) {
                beyond = beyond.add(BigInteger.valueOf(sum));
                next = quantity;
            }
            sum = next;
        }

        BigInteger total() {
            return beyond.add(BigInteger.valueOf(sum));
        }
    }
}
