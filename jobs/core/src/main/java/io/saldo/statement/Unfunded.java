package io.saldo.statement;

/** How much is unfunded for one reason, and how often; scaled. */
final class Unfunded {
    long amount;
    long events;
    long firstAt = Long.MAX_VALUE;
    private long lastEvent = -1;

    /**
     * Adds what nobody pays of an event.
     *
     * @param event its number: an event is counted once, however many of its meters are unfunded
     */
    void add(long part, long event, long at) {
        amount = Math.addExact(amount, part);
        if (event != lastEvent) {
            lastEvent = event;
            events++;
            firstAt = Math.min(firstAt, at);
        }
    }

    void save(CheckpointWriter out) {
        out.number(amount);
        out.number(events);
        out.number(firstAt);
        out.number(lastEvent);
    }

    void restore(CheckpointReader in) {
        amount = in.amount();
        events = in.number();
        firstAt = in.number();
        lastEvent = in.number();
    }
}
