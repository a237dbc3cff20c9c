package io.saldo.app.pricelist;

import io.saldo.app.pricelist.JsonValue.JsonArray;
import io.saldo.app.pricelist.JsonValue.JsonNumber;
import io.saldo.app.pricelist.JsonValue.JsonObject;
import io.saldo.app.pricelist.JsonValue.JsonText;
import io.saldo.pricelist.PriceKey;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemException;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code model_prices_and_context_window.json} of LiteLLM: an object of models. A figure is dollars for one unit; its
 * name says meter, threshold and service tier. There are no dates: every price is open at both ends.
 */
final class LitellmPrices {
    private static final Set<String> NO_MODELS = Set.of("sample_spec", "last_updated", "fallback_generalizations");
    private static final String STANDARD = "standard";
    private static final long MILLION = 1_000_000;
    private static final String CACHE_HIT = "input_cost_per_token_cache_hit";
    private static final String TIERED = "tiered_pricing";

    private static final Map<String, Meter> METERS = Map.of(
            "input_cost_per_token", Meter.INPUT,
            "cache_read_input_token_cost", Meter.CACHED_INPUT,
            "cache_creation_input_token_cost", Meter.CACHE_WRITE,
            "output_cost_per_token", Meter.OUTPUT,
            "input_cost_per_audio_token", Meter.AUDIO_INPUT,
            "output_cost_per_audio_token", Meter.AUDIO_OUTPUT,
            "input_cost_per_request", Meter.REQUEST);

    private static final Map<String, String> SERVICE_TIERS =
            Map.of("flex", "flex", "priority", "priority", "batches", "batch");

    private static final Pattern FIGURE =
            Pattern.compile("(.+?)(?:_above_(\\d{1,6})k_tokens)?(?:_(flex|priority|batches))?");

    private static final Pattern PRICE = Pattern.compile(".*(cost|price|pricing|multiplier).*");

    /** Reasons by what a figure's name contains; the first that fits. */
    private static final Map<String, String> REASONS = reasons();

    private final Path file;
    private final ListDraft draft;

    LitellmPrices(Path file, ListDraft draft) {
        this.file = file;
        this.draft = draft;
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("dbu", "it is in units of Databricks, not in money");
        reasons.put("db_cost", "it is in units of Databricks, not in money");
        reasons.put("multiplier", "a surcharge by region has no column");
        reasons.put(
                "_above_1hr", "cache_write has one price, whatever the lifetime: the list's price without _above_1hr");
        reasons.put("per_second", "what the meter unit counts is the source's to say: add a row of it by hand");
        reasons.put("video_token", "video tokens have no meter of their own");
        reasons.put("image_token", "image tokens have no meter of their own");
        reasons.put("image", "what the meter unit counts is the source's to say: add a row of it by hand");
        reasons.put("pixel", "pixels have no meter");
        reasons.put("character", "characters have no meter");
        reasons.put("query", "searches have no meter: what the meter unit counts is the source's to say");
        reasons.put("reasoning", "reasoning tokens are inside output, and are rated as output");
        reasons.put("audio_token", "audio of a cache is cached_input or cache_write here, at its one price");
        reasons.put("citation", "citation tokens have no meter");
        reasons.put("page", "pages have no meter");
        reasons.put("credit", "credits of the provider have no meter");
        reasons.put("session", "sessions have no meter");
        reasons.put("_gb_", "storage has no meter");
        reasons.put("_1k_", "calls of tools have no meter");
        return reasons;
    }

    void read(JsonValue document) {
        if (!(document instanceof JsonObject models)) {
            throw refused();
        }
        boolean any = false;
        for (Map.Entry<String, JsonValue> each : models.members().entrySet()) {
            if (NO_MODELS.contains(each.getKey())) {
                continue;
            }
            if (!(each.getValue() instanceof JsonObject model)) {
                throw refused();
            }
            any = true;
            String provider = model.members().get("litellm_provider") instanceof JsonText text ? text.text() : "";
            if (draft.begins(provider, each.getKey())) {
                model.members().forEach((figure, value) -> {
                    if (PRICE.matcher(figure).matches() && value != JsonValue.JsonWord.NULL) {
                        take(figure, value, model.members());
                    }
                });
                draft.ends();
            }
        }
        if (!any) {
            throw refused();
        }
    }

    private void take(String figure, JsonValue value, Map<String, JsonValue> model) {
        if (figure.equals(TIERED)) {
            tiers(value, model);
            return;
        }
        if (figure.equals(CACHE_HIT)) {
            // An older name of cache_read_input_token_cost; some models have both.
            if (!model.containsKey("cache_read_input_token_cost")) {
                add(figure, draft.key(STANDARD, Meter.CACHED_INPUT, 0), value);
            } else if (!value.equals(model.get("cache_read_input_token_cost"))) {
                draft.leaveOut(figure, "it differs from cache_read_input_token_cost, which is taken");
            }
            return;
        }
        Matcher name = FIGURE.matcher(figure);
        Meter meter = name.matches() ? METERS.get(name.group(1)) : null;
        if (meter == null) {
            draft.leaveOut(figure, reason(figure));
            return;
        }
        long threshold = name.group(2) == null ? 0 : Long.parseLong(name.group(2)) * 1_000;
        String tier = name.group(3) == null ? STANDARD : SERVICE_TIERS.getOrDefault(name.group(3), STANDARD);
        add(figure, draft.key(tier, meter, threshold), value);
    }

    /**
     * Ranges of the request's total input, whose first price holds up to and including its end. LiteLLM has read them
     * both as prices of the whole request and of its parts; the providers that have them price the whole request.
     */
    private void tiers(JsonValue value, Map<String, JsonValue> model) {
        List<Tier> tiers = new ArrayList<>();
        if (value instanceof JsonArray list) {
            long next = 0;
            for (JsonValue item : list.items()) {
                Tier tier = tier(item);
                if (tier == null || tier.from != next || tier.to <= tier.from) {
                    tiers.clear();
                    break;
                }
                tiers.add(tier);
                next = tier.to;
            }
        }
        boolean alike =
                tiers.stream().map(tier -> tier.prices.keySet()).distinct().count() == 1;
        boolean alone = METERS.keySet().stream().noneMatch(model::containsKey);
        if (!alike || !alone) {
            METERS.values().forEach(meter -> draft.unread(draft.key(STANDARD, meter, 0)));
            draft.leaveOut(
                    TIERED, "only prices by ranges of total input that follow each other, alike and alone, have rows");
            return;
        }
        for (Tier tier : tiers) {
            tier.prices.forEach((figure, price) -> {
                Meter meter = METERS.get(figure);
                if (meter == null) {
                    draft.leaveOut(TIERED + "." + figure, reason(figure));
                } else {
                    add(TIERED + "." + figure, draft.key(STANDARD, meter, tier.from), price);
                }
            });
        }
    }

    private static @Nullable Tier tier(JsonValue item) {
        if (item instanceof JsonObject tier
                && tier.members().get("range") instanceof JsonArray range
                && range.items().size() == 2
                && range.items().get(0) instanceof JsonNumber from
                && range.items().get(1) instanceof JsonNumber to
                && from.text().matches("\\d{1,12}(\\.0+)?")
                && to.text().matches("\\d{1,12}(\\.0+)?")) {
            Map<String, JsonValue> prices = new LinkedHashMap<>(tier.members());
            prices.remove("range");
            return new Tier(whole(from.text()), whole(to.text()), prices);
        }
        return null;
    }

    private static long whole(String text) {
        int point = text.indexOf('.');
        return Long.parseLong(point < 0 ? text : text.substring(0, point));
    }

    private void add(String figure, PriceKey key, JsonValue value) {
        long perUnits = key.meter() == Meter.REQUEST ? 1_000 : MILLION;
        draft.price(figure, key, value, 1, perUnits, Instants.MIN, Instants.MAX);
    }

    private static String reason(String figure) {
        return REASONS.entrySet().stream()
                .filter(each -> figure.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("Saldo does not know this figure");
    }

    private ProblemException refused() {
        return JsonDocument.refused(
                Place.file(file.toString()), "this is no list of LiteLLM: it needs an object of models");
    }

    private record Tier(long from, long to, Map<String, JsonValue> prices) {}
}
