package io.saldo.provider;

import io.saldo.usage.Meter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The name of a billed line that says its model and meter, such as {@code gpt-4o-2024-08-06, cached input}.
 *
 * @param model as the provider names it
 * @param meter what is charged
 */
public record LineItem(String model, Meter meter) {
    private static final String SEPARATOR = ", ";
    private static final Map<String, Meter> METERS = Map.ofEntries(
            Map.entry("input", Meter.INPUT),
            Map.entry("prompt", Meter.INPUT),
            Map.entry("cached input", Meter.CACHED_INPUT),
            Map.entry("input cached", Meter.CACHED_INPUT),
            Map.entry("cache write", Meter.CACHE_WRITE),
            Map.entry("input cache write", Meter.CACHE_WRITE),
            Map.entry("output", Meter.OUTPUT),
            Map.entry("completion", Meter.OUTPUT),
            Map.entry("audio input", Meter.AUDIO_INPUT),
            Map.entry("input audio", Meter.AUDIO_INPUT),
            Map.entry("audio output", Meter.AUDIO_OUTPUT),
            Map.entry("output audio", Meter.AUDIO_OUTPUT),
            Map.entry("requests", Meter.REQUEST),
            Map.entry("num model requests", Meter.REQUEST));

    /** What the name says; empty where what follows its last comma is no meter, because then nobody may guess. */
    public static Optional<LineItem> of(String name) {
        int separator = name.lastIndexOf(SEPARATOR);
        return separator < 1
                ? Optional.empty()
                : meter(name.substring(separator + SEPARATOR.length()))
                        .map(meter -> new LineItem(name.substring(0, separator), meter));
    }

    /** The meter that a provider calls so: {@code input_tokens}, {@code Cached input} and the like. */
    public static Optional<Meter> meter(String word) {
        String words = word.strip().toLowerCase(Locale.ROOT).replace('_', ' ');
        Meter meter = METERS.get(words.endsWith(" tokens") ? words.substring(0, words.length() - 7) : words);
        return Optional.ofNullable(meter);
    }
}
