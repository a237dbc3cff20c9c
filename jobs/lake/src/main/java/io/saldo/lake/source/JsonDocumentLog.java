package io.saldo.lake.source;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Records inside JSON documents: entries of an array, or of arrays that stand deeper, such as results in buckets in pages.
 * Several documents may follow each other in one file.
 *
 * <p>The document is never held as a whole. A record waits only while a value around it that it needs may still come. What
 * is no JSON makes the whole delivery unreadable, because nobody can tell where its next record would begin.
 */
final class JsonDocumentLog extends RawLog {
    private static final int DEPTH_MAX = 500;
    private static final long WAITING_BYTES_MAX = 16L << 20;
    private static final String ENTRY = "*";

    private final DeliveredFile file;
    private final JsonFields json;
    private final TracedInput input;
    private final JsonParser parser;
    private final List<String> path;
    private final Deque<Container> containers = new ArrayDeque<>();
    private final Deque<Found> waiting = new ArrayDeque<>();
    // What a waiting record needs beside its bytes.
    private static final int FOUND_BYTES = 200;
    private long waitingBytes;
    private boolean anyDocument;
    private boolean ended;

    private @Nullable Found current;
    private byte @Nullable [] header;
    private @Nullable Malformation malformation;

    /** An open array or object on the way to the records. */
    private static final class Container {
        final int depth;
        final boolean isArray;
        final Map<String, byte[]> values = new LinkedHashMap<>();
        final Set<String> wanted = new HashSet<>();
        boolean hasNext;

        Container(int depth, boolean isArray) {
            this.depth = depth;
            this.isArray = isArray;
        }
    }

    // Bytes as they stand in the file; nobody compares them.
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(long offset, long length, byte[] raw, List<Container> around) {}

    // Many records can stand on one line, so a record is told by its number.
    private long number;

    JsonDocumentLog(DeliveredFile file, RecordLayout layout) throws IOException {
        super(layout);
        this.file = file;
        json = new JsonFields(layout, fields);
        path = layout.records();
        input = new TracedInput(file.open());
        try {
            byte[] beginning = input.peek();
            for (byte value : beginning) {
                if (value == 0) {
                    throw file.problem("it is not UTF-8");
                }
            }
            parser =
                    JsonFields.factory(DEPTH_MAX, 1 << 16).createParser(ObjectReadContext.empty(), (InputStream) input);
        } catch (IOException | RuntimeException failure) {
            input.close();
            throw failure;
        }
    }

    @Override
    public boolean next() throws IOException {
        while (!isReady()) {
            if (ended) {
                return false;
            }
            try {
                advance();
            } catch (JacksonIOException broken) {
                throw broken.getCause();
            } catch (JacksonException malformed) {
                throw noJson(malformed);
            }
        }
        Found found = waiting.removeFirst();
        number++;
        waitingBytes -= found.raw().length + FOUND_BYTES;
        current = found;
        header = header(found.around());
        malformation = found.length() > RECORD_BYTES_MAX
                ? JsonLinesLog.tooLong()
                : json.read(found.raw(), 0, found.raw().length, header);
        return true;
    }

    @Override
    public long line() {
        return number;
    }

    @Override
    public long byteOffset() {
        return current().offset();
    }

    @Override
    public long byteLength() {
        return current().length();
    }

    @Override
    public byte[] rawBytes() {
        return current().raw().clone();
    }

    @Override
    public byte @Nullable [] header() {
        return header == null ? null : header.clone();
    }

    @Override
    public @Nullable Malformation malformation() {
        return malformation;
    }

    @Override
    public void close() throws IOException {
        parser.close();
        input.close();
    }

    private Found current() {
        Found found = current;
        if (found == null) {
            throw new IllegalStateException("before the first record");
        }
        return found;
    }

    private boolean isReady() {
        Found first = waiting.peekFirst();
        return first != null && (ended || first.around().stream().allMatch(container -> container.wanted.isEmpty()));
    }

    private void advance() throws IOException {
        input.keepFrom(parser.currentLocation().getByteOffset());
        JsonToken token = parser.nextToken();
        Container top = containers.peekLast();
        if (top == null) {
            if (token == null) {
                ended = true;
                if (!anyDocument) {
                    throw file.problem("it is empty, where a JSON document is expected");
                }
                return;
            }
            anyDocument = true;
            value(token, 0);
        } else if (top.isArray) {
            if (token == JsonToken.END_ARRAY) {
                containers.removeLast();
            } else {
                value(token, top.depth + 1);
            }
        } else if (token == JsonToken.END_OBJECT) {
            containers.removeLast();
            top.wanted.clear();
            if (!top.hasNext) {
                throw unexpected("there is no " + pointer(top.depth + 1) + " in it");
            }
        } else {
            member(parser.currentName(), top);
        }
    }

    private void member(String name, Container object) throws IOException {
        JsonToken token = parser.nextToken();
        if (name.equals(path.get(object.depth))) {
            if (object.hasNext) {
                throw unexpected("the object has " + name + " twice");
            }
            object.hasNext = true;
            value(token, object.depth + 1);
        } else if (object.wanted.remove(name)) {
            Found value = slice(token, List.of());
            if (value.length() > RECORD_BYTES_MAX) {
                throw unexpected(name + " is longer than " + RECORD_BYTES_MAX + " bytes");
            }
            object.values.put(name, value.raw());
        } else if (object.values.containsKey(name)) {
            throw unexpected("the object has " + name + " twice");
        } else {
            skip(token);
        }
    }

    private void value(JsonToken token, int depth) throws IOException {
        if (depth == path.size()) {
            Found found = slice(token, around());
            waiting.addLast(found);
            waitingBytes += found.raw().length + FOUND_BYTES;
            if (waitingBytes > WAITING_BYTES_MAX && !isReady()) {
                throw unexpected("the values around the records come after more than " + (WAITING_BYTES_MAX >> 20)
                        + " MiB of them; write them first");
            }
        } else if (token == JsonToken.VALUE_NULL) {
            return;
        } else if (path.get(depth).equals(ENTRY)) {
            if (token != JsonToken.START_ARRAY) {
                throw unexpected(pointer(depth) + " is no array"
                        + (depth == 0 ? ": say in the source's records where they are, such as /data/*" : ""));
            }
            containers.addLast(new Container(depth, true));
        } else {
            if (token != JsonToken.START_OBJECT) {
                throw unexpected(pointer(depth) + " is no object");
            }
            Container object = new Container(depth, false);
            containers.addLast(object);
            int level = levelOf(object);
            if (level <= layout.levelsAround()) {
                object.wanted.addAll(json.namesAround(level));
            }
        }
    }

    // How many objects stand between the object and the records, counting itself.
    private int levelOf(Container object) {
        int level = 0;
        for (int depth = object.depth; depth < path.size(); depth++) {
            level += path.get(depth).equals(ENTRY) ? 0 : 1;
        }
        return level;
    }

    // The objects that a record stands in, the nearest first, as far as it needs them.
    private List<Container> around() {
        if (layout.levelsAround() == 0) {
            return List.of();
        }
        List<Container> around = new ArrayList<>();
        for (Container container : containers) {
            if (!container.isArray && levelOf(container) <= layout.levelsAround()) {
                around.add(0, container);
            }
        }
        return around;
    }

    private static byte @Nullable [] header(List<Container> around) {
        if (around.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String separator = "[";
        for (Container container : around) {
            bytes.writeBytes((separator + "{").getBytes(StandardCharsets.UTF_8));
            String comma = "";
            for (Map.Entry<String, byte[]> value : container.values.entrySet()) {
                bytes.writeBytes((comma + JsonText.quoted(value.getKey()) + ":").getBytes(StandardCharsets.UTF_8));
                bytes.writeBytes(value.getValue());
                comma = ",";
            }
            bytes.write('}');
            separator = ",";
        }
        bytes.write(']');
        return bytes.toByteArray();
    }

    // The bytes of the value whose first token was just read.
    private Found slice(JsonToken token, List<Container> around) throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        input.keepFrom(start);
        skip(token);
        parser.finishToken();
        long end = parser.currentLocation().getByteOffset();
        byte[] raw = input.slice(start, end);
        return new Found(start + input.skippedBytes(), end - start, raw, around);
    }

    private void skip(JsonToken token) {
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            parser.skipChildren();
        }
    }

    private ProblemException noJson(JacksonException malformed) {
        // What passes a limit has no place of its own.
        TokenStreamLocation told = malformed.getLocation();
        TokenStreamLocation place = told == null ? parser.currentLocation() : told;
        return new ProblemException(
                ProblemCode.UNREADABLE_DELIVERY,
                Place.line(file.name(), place.getLineNr()),
                "it is no JSON from line " + place.getLineNr() + ", column " + place.getColumnNr() + " on: "
                        + JsonFields.brief(malformed));
    }

    private ProblemException unexpected(String what) {
        int line = parser.currentLocation().getLineNr();
        return new ProblemException(
                ProblemCode.UNREADABLE_DELIVERY,
                Place.line(file.name(), line),
                "its records cannot be found at /" + String.join("/", path) + ": on line " + line + ", " + what);
    }

    private String pointer(int depth) {
        return depth == 0 ? "the document" : "/" + String.join("/", path.subList(0, depth));
    }
}
