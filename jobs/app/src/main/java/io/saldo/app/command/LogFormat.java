package io.saldo.app.command;

import java.util.Locale;
import java.util.Map;

/** How the log is written: what commands print about their work, and {@code out/saldo.log}. */
enum LogFormat {
    /** For people. */
    TEXT,
    /** A line of JSON for each event, with the names of the Elastic Common Schema. */
    JSON;

    /** What Spring needs for it. */
    Map<String, Object> properties() {
        return switch (this) {
            case TEXT -> Map.of();
            case JSON ->
                Map.of(
                        "logging.structured.format.file", "ecs",
                        "logging.structured.ecs.service.name", "saldo",
                        "logging.structured.ecs.service.version", Saldo.programVersion());
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
