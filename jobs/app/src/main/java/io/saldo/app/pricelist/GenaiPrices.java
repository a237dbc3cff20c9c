package io.saldo.app.pricelist;

import io.saldo.app.pricelist.JsonValue.JsonArray;
import io.saldo.app.pricelist.JsonValue.JsonNumber;
import io.saldo.app.pricelist.JsonValue.JsonObject;
import io.saldo.app.pricelist.JsonValue.JsonText;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemException;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code data.json} of genai-prices: providers with models. A model's prices are one set, or a list of sets with
 * constraints of which the last that fits an instant holds. A figure is dollars per million, or a base with tiers by the
 * request's total input, each of which reprices the whole request.
 */
final class GenaiPrices {
    private static final String STANDARD = "standard";
    private static final long MILLION = 1_000_000;

    private static final Map<String, Meter> METERS = Map.of(
            "input_mtok", Meter.INPUT,
            "cache_read_mtok", Meter.CACHED_INPUT,
            "cache_write_mtok", Meter.CACHE_WRITE,
            "output_mtok", Meter.OUTPUT,
            "input_audio_mtok", Meter.AUDIO_INPUT,
            "output_audio_mtok", Meter.AUDIO_OUTPUT,
            "requests_kcount", Meter.REQUEST);

    private static final Map<String, String> REASONS = new TreeMap<>(Map.of(
            "cache_audio_read_mtok", "audio read from a cache is cached_input here, at its one price",
            "cache_image_read_mtok", "image tokens have no meter of their own",
            "cache_write_1h_mtok", "cache_write has one price, whatever the lifetime: the list's cache_write_mtok",
            "input_image_mtok", "image tokens have no meter of their own: they are rated as input",
            "input_video_mtok", "video tokens have no meter of their own: they are rated as input",
            "output_image_mtok", "image tokens have no meter of their own: they are rated as output",
            "output_video_mtok", "video tokens have no meter of their own: they are rated as output",
            "output_citation_mtok", "citation tokens have no meter",
            "output_reasoning_mtok", "reasoning tokens are inside output, and are rated as output",
            "web_searches_kcount", "what the meter unit counts is the source's to say: add a row of it by hand"));

    private final Path file;
    private final ListDraft draft;

    GenaiPrices(Path file, ListDraft draft) {
        this.file = file;
        this.draft = draft;
    }

    void read(JsonValue document) {
        if (!(document instanceof JsonArray providers)) {
            throw refused("an array of providers");
        }
        for (JsonValue each : providers.items()) {
            if (!(each instanceof JsonObject provider)
                    || !(provider.members().get("id") instanceof JsonText providerId)
                    || !(provider.members().get("models") instanceof JsonArray models)) {
                throw refused("an array of providers with id and models");
            }
            for (JsonValue one : models.items()) {
                if (!(one instanceof JsonObject model) || !(model.members().get("id") instanceof JsonText modelId)) {
                    throw refused("models with an id");
                }
                if (draft.begins(providerId.text(), modelId.text())) {
                    prices(model.members().get("prices"));
                    draft.ends();
                }
            }
        }
    }

    private void prices(@Nullable JsonValue prices) {
        if (prices instanceof JsonObject set) {
            take(set.members(), Instants.MIN, Instants.MAX);
        } else if (prices instanceof JsonArray list) {
            List<DatedSet> sets = new ArrayList<>();
            for (JsonValue item : list.items()) {
                DatedSet set = dated(item);
                if (set == null) {
                    draft.leaveOut(
                            "prices", "they depend on something other than a date, such as the time of day: no column");
                    return;
                }
                sets.add(set);
            }
            take(sets);
        } else if (prices != null) {
            draft.leaveOut("prices", "neither a set of prices nor a list of sets");
        }
    }

    /** Null where the constraint is another one than a date from which the set holds. */
    private static @Nullable DatedSet dated(JsonValue item) {
        if (!(item instanceof JsonObject entry) || !(entry.members().get("prices") instanceof JsonObject set)) {
            return null;
        }
        JsonValue constraint = entry.members().getOrDefault("constraint", JsonValue.JsonWord.NULL);
        if (constraint == JsonValue.JsonWord.NULL) {
            return new DatedSet(Instants.MIN, set.members());
        }
        if (constraint instanceof JsonObject only
                && only.members().keySet().equals(Set.of("start_date"))
                && only.members().get("start_date") instanceof JsonText date) {
            try {
                return new DatedSet(
                        Instants.toMicros(LocalDate.parse(date.text())
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()),
                        set.members());
            } catch (DateTimeException | ArithmeticException noDate) {
                return null;
            }
        }
        return null;
    }

    /** While no set begins, the last of the list that has begun holds. */
    private void take(List<DatedSet> sets) {
        SortedSet<Long> bounds = new TreeSet<>(List.of(Instants.MIN, Instants.MAX));
        sets.forEach(set -> bounds.add(set.from));
        List<Long> instants = List.copyOf(bounds);
        for (int index = 1; index < instants.size(); index++) {
            long from = instants.get(index - 1);
            DatedSet holds = null;
            for (DatedSet set : sets) {
                holds = set.from <= from ? set : holds;
            }
            if (holds != null) {
                take(holds.prices, from, instants.get(index));
            }
        }
    }

    private void take(Map<String, JsonValue> set, long from, long to) {
        set.forEach((figure, value) -> {
            Meter meter = METERS.get(figure);
            if (meter == null) {
                draft.leaveOut(figure, REASONS.getOrDefault(figure, "Saldo does not know this figure"));
            } else if (value instanceof JsonObject tiered) {
                tiers(figure, meter, tiered.members(), from, to);
            } else if (value != JsonValue.JsonWord.NULL) {
                add(figure, meter, 0, value, from, to);
            }
        });
    }

    private void tiers(String figure, Meter meter, Map<String, JsonValue> tiered, long from, long to) {
        JsonValue base = tiered.get("base");
        if (base == null
                || !(tiered.get("tiers") instanceof JsonArray tiers)
                || !tiered.keySet().equals(Set.of("base", "tiers"))) {
            draft.leaveOut(figure, draft.key(STANDARD, meter, 0), "neither a number nor a base with tiers");
            return;
        }
        TreeMap<Long, JsonValue> prices = new TreeMap<>(Map.of(0L, base));
        for (JsonValue item : tiers.items()) {
            if (!(item instanceof JsonObject tier)
                    || !(tier.members().get("start") instanceof JsonNumber start)
                    || !start.text().matches("[1-9]\\d{0,11}")
                    || tier.members().get("price") == null
                    || tier.members().size() != 2
                    || prices.put(Long.parseLong(start.text()), tier.members().get("price")) != null) {
                draft.leaveOut(figure, draft.key(STANDARD, meter, 0), "a tier is not a start and a price");
                return;
            }
        }
        prices.forEach((start, price) -> add(figure, meter, start, price, from, to));
    }

    private void add(String figure, Meter meter, long contextOver, JsonValue value, long from, long to) {
        // The figure of a request is for a thousand of them.
        long units = meter == Meter.REQUEST ? 1_000 : MILLION;
        draft.price(figure, draft.key(STANDARD, meter, contextOver), value, units, units, from, to);
    }

    private ProblemException refused(String expected) {
        return JsonDocument.refused(
                Place.file(file.toString()), "this is no list of genai-prices: it needs " + expected);
    }

    private record DatedSet(long from, Map<String, JsonValue> prices) {}
}
