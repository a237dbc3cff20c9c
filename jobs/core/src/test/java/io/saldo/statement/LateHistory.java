package io.saldo.statement;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.LateEvents;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random account of which some usage is known late: each event comes with the close of March, of April or of May, and
 * some figures grow from one close to the next.
 */
final class LateHistory {
    static final YearMonth APRIL = History.MARCH.plusMonths(1);
    static final YearMonth MAY = History.MARCH.plusMonths(2);

    final History history;
    private final AccountEvents all;
    private final int[] comesWith;
    /** By close, meter and event. */
    private final long[][][] figures;

    LateHistory(long seed) {
        history = new History(seed);
        Random random = new Random(seed ^ 0x1a7e);
        all = history.events;
        comesWith = new int[all.size()];
        figures = new long[3][Meter.COUNT][all.size()];
        for (int event = 0; event < all.size(); event++) {
            comesWith[event] = random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(2);
            boolean grows = random.nextInt(5) == 0;
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                long whole = all.quantities()[meter][event];
                for (int close = 2; close >= 0; close--) {
                    figures[close][meter][event] = whole;
                    whole -= grows && whole > 0 ? random.nextLong(whole + 1) : 0;
                }
            }
        }
    }

    StatementInput march() {
        return input(History.MARCH, 0, History.ZONE.endOf(History.MARCH), OpeningPosition.NONE, List.of(), List.of());
    }

    StatementInput april(Statement march, long asOf) {
        return input(
                APRIL,
                1,
                asOf,
                march.closing(),
                march.appliedEntries(),
                List.of(closed(History.MARCH, 1, march.counters())));
    }

    /** Of a month without usage of its own. */
    StatementInput may(Statement march, Statement april) {
        List<MonthCounters> counted = new ArrayList<>(march.counters());
        counted.addAll(april.counters());
        List<String> applied = new ArrayList<>(march.appliedEntries());
        applied.addAll(april.appliedEntries());
        return input(
                MAY,
                2,
                History.ZONE.endOf(MAY),
                april.closing(),
                applied,
                List.of(closed(History.MARCH, 2, counted), closed(APRIL, 2, counted)));
    }

    private StatementInput input(
            YearMonth month,
            int close,
            long asOf,
            OpeningPosition opening,
            List<String> applied,
            List<ClosedMonth> closed) {
        int[] known = IntStream.range(0, all.size())
                .filter(event -> comesWith[event] <= close)
                .toArray();
        return new Variation(history.input(month, asOf, opening, applied))
                .events(select(known, figures[close]))
                .closedMonths(closed)
                .input();
    }

    /** What of that month came between the close and the one before. */
    private ClosedMonth closed(YearMonth month, int close, List<MonthCounters> counted) {
        int[] late = IntStream.range(0, all.size())
                .filter(event -> History.ZONE.monthOf(all.occurredAt()[event]).equals(month))
                .filter(event -> comesWith[event] == close || (comesWith[event] < close && grew(event, close)))
                .toArray();
        long[][] grown = new long[Meter.COUNT][all.size()];
        for (int event : late) {
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                long before = comesWith[event] < close ? figures[close - 1][meter][event] : 0;
                grown[meter][event] = figures[close][meter][event] - before;
            }
        }
        MonthCounters counters = counted.stream()
                .filter(each -> each.month().equals(month))
                .reduce(MonthCounters.none(month), (earlier, later) -> later);
        return new ClosedMonth(
                month,
                new LateEvents(select(late, grown), select(late, figures[close]).quantities()),
                0,
                counters);
    }

    private boolean grew(int event, int close) {
        return IntStream.range(0, Meter.COUNT)
                .anyMatch(meter -> figures[close][meter][event] > figures[close - 1][meter][event]);
    }

    private AccountEvents select(int[] kept, long[][] quantities) {
        AccountEvents figured = new AccountEvents(
                all.size(),
                all.occurredAt(),
                all.product(),
                all.products(),
                all.billable(),
                quantities,
                all.delivery(),
                all.line());
        return Variation.select(figured, kept, all.products());
    }
}
