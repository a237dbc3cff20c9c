package io.saldo.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The program as the launcher starts it, in a process of its own.
 *
 * @param jar the program
 * @param logs gets what each process prints
 */
record ShippedProgram(Path jar, Path logs) {
    /** Where a build leaves it. */
    static final String JAR = "jobs/app/target/saldo-run.jar";

    /** Breaks that are open, and accounts that stay so, are no failure of what is measured. */
    private static final Set<Integer> DONE = Set.of(0, 3, 4);

    /** What starts a virtual machine as the launcher does. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseParallelGC",
                "-XX:FreqInlineSize=120",
                "-Djava.awt.headless=true");
    }

    /** Runs a command on a home. */
    EngineRun run(String name, Path home, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-jar", jar.toString(), "--home", home.toString()));
        command.addAll(List.of(arguments));
        return EngineRun.of(command, logs.resolve(name + ".log"), DONE);
    }
}
