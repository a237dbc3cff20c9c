package io.saldo.lake.source;

import java.util.Locale;

/** The writings of a raw log that are read. */
public enum LogFormat {
    /** RFC 4180 with a header. */
    CSV,
    /** One JSON object a line. */
    JSONL,
    /** JSON documents that hold many records. */
    JSON,
    /** Apache Parquet. */
    PARQUET;

    /**
     * The format with that word in a source's {@code format}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static LogFormat of(String word) {
        for (LogFormat format : values()) {
            if (format.word().equals(word)) {
                return format;
            }
        }
        throw new IllegalArgumentException("no log format " + word);
    }

    /** The word in a source's {@code format}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether its columns have names, which a mapping may say without making them pointers. */
    public boolean hasNamedColumns() {
        return this == CSV || this == PARQUET;
    }
}
