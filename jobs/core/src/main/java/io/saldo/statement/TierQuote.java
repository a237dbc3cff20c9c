package io.saldo.statement;

/** A row set with tiers as one product and meter meets it: where what it charges is written, by tier. */
final class TierQuote {
    final TierCounter counter;
    final int[] line;
    final int[] feeLine;

    TierQuote(TierCounter counter, int[] line, int[] feeLine) {
        this.counter = counter;
        this.line = line;
        this.feeLine = feeLine;
    }
}
