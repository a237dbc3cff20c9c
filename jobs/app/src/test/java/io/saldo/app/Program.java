package io.saldo.app;

import io.saldo.app.command.Saldo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * What one command printed and how it ended.
 *
 * @param code the exit code
 * @param out what it printed as its result
 * @param err what it printed about its work
 */
public record Program(int code, String out, String err) {
    /** Years ahead: tests take homes through months that may still be to come. */
    private static final InstantSource CLOCK = () -> Instant.now().plus(Duration.ofDays(3 * 365));

    /** Runs one command in this process and keeps what it prints. */
    public static Program run(String... arguments) {
        return at(CLOCK, arguments);
    }

    /** The same at the time of a clock. */
    public static Program at(InstantSource clock, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream keptOut = new ByteArrayOutputStream();
        ByteArrayOutputStream keptErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(keptOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(keptErr, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = Saldo.run(clock, arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return new Program(code, keptOut.toString(StandardCharsets.UTF_8), keptErr.toString(StandardCharsets.UTF_8));
    }

    /** Runs one command on a home. */
    public static Program in(Path home, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--home";
        all[1] = home.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return run(all);
    }

    /** The repository's folder of that name, wherever below it the tests are started. */
    public static Path repository(String folder) {
        Path start = Path.of("").toAbsolutePath();
        for (Path each = start; each != null; each = each.getParent()) {
            if (Files.isDirectory(each.resolve("sample-data").resolve("deliveries"))) {
                return each.resolve(folder);
            }
        }
        throw new IllegalStateException("start the tests somewhere in the repository, not in " + start);
    }

    /** The lines of what it printed about its work, without blank ones. */
    public List<String> errLines() {
        return err.lines().filter(line -> !line.isBlank()).toList();
    }
}
