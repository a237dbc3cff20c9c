package io.saldo.statement;

import io.saldo.pricing.RowSet;
import io.saldo.usage.Meter;
import java.util.List;

/** How far a usage month has counted: what stands against its cap, what of it is overage, and its tiers; scaled. */
final class Counted {
    /** By terms segment, what of its usage is overage. */
    final long[] overage;

    /** What stands against the month's cap, from earlier statements too. */
    long againstCap;

    private final List<TierCounter> tiers;

    Counted(RatedMonth month, int scale) {
        overage = new long[month.segments().size()];
        againstCap = month.counters().overage().unscaled(scale);
        tiers = month.tiers();
    }

    void save(CheckpointWriter out) {
        out.numbers(overage);
        out.number(againstCap);
        List<TierCounter> moved =
                tiers.stream().filter(tier -> tier.counted != tier.before).toList();
        out.number(moved.size());
        for (TierCounter tier : moved) {
            save(tier.set.key(), out);
            out.number(tier.counted);
        }
    }

    /** Takes over what was saved, when the month may have had fewer terms segments. */
    void restore(CheckpointReader in) {
        int segments = in.count();
        if (segments > overage.length) {
            throw new UnusableCheckpointException("the month has fewer terms");
        }
        for (int segment = 0; segment < segments; segment++) {
            overage[segment] = in.amount();
        }
        againstCap = in.amount();
        for (int size = in.count(); size > 0; size--) {
            RowSet.Key key = readKey(in);
            TierCounter counter = tiers.stream()
                    .filter(tier -> tier.set.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new UnusableCheckpointException("the month has no tiers of " + key));
            counter.counted = in.number();
        }
    }

    static void save(RowSet.Key key, CheckpointWriter out) {
        out.text(key.priceBook());
        out.text(key.provider());
        out.text(key.model());
        out.text(key.serviceTier());
        out.number(key.meter().ordinal());
        out.number(key.contextOver());
        out.number(key.effectiveFrom());
        out.number(key.effectiveTo());
    }

    static RowSet.Key readKey(CheckpointReader in) {
        return new RowSet.Key(
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                Meter.at(in.count()),
                in.number(),
                in.number(),
                in.number());
    }
}
