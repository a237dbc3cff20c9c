package io.saldo.app.explanation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What is told, in order: each value is text, a list of texts, other facts, or a list of facts. Written as JSON or as
 * text, it says the same.
 */
public final class Facts {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** A value as text; nothing is the empty text. */
    Facts put(String key, @Nullable Object value) {
        values.put(key, value == null ? "" : value.toString());
        return this;
    }

    /** Facts below these. */
    Facts put(String key, Facts facts) {
        values.put(key, facts.values());
        return this;
    }

    /** Several texts. */
    Facts texts(String key, List<String> texts) {
        values.put(key, List.copyOf(texts));
        return this;
    }

    /** Facts for each of several. */
    <T> Facts each(String key, Iterable<T> items, BiConsumer<T, Facts> tell) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (T item : items) {
            Facts facts = new Facts();
            tell.accept(item, facts);
            all.add(facts.values());
        }
        values.put(key, all);
        return this;
    }

    /** All of it by key. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
