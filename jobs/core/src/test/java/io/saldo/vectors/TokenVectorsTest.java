package io.saldo.vectors;

import static io.saldo.vectors.PeerVector.amount;
import static io.saldo.vectors.PeerVector.count;
import static io.saldo.vectors.PeerVector.instant;
import static io.saldo.vectors.PeerVector.list;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceTier;
import io.saldo.statement.AccountMonth;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Token usage at rates per million: bodies of real responses, context thresholds, rates with dates. Cached and cache-write
 * tokens are inside a vector's input tokens.
 */
class TokenVectorsTest {
    private static final List<PeerVector> RATINGS = PeerVector.lines("llm_rating.jsonl");
    private static final List<PeerVector> THRESHOLDS = PeerVector.document("llm_threshold.json");
    private static final DecidedOtherwise NONE = new DecidedOtherwise();
    private static final long MILLION = 1_000_000;

    private static final Map<String, Meter> METERS = Map.of(
            "input", Meter.INPUT,
            "cache_read", Meter.CACHED_INPUT,
            "cache_write", Meter.CACHE_WRITE,
            "output", Meter.OUTPUT);

    static List<PeerVector> ratings() {
        return RATINGS;
    }

    static List<PeerVector> thresholds() {
        return THRESHOLDS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ratings")
    void aResponseCostsWhatThePeerExpects(PeerVector vector) {
        NONE.check(vector, rating(vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("thresholds")
    void theRateIsThatOfTheContextAndOfTheInstant(PeerVector vector) {
        NONE.check(vector, threshold(vector));
    }

    @Test
    void everyVectorPasses() {
        NONE.account(RATINGS, TokenVectorsTest::rating, 1_006);
        NONE.account(THRESHOLDS, TokenVectorsTest::threshold, 24);
    }

    private static Comparison rating(PeerVector vector) {
        AccountMonth month = new AccountMonth().payg("");
        String model = vector.get("matched_model").stringValue();
        vector.get("usd_per_million")
                .properties()
                .forEach(rate -> price(month, model, rate.getKey(), rate.getValue(), Instants.MIN, Instants.MAX, 0));
        month.use(
                AccountMonth.at("05 12:00"),
                vector.get("provider_id").stringValue(),
                model,
                disjoint(vector.get("usage")));
        return new Comparison(figures(vector.get("expected")), figures(month.compute(), false));
    }

    private static Comparison threshold(PeerVector vector) {
        String kind = vector.has("kind") ? vector.get("kind").stringValue() : "";
        return switch (kind) {
            case "" -> context(vector);
            case "effective_dated_rate" -> dated(vector);
            case "time_of_day" -> timeOfDay(vector);
            default -> throw new IllegalArgumentException("no kind " + kind);
        };
    }

    private static Comparison context(PeerVector vector) {
        AccountMonth month = new AccountMonth().payg("");
        for (Map.Entry<String, JsonNode> rate : vector.get("usd_per_million").properties()) {
            price(month, "m", rate.getKey(), rate.getValue().get("base"), Instants.MIN, Instants.MAX, 0);
            for (JsonNode tier : list(rate.getValue().path("tiers"))) {
                long over = count(tier.get("start"));
                price(month, "m", rate.getKey(), tier.get("price"), Instants.MIN, Instants.MAX, over);
            }
        }
        month.use(AccountMonth.at("05 12:00"), "peer", "m", disjoint(vector.get("usage")));
        return new Comparison(figures(vector.get("expected")), figures(month.compute(), true));
    }

    /** A price row holds from a vector's instant to that of the next vector of the same model. */
    private static Comparison dated(PeerVector vector) {
        String model = vector.get("model").stringValue();
        List<PeerVector> history = THRESHOLDS.stream()
                .filter(other -> other.has("expected_usd_per_million")
                        && other.get("model").stringValue().equals(model))
                .sorted(Comparator.comparingLong(other -> instant(other.get("at"))))
                .toList();
        AccountMonth month =
                new AccountMonth().payg("").month(vector.get("at").stringValue().substring(0, 7));
        Map<String, String> expected = new TreeMap<>();
        Map<Meter, Long> million = new EnumMap<>(Meter.class);
        for (int index = 0; index < history.size(); index++) {
            PeerVector rates = history.get(index);
            long from = instant(rates.get("at"));
            long to = index == history.size() - 1
                    ? Instants.MAX
                    : instant(history.get(index + 1).get("at"));
            for (Map.Entry<String, JsonNode> rate :
                    rates.get("expected_usd_per_million").properties()) {
                price(month, model, rate.getKey(), rate.getValue(), from, to, 0);
                if (rates.equals(vector)) {
                    expected.put(
                            METERS.get(rate.getKey()).word(),
                            amount(rate.getValue()).toString());
                    million.put(METERS.get(rate.getKey()), MILLION);
                }
            }
        }
        month.use(instant(vector.get("at")), "peer", model, million);
        Map<String, String> answer = new TreeMap<>();
        for (StatementLine line : month.compute().lines()) {
            answer.put(line.meterWord(), line.isPriced() ? line.amount().toString() : "unpriced");
        }
        return new Comparison(expected, answer);
    }

    /** An hourly rate has no word of its own: it is a row for each day's window, whose ends are instants. */
    private static Comparison timeOfDay(PeerVector vector) {
        String at = vector.get("at").stringValue();
        AccountMonth month = new AccountMonth().payg("").month(at.substring(0, 7));
        long from = micros(at.substring(0, 10) + "T00:30:00Z");
        long to = micros(at.substring(0, 10) + "T16:30:00Z");
        month.price("m", Meter.INPUT, "0.27", MILLION, from, to, 0, PriceTier.FLAT);
        month.use(instant(vector.get("at")), "peer", "m", disjoint(vector.get("usage")));
        return new Comparison(
                amount(vector.get("expected").get("input_price")),
                month.compute().totals().usage());
    }

    private static long micros(String timestamp) {
        return TimestampFormat.ISO_WITH_OFFSET.parse(timestamp).orElseThrow();
    }

    private static void price(
            AccountMonth month, String model, String meter, JsonNode usd, long from, long to, long contextOver) {
        month.price(model, METERS.get(meter), amount(usd).toString(), MILLION, from, to, contextOver, PriceTier.FLAT);
    }

    private static Map<Meter, Long> disjoint(JsonNode usage) {
        long cached = count(usage.path("cache_read_tokens"));
        long written = count(usage.path("cache_write_tokens"));
        return Map.of(
                Meter.INPUT,
                count(usage.path("input_tokens")) - cached - written,
                Meter.CACHED_INPUT,
                cached,
                Meter.CACHE_WRITE,
                written,
                Meter.OUTPUT,
                count(usage.path("output_tokens")),
                Meter.REQUEST,
                1L);
    }

    private static List<String> figures(JsonNode expected) {
        List<String> figures = new ArrayList<>();
        for (String name : List.of("input_price", "output_price", "total_price")) {
            if (expected.has(name)) {
                figures.add(amount(expected.get(name)).toString());
            }
        }
        return figures;
    }

    private static List<String> figures(Statement statement, boolean withTotal) {
        Amount input = Amount.ZERO;
        Amount output = Amount.ZERO;
        List<String> figures = new ArrayList<>();
        for (StatementLine line : statement.lines()) {
            if (!line.isPriced()) {
                figures.add("unpriced " + line.meterWord());
            } else if (line.meter() == Meter.OUTPUT) {
                output = output.plus(line.amount());
            } else {
                input = input.plus(line.amount());
            }
        }
        figures.add(input.toString());
        figures.add(output.toString());
        if (withTotal) {
            figures.add(statement.totals().usage().toString());
        }
        return figures;
    }
}
