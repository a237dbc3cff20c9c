package io.saldo.bench;

import io.saldo.sample.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The program as a user starts it: by its launcher, in a process of its own.
 *
 * @param launcher what a user types
 * @param logs gets what each process prints
 */
record ShippedProgram(Path launcher, Path logs) {
    /** The option whose value is the launcher. */
    static final String OPTION = "--program";

    /** Breaks that are open, and accounts that stay so, are no failure of what is measured. */
    private static final Set<Integer> DONE = Set.of(0, 3, 4);

    /** These and {@link #OPTION}. */
    static Options withLauncher(Options options) {
        return options.and(OPTION, "FILE", "jobs/saldo", "the launcher that a user starts");
    }

    /**
     * Starts it once, so that no measured start builds the program, lays its jar out or archives its classes.
     *
     * @throws IllegalStateException when there is no such launcher
     */
    void startOnce() throws IOException, InterruptedException {
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException(
                    "there is no program " + launcher + ": start from the top of the checkout, or give " + OPTION);
        }
        Files.createDirectories(logs);
        EngineRun.of(List.of(launcher.toString(), "--version"), logs.resolve("version.log"), Set.of(0));
    }

    /** Runs a command on a home. */
    EngineRun run(String name, Path home, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "--home", home.toString()));
        command.addAll(List.of(arguments));
        return EngineRun.of(command, logs.resolve(name + ".log"), DONE);
    }
}
