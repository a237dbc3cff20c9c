package io.saldo.statement;

import io.saldo.usage.Meter;
import java.util.List;

/** Finds the quote of each event by walking forward in time: once over the month, in the order of the events. */
final class QuoteCursor {
    private final long[][] figures;
    private final Quote[][][] quotes;
    private final int[][] current;

    /** Over the figures of events, by meter and event: what decides on their prices. */
    QuoteCursor(long[][] figures, List<TermsSegment> segments, Quote[][][] quotes) {
        this.figures = figures;
        this.quotes = quotes;
        current = new int[segments.size()][];
        for (int index = 0; index < segments.size(); index++) {
            current[index] = new int[quotes[index].length];
        }
    }

    /** What holds for a product and meter at that instant, which is never before the last one asked for. */
    Quote at(int segment, int cell, long instant) {
        Quote[] inTime = quotes[segment][cell];
        int[] position = current[segment];
        while (instant >= inTime[position[cell]].to && position[cell] < inTime.length - 1) {
            position[cell]++;
        }
        return inTime[position[cell]];
    }

    /** The entry of the quote that holds for the event. */
    int entry(Quote quote, int event) {
        return figures[Meter.REQUEST.ordinal()][event] > 1
                ? quote.aggregate
                : quote.entry(Meter.totalInput(figures, event));
    }
}
