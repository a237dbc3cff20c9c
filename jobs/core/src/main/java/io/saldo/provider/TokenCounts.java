package io.saldo.provider;

import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Quantities by meter; a meter that is not there is zero. */
final class TokenCounts {
    private final EnumMap<Meter, BigInteger> byMeter = new EnumMap<>(Meter.class);

    void add(Meter meter, BigInteger quantity) {
        byMeter.merge(meter, quantity, BigInteger::add);
    }

    void addAll(Map<Meter, BigInteger> quantities) {
        quantities.forEach(this::add);
    }

    BigInteger of(Meter meter) {
        return byMeter.getOrDefault(meter, BigInteger.ZERO);
    }

    TokenCounts plus(TokenCounts other) {
        TokenCounts sum = new TokenCounts();
        sum.addAll(byMeter);
        sum.addAll(other.byMeter);
        return sum;
    }

    TokenCounts minus(TokenCounts other) {
        TokenCounts difference = new TokenCounts();
        difference.addAll(byMeter);
        other.byMeter.forEach((meter, quantity) -> difference.add(meter, quantity.negate()));
        return difference;
    }

    TokenCounts times(long factor) {
        TokenCounts product = new TokenCounts();
        byMeter.forEach((meter, quantity) -> product.add(meter, quantity.multiply(BigInteger.valueOf(factor))));
        return product;
    }

    /** As one counts who states only these meters: parts that are not stated are inside input or output. */
    TokenCounts folded(Set<Meter> stated) {
        TokenCounts folded = new TokenCounts();
        byMeter.forEach((meter, quantity) -> {
            Meter whole =
                    switch (meter) {
                        case CACHED_INPUT, CACHE_WRITE, AUDIO_INPUT -> stated.contains(meter) ? meter : Meter.INPUT;
                        case AUDIO_OUTPUT -> stated.contains(meter) ? meter : Meter.OUTPUT;
                        case INPUT, OUTPUT, UNIT, REQUEST -> meter;
                    };
            if (stated.contains(whole)) {
                folded.add(whole, quantity);
            }
        });
        return folded;
    }

    /** Without requests: retries and failed requests are counted differently everywhere, and nobody pays by them. */
    private boolean isCompared(Meter meter) {
        return meter != Meter.REQUEST;
    }

    /** The sum over everything that is compared. */
    BigInteger total() {
        return byMeter.entrySet().stream()
                .filter(each -> isCompared(each.getKey()))
                .map(Map.Entry::getValue)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The sum of absolute values over everything that is compared. */
    BigInteger gross() {
        return byMeter.entrySet().stream()
                .filter(each -> isCompared(each.getKey()))
                .map(each -> each.getValue().abs())
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Whether everything that is compared is equal. */
    boolean equalsCompared(TokenCounts other) {
        return minus(other).gross().signum() == 0;
    }

    /** Input of every kind. */
    BigInteger inputs() {
        return of(Meter.INPUT)
                .add(of(Meter.CACHED_INPUT))
                .add(of(Meter.CACHE_WRITE))
                .add(of(Meter.AUDIO_INPUT));
    }

    /** Output of every kind. */
    BigInteger outputs() {
        return of(Meter.OUTPUT).add(of(Meter.AUDIO_OUTPUT));
    }

    /** Such as {@code input +1, output -2}: signed, without what is zero. */
    String signed() {
        return byMeter.entrySet().stream()
                .filter(each -> each.getValue().signum() != 0)
                .map(each -> each.getKey().word() + " " + (each.getValue().signum() > 0 ? "+" : "") + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
