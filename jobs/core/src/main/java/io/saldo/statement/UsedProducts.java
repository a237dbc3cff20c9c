package io.saldo.statement;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which meters of which products were to be charged: what a month's prices are resolved for.
 *
 * @param products the products
 * @param cells by product x meter, whether some of it was used
 */
@SuppressWarnings("ArrayRecordComponent") // handed to one plan, never compared
record UsedProducts(List<Product> products, boolean[] cells) {
    /** Nothing. */
    static final UsedProducts NONE = new UsedProducts(List.of(), new boolean[0]);

    /** The events with these products first, under the numbers that they have here. */
    AccountEvents numbered(AccountEvents events) {
        if (products.isEmpty()) {
            return events;
        }
        List<Product> all = new ArrayList<>(products);
        Map<Product, Integer> numbers = new HashMap<>();
        products.forEach(product -> numbers.put(product, numbers.size()));
        int[] numberOf = new int[events.products().size()];
        for (int index = 0; index < numberOf.length; index++) {
            numberOf[index] = numbers.computeIfAbsent(events.products().get(index), product -> {
                all.add(product);
                return all.size() - 1;
            });
        }
        int[] product = new int[events.size()];
        for (int event = 0; event < product.length; event++) {
            product[event] = numberOf[events.product()[event]];
        }
        return new AccountEvents(
                events.size(),
                events.occurredAt(),
                product,
                all,
                events.billable(),
                events.quantities(),
                events.delivery(),
                events.line());
    }

    /** With what those events use, which are {@link #numbered}. */
    UsedProducts with(AccountEvents events, int from, int to) {
        boolean[] used = Arrays.copyOf(cells, events.products().size() * Meter.COUNT);
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            long[] quantity = events.quantities()[meter];
            for (int event = from; event < to; event++) {
                if (quantity[event] != 0 && events.billable()[event]) {
                    used[events.product()[event] * Meter.COUNT + meter] = true;
                }
            }
        }
        return new UsedProducts(events.products(), used);
    }

    void save(CheckpointWriter out) {
        List<Integer> used = new ArrayList<>();
        for (int product = 0; product < products.size(); product++) {
            if (meters(product) != 0) {
                used.add(product);
            }
        }
        out.number(used.size());
        for (int product : used) {
            out.text(products.get(product).provider());
            out.text(products.get(product).model());
            out.text(products.get(product).serviceTier());
            out.number(products.get(product).contextTier());
            out.number(meters(product));
        }
    }

    static UsedProducts read(CheckpointReader in) {
        int size = in.count();
        List<Product> products = new ArrayList<>();
        List<Boolean> cells = new ArrayList<>();
        for (int product = 0; product < size; product++) {
            products.add(new Product(in.text(), in.text(), in.text(), in.number()));
            long meters = in.number();
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                cells.add((meters >> meter & 1) == 1);
            }
        }
        boolean[] used = new boolean[cells.size()];
        for (int cell = 0; cell < used.length; cell++) {
            used[cell] = cells.get(cell);
        }
        return new UsedProducts(products, used);
    }

    /** A bit for each meter. */
    private long meters(int product) {
        long meters = 0;
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            meters |= cells[product * Meter.COUNT + meter] ? 1L << meter : 0;
        }
        return meters;
    }
}
