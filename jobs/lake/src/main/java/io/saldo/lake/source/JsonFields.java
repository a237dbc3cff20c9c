package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Name;
import io.saldo.lake.source.FieldPlace.Reference;
import io.saldo.lake.source.FieldPlace.Selection;
import io.saldo.lake.source.FieldPlace.Token;
import io.saldo.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes the values that a layout asks for out of JSON.
 *
 * <p>A number is taken as its text, exactly. A place that an object names twice makes its record malformed: which of the
 * two holds is not ours to guess. Where a pointer goes on below a text, the text is read as JSON.
 */
final class JsonFields {
    private static final int DEPTH_MAX = 64;
    private static final int NUMBER_CHARACTERS_MAX = 1_000;
    private static final int MESSAGE_CHARACTERS_MAX = 160;

    private final JsonFactory factory = factory(DEPTH_MAX, RawLog.RECORD_BYTES_MAX);
    private final List<Step> levels = new ArrayList<>();
    private final RecordFields fields;
    private int record;

    /** A reference token of the pointers that are asked for. */
    private static final class Step {
        final String pointer;
        final Map<String, Step> next = new LinkedHashMap<>();
        final Map<Selection, Step> selected = new LinkedHashMap<>();
        final List<Integer> slots = new ArrayList<>();
        int seenIn;

        Step(String pointer) {
            this.pointer = pointer;
        }

        boolean goesOn() {
            return !next.isEmpty() || !selected.isEmpty();
        }
    }

    JsonFields(RecordLayout layout, RecordFields fields) {
        this.fields = fields;
        for (int level = 0; level <= layout.levelsAround(); level++) {
            levels.add(new Step("../".repeat(level)));
        }
        for (int slot = 0; slot < layout.slots().size(); slot++) {
            Reference reference = layout.slots().get(slot);
            Step step = levels.get(reference.up());
            for (Token token : reference.tokens()) {
                Step parent = step;
                if (token instanceof Name name) {
                    String written = name.name().replace("~", "~0").replace("/", "~1");
                    step = parent.next.computeIfAbsent(name.name(), key -> new Step(parent.pointer + "/" + written));
                } else if (token instanceof Selection selection) {
                    step = parent.selected.computeIfAbsent(
                            selection,
                            key -> new Step(
                                    parent.pointer + "/[" + selection.member() + "=" + selection.value() + "]"));
                }
            }
            step.slots.add(slot);
        }
    }

    static JsonFactory factory(int depthMax, int nameCharactersMax) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depthMax)
                        .maxStringLength(RawLog.RECORD_BYTES_MAX)
                        .maxNameLength(nameCharactersMax)
                        .maxNumberLength(NUMBER_CHARACTERS_MAX)
                        .build())
                .build();
    }

    /** The names of the values that are asked for in the object so many levels around a record. */
    Set<String> namesAround(int level) {
        return levels.get(level).next.keySet();
    }

    /** The slots of a CSV column's text itself; none where only what is inside it is asked for. */
    List<Integer> slotsOf(String column) {
        Step step = levels.get(0).next.get(column);
        return step == null ? List.of() : step.slots;
    }

    /** Whether something inside a CSV column's text is asked for. */
    boolean goesOn(String column) {
        Step step = levels.get(0).next.get(column);
        return step != null && step.goesOn();
    }

    /** Begins a record that is read in parts. */
    void begin() {
        record++;
        fields.clear();
    }

    /** Takes the values of a record that is one JSON object, and what is malformed about it; assembles them. */
    @Nullable
    Malformation read(byte[] data, int from, int to, byte @Nullable [] around) {
        begin();
        if (!Utf8.isValid(data, from, to)) {
            return new Malformation(ProblemCode.BAD_ENCODING, "the record has bytes that are not UTF-8");
        }
        int first = from;
        while (first < to && (data[first] == ' ' || data[first] == '\t' || data[first] == '\r')) {
            first++;
        }
        // A zero byte here would make the parser guess another encoding.
        if (first == to || data[first] != '{' || (first + 1 < to && data[first + 1] == 0)) {
            return new Malformation(ProblemCode.MALFORMED, "the record is no JSON object");
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), data, first, to - first)) {
            parser.nextToken();
            Malformation found = walkObject(parser, levels.get(0));
            if (found == null && parser.nextToken() != null) {
                found = new Malformation(ProblemCode.MALFORMED, "the record has more than one JSON value");
            }
            if (found == null && around != null) {
                found = readAround(around);
            }
            if (found == null) {
                fields.assemble();
            }
            return found;
        } catch (JacksonException malformed) {
            return new Malformation(ProblemCode.MALFORMED, "the record is no JSON: " + brief(malformed));
        }
    }

    /** Takes what is asked for inside the text of a CSV column. */
    @Nullable
    Malformation readInside(String column, byte[] data, int from, int to) {
        Step step = levels.get(0).next.get(column);
        return step == null ? null : walkText(new String(data, from, to - from, StandardCharsets.UTF_8), step, column);
    }

    // The objects around the record, the nearest first, in an array.
    private @Nullable Malformation readAround(byte[] around) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), around, 0, around.length)) {
            parser.nextToken();
            for (int level = 1; level < levels.size() && parser.nextToken() == JsonToken.START_OBJECT; level++) {
                Malformation found = walkObject(parser, levels.get(level));
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
    }

    static String brief(JacksonException malformed) {
        String message = malformed.getOriginalMessage();
        if (message == null) {
            return "it cannot be read";
        }
        int end = message.indexOf('\n');
        String firstLine = end < 0 ? message : message.substring(0, end);
        return firstLine.length() <= MESSAGE_CHARACTERS_MAX
                ? firstLine
                : firstLine.substring(0, MESSAGE_CHARACTERS_MAX) + "...";
    }

    private @Nullable Malformation walkObject(JsonParser parser, Step step) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            Step next = step.next.get(parser.currentName());
            JsonToken value = parser.nextToken();
            Malformation found = walkValue(parser, value, next);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Malformation walkArray(JsonParser parser, Step step) {
        int index = 0;
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            Step next = step.next.get(Integer.toString(index));
            Malformation found = value == JsonToken.START_OBJECT && next == null && !step.selected.isEmpty()
                    ? walkEntry(parser, step)
                    : walkValue(parser, value, next);
            if (found != null) {
                return found;
            }
            index++;
        }
        return null;
    }

    // Which entry it is may stand behind what is asked of it, so it is read into memory first.
    private @Nullable Malformation walkEntry(JsonParser parser, Step list) {
        Entry entry = Entry.read(parser);
        for (Map.Entry<Selection, Step> selected : list.selected.entrySet()) {
            Selection selection = selected.getKey();
            if (selection.value().equals(entry.scalars.get(selection.member()))) {
                Step step = selected.getValue();
                if (step.seenIn == record) {
                    return twice(step);
                }
                step.seenIn = record;
                Malformation found = entry.walk(this, step);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Malformation walkValue(JsonParser parser, JsonToken value, @Nullable Step step) {
        boolean structure = value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY;
        if (step == null) {
            if (structure) {
                parser.skipChildren();
            }
            return null;
        }
        if (step.seenIn == record) {
            return twice(step);
        }
        step.seenIn = record;
        if (structure) {
            if (!step.slots.isEmpty()) {
                return structureAt(step, value == JsonToken.START_OBJECT);
            }
            return value == JsonToken.START_OBJECT ? walkObject(parser, step) : walkArray(parser, step);
        }
        return value == JsonToken.VALUE_NULL
                ? null
                : walkScalar(parser.getString(), value == JsonToken.VALUE_STRING, step);
    }

    private @Nullable Malformation walkScalar(String text, boolean isText, Step step) {
        if (step.slots.isEmpty() && !step.goesOn()) {
            return null;
        }
        if (Utf8.hasLoneSurrogate(text)) {
            return new Malformation(ProblemCode.BAD_ENCODING, step.pointer + " has half of a surrogate pair");
        }
        if (!step.slots.isEmpty()) {
            fields.put(step.slots, text);
        }
        return isText && step.goesOn() ? walkText(text, step, step.pointer) : null;
    }

    // A text that does not look like JSON has nothing inside.
    private @Nullable Malformation walkText(String text, Step step, String where) {
        String json = text.strip();
        if (!json.startsWith("{") && !json.startsWith("[")) {
            return null;
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            Malformation found =
                    parser.nextToken() == JsonToken.START_OBJECT ? walkObject(parser, step) : walkArray(parser, step);
            return found != null || parser.nextToken() == null
                    ? found
                    : new Malformation(ProblemCode.MALFORMED, "the text in " + where + " has more than one JSON value");
        } catch (JacksonException malformed) {
            return new Malformation(ProblemCode.MALFORMED, "the text in " + where + " is no JSON: " + brief(malformed));
        }
    }

    private static Malformation twice(Step step) {
        return new Malformation(ProblemCode.MALFORMED, "the record has " + step.pointer + " twice");
    }

    private static Malformation structureAt(Step step, boolean object) {
        return new Malformation(
                ProblemCode.MALFORMED,
                step.pointer + " is " + (object ? "an object" : "an array") + ", where a single value is expected");
    }

    /** An entry of a list: its single values by member, and the objects in it. */
    private static final class Entry {
        final Map<String, @Nullable String> scalars = new HashMap<>();
        private final Map<String, Boolean> texts = new HashMap<>();
        private final Map<String, Entry> objects = new HashMap<>();
        private final Map<String, Boolean> repeated = new HashMap<>();

        static Entry read(JsonParser parser) {
            Entry entry = new Entry();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                entry.repeated.merge(name, false, (first, second) -> true);
                if (value == JsonToken.START_OBJECT) {
                    entry.objects.put(name, read(parser));
                } else if (value == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                } else if (value != JsonToken.VALUE_NULL) {
                    entry.scalars.put(name, parser.getString());
                    entry.texts.put(name, value == JsonToken.VALUE_STRING);
                }
            }
            return entry;
        }

        @Nullable
        Malformation walk(JsonFields json, Step step) {
            for (Map.Entry<String, Step> each : step.next.entrySet()) {
                String name = each.getKey();
                Step next = each.getValue();
                if (Boolean.TRUE.equals(repeated.get(name))) {
                    return twice(next);
                }
                next.seenIn = json.record;
                Entry object = objects.get(name);
                String scalar = scalars.get(name);
                Malformation found = null;
                if (object != null) {
                    found = next.slots.isEmpty() ? object.walk(json, next) : structureAt(next, true);
                } else if (scalar != null) {
                    found = json.walkScalar(scalar, Boolean.TRUE.equals(texts.get(name)), next);
                }
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
    }
}
