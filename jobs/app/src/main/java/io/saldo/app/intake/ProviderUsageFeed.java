package io.saldo.app.intake;

import io.saldo.app.config.Configuration;
import io.saldo.app.intake.FeedRecord.Rejection;
import io.saldo.app.run.Run;
import io.saldo.app.store.ProviderStore;
import io.saldo.problem.ProblemCode;
import io.saldo.provider.ProviderBucket;
import io.saldo.usage.Meter;
import io.saldo.usage.TokenSemantics;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What providers counted. */
final class ProviderUsageFeed implements Feed {
    private static final Map<String, Meter> METERS = Map.of(
            "input_tokens", Meter.INPUT,
            "cached_input_tokens", Meter.CACHED_INPUT,
            "cache_write_tokens", Meter.CACHE_WRITE,
            "output_tokens", Meter.OUTPUT,
            "audio_input_tokens", Meter.AUDIO_INPUT,
            "audio_output_tokens", Meter.AUDIO_OUTPUT,
            "units", Meter.UNIT,
            "requests", Meter.REQUEST);
    private static final List<Meter> PARTS_OF_INPUT = List.of(Meter.CACHED_INPUT, Meter.CACHE_WRITE, Meter.AUDIO_INPUT);
    private static final List<Meter> PARTS_OF_OUTPUT = List.of(Meter.AUDIO_OUTPUT);

    private final ProviderStore store;

    ProviderUsageFeed(ProviderStore store) {
        this.store = store;
    }

    @Override
    public String instant() {
        return "window_start";
    }

    @Override
    public FeedOutcome take(Run run, FeedRecord record, Configuration configuration) {
        EnumMap<Meter, BigInteger> quantities = new EnumMap<>(Meter.class);
        METERS.forEach((column, meter) -> {
            BigInteger quantity = quantity(record, column);
            if (quantity != null) {
                quantities.put(meter, quantity);
            }
        });
        if (record.source().tokenSemantics() == TokenSemantics.INCLUSIVE) {
            takeParts(quantities, Meter.INPUT, PARTS_OF_INPUT);
            takeParts(quantities, Meter.OUTPUT, PARTS_OF_OUTPUT);
        }
        ProviderWindows.Subject subject = ProviderWindows.subject(record);
        store.addBucket(
                run.id(),
                record.deliveryId(),
                record.line(),
                subject.provider(),
                new ProviderBucket(
                        subject.window(),
                        configuration.priceBooks().model(subject.provider(), record.required("model")),
                        quantities,
                        ""));
        return FeedOutcome.ACCEPTED;
    }

    private static void takeParts(EnumMap<Meter, BigInteger> quantities, Meter whole, List<Meter> parts) {
        BigInteger rest = quantities.get(whole);
        if (rest == null) {
            return;
        }
        for (Meter part : parts) {
            rest = rest.subtract(quantities.getOrDefault(part, BigInteger.ZERO));
        }
        if (rest.signum() < 0) {
            throw new Rejection(
                    ProblemCode.INCONSISTENT_TOKENS,
                    "the parts of " + whole.word() + " are larger than the whole by " + rest.negate());
        }
        quantities.put(whole, rest);
    }

    // Exports write counts as 3.0 too.
    private static @Nullable BigInteger quantity(FeedRecord record, String column) {
        if (record.text(column).isEmpty()) {
            return null;
        }
        BigDecimal quantity = record.figure(column).toBigDecimal();
        if (quantity.signum() < 0 || quantity.stripTrailingZeros().scale() > 0) {
            throw new Rejection(
                    ProblemCode.BAD_QUANTITY,
                    column + " is \"" + record.text(column) + "\": no whole number from 0 on");
        }
        return quantity.toBigIntegerExact();
    }
}
