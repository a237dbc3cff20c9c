package io.saldo.statement;

import io.saldo.pricing.ModelAlias;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceRow;
import io.saldo.usage.Meter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** SPEC 5 read aloud: linear searches, no index, no period. */
record NaivePrices(List<PriceBook> books, List<PriceRow> rows, List<ModelAlias> aliases) {
    enum Answer {
        PRICED,
        FREE,
        UNPRICED
    }

    record Result(Answer answer, PriceRow row) {}

    String model(String provider, String logged) {
        return aliases.stream()
                .filter(alias ->
                        alias.provider().equals(provider) && alias.alias().equals(logged))
                .map(ModelAlias::model)
                .findFirst()
                .orElse(logged);
    }

    Result price(
            String book, String provider, String model, String tier, Meter meter, long at, long input, long requests) {
        Result found = search(book, provider, model, tier, meter, at, input, requests);
        if (found == null
                && List.of(Meter.CACHED_INPUT, Meter.CACHE_WRITE, Meter.AUDIO_INPUT)
                        .contains(meter)) {
            found = search(book, provider, model, tier, Meter.INPUT, at, input, requests);
        }
        if (found == null && meter == Meter.AUDIO_OUTPUT) {
            found = search(book, provider, model, tier, Meter.OUTPUT, at, input, requests);
        }
        if (found != null) {
            return found;
        }
        if (meter == Meter.UNIT || meter == Meter.REQUEST) {
            boolean sold = false;
            for (String name = book; !name.isEmpty(); name = extended(name)) {
                String current = name;
                sold |= rows.stream()
                        .anyMatch(row -> row.priceBook().equals(current)
                                && row.model().equals(model)
                                && row.meter() == meter
                                && List.of("*", provider).contains(row.provider()));
            }
            return new Result(sold ? Answer.UNPRICED : Answer.FREE, null);
        }
        return new Result(Answer.UNPRICED, null);
    }

    private Result search(
            String book, String provider, String model, String tier, Meter meter, long at, long input, long requests) {
        for (String name = book; !name.isEmpty(); name = extended(name)) {
            String current = name;
            List<PriceRow> candidates = rows.stream()
                    .filter(row -> row.priceBook().equals(current))
                    .filter(row -> List.of("*", provider).contains(row.provider()))
                    .filter(row ->
                            row.model().equals(model) && row.serviceTier().equals(tier))
                    .filter(row -> row.meter() == meter)
                    .filter(row -> row.effectiveFrom() <= at && at < row.effectiveTo())
                    .toList();
            if (requests > 1 && candidates.stream().anyMatch(row -> row.contextOver() > 0)) {
                return new Result(Answer.UNPRICED, null);
            }
            Optional<PriceRow> winner = candidates.stream()
                    .filter(row -> row.contextOver() == 0 || input > row.contextOver())
                    .max(Comparator.comparing((PriceRow row) -> !Objects.equals(row.provider(), "*"))
                            .thenComparing(PriceRow::contextOver));
            if (winner.isPresent()) {
                return new Result(Answer.PRICED, winner.get());
            }
        }
        return null;
    }

    private String extended(String book) {
        return books.stream()
                .filter(known -> known.name().equals(book))
                .map(PriceBook::extendsBook)
                .findFirst()
                .orElse("");
    }
}
