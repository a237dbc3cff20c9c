package io.saldo.app.command;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which delivered files a command is about. */
final class DeliveryFilter {
    @Option(names = "--source", paramLabel = "SOURCE", description = "Only files of this source.")
    @Nullable
    String source;

    @Option(names = "--night", paramLabel = "YYYY-MM-DD", description = "Only files that this night met.")
    @Nullable
    LocalDate night;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "Only files of this night and later ones.")
    @Nullable
    LocalDate from;

    boolean accepts(String source, LocalDate night) {
        return (this.source == null || this.source.equals(source))
                && (this.night == null || this.night.equals(night))
                && (from == null || !night.isBefore(from));
    }
}
