package io.saldo.sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a main method was given for its {@link Options}, with their defaults. */
public final class Arguments {
    private final List<String> given;
    private final Map<String, String> values;

    Arguments(List<String> given, Map<String, String> values) {
        this.given = given;
        this.values = values;
    }

    /** As they were given: another process that gets them reads the same. */
    public List<String> given() {
        return given;
    }

    /** The value of an option of any kind. */
    public String text(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** The path of a file or folder, absolute. */
    public Path path(String name) {
        return Path.of(text(name)).toAbsolutePath();
    }

    /** The value of an {@code N}. */
    public long count(String name) {
        return Long.parseLong(text(name));
    }

    /**
     * The value of an {@code N} that fits into 31 bits.
     *
     * @throws ArithmeticException when it does not
     */
    public int number(String name) {
        return Math.toIntExact(count(name));
    }

    /** The value of a {@code true|false}. */
    public boolean isSet(String name) {
        return Boolean.parseBoolean(text(name));
    }
}
