package io.saldo.documents.design;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the documents that customers receive differ from the standard. Two designs that are equal make equal documents.
 *
 * @param logo stands in place of the issuer's name at the head of the first page; null for none
 * @param colours red, green and blue of the colours that are changed
 * @param texts the words that are changed, by language and key
 */
public record Design(@Nullable Logo logo, Map<Colour, Integer> colours, Map<String, Map<String, String>> texts) {
    /** Changes nothing. */
    public static final Design STANDARD = new Design(null, Map.of(), Map.of());

    /** Keeps sorted copies that nobody can change. */
    public Design {
        EnumMap<Colour, Integer> colourCopy = new EnumMap<>(Colour.class);
        colourCopy.putAll(colours);
        colours = Collections.unmodifiableMap(colourCopy);
        TreeMap<String, Map<String, String>> textCopy = new TreeMap<>();
        texts.forEach((language, each) -> {
            if (!each.isEmpty()) {
                textCopy.put(language, Collections.unmodifiableMap(new TreeMap<>(each)));
            }
        });
        texts = Collections.unmodifiableMap(textCopy);
    }

    /** The value that a colour of the standard has in this design: red, green and blue, eight bits each. */
    public int shown(int standard) {
        for (Map.Entry<Colour, Integer> changed : colours.entrySet()) {
            if (changed.getKey().standard() == standard) {
                return changed.getValue();
            }
        }
        return standard;
    }

    /** The words that are changed in that language, by key. */
    public Map<String, String> texts(String language) {
        return texts.getOrDefault(language, Map.of());
    }
}
