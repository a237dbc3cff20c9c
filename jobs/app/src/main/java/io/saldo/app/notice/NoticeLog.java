package io.saldo.app.notice;

import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.app.store.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What was told, and what could not be: a line of JSON for each, in {@code out/notices.jsonl} of the home. It is a file and not in
 * the books, because nobody is to wait for the books until a stranger's server has answered.
 */
public final class NoticeLog {
    private final Path file;

    /** Of that home. */
    public NoticeLog(Home home) {
        this.file = home.out().resolve("notices.jsonl");
    }

    /**
     * One end of a run and what became of telling it.
     *
     * @param at the instant, as ISO 8601 has it
     * @param channel the channel's name
     * @param run the run's id
     * @param outcome of the run
     * @param sent whether it arrived
     * @param reason why not; empty where it arrived
     */
    public record Line(String at, String channel, long run, String outcome, boolean sent, String reason) {}

    /** Adds a line. */
    public void add(Line line) throws IOException {
        Folder.create(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            // The line break stands before too: a line that a crash has cut off spoils no other.
            channel.write(StandardCharsets.UTF_8.encode("\n" + Json.write(line) + "\n"));
            channel.force(true);
        }
    }

    /** All lines, oldest first; those that a crash has cut off are none. */
    public List<Line> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .flatMap(text -> line(text).stream())
                .toList();
    }

    private static Optional<Line> line(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Json.read(text, Line.class));
        } catch (JacksonException cutOff) {
            return Optional.empty();
        }
    }
}
