package io.saldo.app.pricelist;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Reads a whole JSON file within limits; a name that an object has twice is refused, because nobody knows which holds. */
final class JsonDocument {
    /** The public lists have 0.4 and 1.5 million bytes. */
    static final int BYTES_MAX = 16 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxStringLength(1 << 20)
                    .maxNameLength(1 << 12)
                    .maxNumberLength(1_000)
                    .maxTokenCount(4_000_000)
                    .build())
            .build();

    private JsonDocument() {}

    /**
     * The value that the file holds.
     *
     * @throws ProblemException when it is no JSON, too large, or not there
     */
    static JsonValue read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw refused(Place.file(file.toString()), "there is no such file");
        }
        if (Files.size(file) > BYTES_MAX) {
            throw refused(
                    Place.file(file.toString()), "the file has more than " + (BYTES_MAX >> 20) + " million bytes");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), Files.readAllBytes(file))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw refused(Place.file(file.toString()), "the file is empty");
            }
            JsonValue value = value(parser, first);
            if (parser.nextToken() != null) {
                throw refused(Place.file(file.toString()), "something follows the JSON value");
            }
            return value;
        } catch (JacksonIOException cannotRead) {
            throw cannotRead.getCause();
        } catch (JacksonException noJson) {
            int line = noJson.getLocation() == null ? 0 : noJson.getLocation().getLineNr();
            throw refused(
                    Place.line(file.toString(), Math.max(0, line)), "not JSON, or beyond the limits of a price list");
        }
    }

    private static JsonValue value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_OBJECT; next = parser.nextToken()) {
                    String name = parser.currentName();
                    members.put(name, value(parser, parser.nextToken()));
                }
                yield new JsonValue.JsonObject(members);
            }
            case START_ARRAY -> {
                List<JsonValue> items = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(value(parser, next));
                }
                yield new JsonValue.JsonArray(items);
            }
            case VALUE_STRING -> new JsonValue.JsonText(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.JsonNumber(parser.getString());
            case VALUE_TRUE -> JsonValue.JsonWord.TRUE;
            case VALUE_FALSE -> JsonValue.JsonWord.FALSE;
            default -> JsonValue.JsonWord.NULL;
        };
    }

    static ProblemException refused(Place place, String what) {
        return new ProblemException(ProblemCode.PRICE_LIST, place, what);
    }
}
