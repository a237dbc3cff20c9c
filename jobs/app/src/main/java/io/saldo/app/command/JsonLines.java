package io.saldo.app.command;

import io.saldo.app.store.Json;
import java.io.IOException;
import java.io.Writer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes an event of the log, as JSON, of each line that is printed. */
final class JsonLines extends Writer {
    private final Writer out;
    private final String level;
    private final InstantSource clock;
    private final StringBuilder line = new StringBuilder();

    /** Prints to that writer, as events of that level. */
    JsonLines(Writer out, String level, InstantSource clock) {
        this.out = out;
        this.level = level;
        this.clock = clock;
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        synchronized (lock) {
            for (int index = offset; index < offset + length; index++) {
                if (characters[index] == '\n') {
                    end();
                } else {
                    line.append(characters[index]);
                }
            }
        }
    }

    private void end() throws IOException {
        String message = line.toString().strip();
        line.setLength(0);
        if (!message.isEmpty()) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("@timestamp", clock.instant().toString());
            event.put("log", Map.of("level", level));
            event.put("service", Map.of("name", "saldo"));
            event.put("message", message);
            out.write(Json.write(event) + "\n");
        }
    }

    @Override
    public void flush() throws IOException {
        synchronized (lock) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            end();
            out.close();
        }
    }
}
