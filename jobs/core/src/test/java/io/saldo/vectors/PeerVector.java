package io.saldo.vectors;

import io.saldo.money.Amount;
import io.saldo.time.TimestampFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the test of a peer expects, as facts.
 *
 * @param id unique in its file
 * @param facts inputs and expected result
 */
record PeerVector(String id, JsonNode facts) {
    /** Numbers are read as decimals: no figure passes through binary floating point. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The vectors of a document. */
    static List<PeerVector> document(String file) {
        return list(JSON.readTree(text(file)).get("vectors")).stream()
                .map(facts -> new PeerVector(facts.get("id").stringValue(), facts))
                .toList();
    }

    /** The vectors of a file with one on each line, which gives it its id. */
    static List<PeerVector> lines(String file) {
        List<PeerVector> vectors = new ArrayList<>();
        for (String line : text(file).lines().toList()) {
            JsonNode facts = JSON.readTree(line);
            vectors.add(new PeerVector(
                    "line " + (vectors.size() + 1) + ", "
                            + facts.get("provider_id").stringValue() + " "
                            + facts.get("model").stringValue(),
                    facts));
        }
        return vectors;
    }

    /** The elements of an array; none where there is no array. */
    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** The figure of a string or a number, exactly; zero where there is none. */
    static Amount amount(JsonNode figure) {
        if (figure.isMissingNode() || figure.isNull()) {
            return Amount.ZERO;
        }
        return figure.isString() ? Amount.parse(figure.stringValue()) : Amount.of(figure.decimalValue());
    }

    /** A whole number; zero where there is none. */
    static long count(JsonNode figure) {
        return amount(figure).unscaled(0);
    }

    /** Microseconds of a timestamp with offset. */
    static long instant(JsonNode timestamp) {
        return TimestampFormat.ISO_WITH_OFFSET.parse(timestamp.stringValue()).orElseThrow();
    }

    /** What stands under that name; a missing node where nothing does. */
    JsonNode get(String name) {
        return facts.path(name);
    }

    boolean has(String name) {
        return facts.has(name);
    }

    @Override
    public String toString() {
        return id;
    }

    private static String text(String file) {
        try (InputStream bytes = PeerVector.class.getResourceAsStream("/vectors/" + file)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
