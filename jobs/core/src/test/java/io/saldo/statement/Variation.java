package io.saldo.statement;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.Terms;
import io.saldo.pricing.PriceBooks;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A statement's input with one thing changed, so that a law can say what must follow from it. */
record Variation(StatementInput input) {
    Variation entries(List<CreditEntry> entries) {
        return of(input.asOf(), input.opening(), input.events(), entries, input.terms(), input.priceBooks());
    }

    Variation terms(List<Terms> terms) {
        return of(input.asOf(), input.opening(), input.events(), input.entries(), terms, input.priceBooks());
    }

    Variation books(PriceBooks books) {
        return of(input.asOf(), input.opening(), input.events(), input.entries(), input.terms(), books);
    }

    Variation events(AccountEvents events) {
        return of(input.asOf(), input.opening(), events, input.entries(), input.terms(), input.priceBooks());
    }

    Variation opening(OpeningPosition opening) {
        return of(input.asOf(), opening, input.events(), input.entries(), input.terms(), input.priceBooks());
    }

    Variation asOf(long micros) {
        return of(micros, input.opening(), input.events(), input.entries(), input.terms(), input.priceBooks());
    }

    Variation closedMonths(List<ClosedMonth> closedMonths) {
        return new Variation(new StatementInput(
                input.accountId(),
                input.month(),
                input.asOf(),
                input.zone(),
                input.currency(),
                input.opening(),
                input.events(),
                input.entries(),
                closedMonths,
                input.charges(),
                input.terms(),
                input.priceBooks(),
                input.closedOn(),
                input.probes()));
    }

    /** Nothing is used at that instant. */
    Variation idleAt(long micros) {
        AccountEvents events = input.events();
        return events(select(
                events,
                IntStream.range(0, events.size())
                        .filter(event -> events.occurredAt()[event] != micros)
                        .toArray(),
                events.products()));
    }

    /** What is used at that instant is used a microsecond before it. */
    Variation usedBefore(long micros) {
        AccountEvents events = input.events();
        AccountEvents same = select(events, IntStream.range(0, events.size()).toArray(), events.products());
        for (int event = 0; event < same.size(); event++) {
            same.occurredAt()[event] -= same.occurredAt()[event] == micros ? 1 : 0;
        }
        return events(same);
    }

    /** The same events, whose products stand in another order. */
    Variation products(List<AccountEvents.Product> order) {
        AccountEvents events = input.events();
        AccountEvents same = select(events, IntStream.range(0, events.size()).toArray(), order);
        for (int event = 0; event < events.size(); event++) {
            same.product()[event] = order.indexOf(events.products().get(events.product()[event]));
        }
        return events(same);
    }

    private Variation of(
            long asOf,
            OpeningPosition opening,
            AccountEvents events,
            List<CreditEntry> entries,
            List<Terms> terms,
            PriceBooks books) {
        return new Variation(new StatementInput(
                input.accountId(),
                input.month(),
                asOf,
                input.zone(),
                input.currency(),
                opening,
                events,
                entries,
                input.closedMonths(),
                input.charges(),
                terms,
                books,
                input.closedOn(),
                input.probes()));
    }

    static AccountEvents select(AccountEvents events, int[] kept, List<AccountEvents.Product> products) {
        boolean[] billable = new boolean[kept.length];
        long[][] quantities = new long[Meter.COUNT][];
        for (int index = 0; index < kept.length; index++) {
            billable[index] = events.billable()[kept[index]];
        }
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter] = longs(events.quantities()[meter], kept);
        }
        return new AccountEvents(
                kept.length,
                longs(events.occurredAt(), kept),
                Arrays.stream(kept).map(event -> events.product()[event]).toArray(),
                products,
                billable,
                quantities,
                longs(events.delivery(), kept),
                longs(events.line(), kept));
    }

    private static long[] longs(long[] column, int[] kept) {
        return Arrays.stream(kept).mapToLong(event -> column[event]).toArray();
    }
}
