package io.saldo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What a process of one engine took as a whole, its start included; CPU and memory where the system has {@code /proc}.
 *
 * @param seconds by the wall clock
 * @param cpuSeconds of all its threads, as it was up to {@value #LOOK_MILLIS} ms before it ended
 * @param residentMebibytes the most that it had at once
 * @param readMebibytes what it read by system calls, from the disk or from memory, as it was up to the same time before
 */
record EngineRun(double seconds, double cpuSeconds, double residentMebibytes, double readMebibytes) {
    private static final long LOOK_MILLIS = 20;
    private static final double TICKS_A_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final double MEBIBYTE = 1 << 20;

    /** What starts a class of this class path in a virtual machine like the one of the program. */
    static List<String> java(Class<?> type) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+UseParallelGC",
                "-XX:FreqInlineSize=120",
                "-cp",
                System.getProperty("java.class.path"),
                type.getName());
    }

    /**
     * Runs a command to its end; what it prints goes to the file.
     *
     * @throws IllegalStateException when it ends with another code than these
     */
    static EngineRun of(List<String> command, Path output, Set<Integer> codes)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        double cpu = 0;
        double resident = 0;
        double read = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            cpu = Math.max(cpu, cpuSeconds(process.pid()));
            resident = Math.max(resident, mostResidentMebibytes(process.pid()));
            read = Math.max(read, figure(process.pid(), "io", "rchar:") / MEBIBYTE);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!codes.contains(process.exitValue())) {
            throw new IllegalStateException(
                    "exit code " + process.exitValue() + " of " + command + ":\n" + Files.readString(output));
        }
        return new EngineRun(seconds, cpu, resident, read);
    }

    /** The first line of what a process printed that says something: a virtual machine that breaks begins with a frame of {@code #}. */
    static String firstWords(String output) {
        return output.lines()
                .filter(line -> !line.replace('#', ' ').isBlank())
                .findFirst()
                .orElse("it said nothing");
    }

    /** The one in the middle. */
    static double median(List<EngineRun> runs, ToDoubleFunction<EngineRun> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** The most memory that a process had at once so far; 0 where the system has no {@code /proc}. */
    static double mostResidentMebibytes(long process) throws IOException {
        return figure(process, "status", "VmHWM:") / 1024.0;
    }

    private static double cpuSeconds(long process) throws IOException {
        for (String line : lines(Path.of("/proc", String.valueOf(process), "stat"))) {
            // Behind the name, which may have anything in it.
            String[] figures = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(figures[USER_TICKS]) + Long.parseLong(figures[USER_TICKS + 1])) / TICKS_A_SECOND;
        }
        return 0;
    }

    private static double figure(long process, String file, String name) throws IOException {
        for (String line : lines(Path.of("/proc", String.valueOf(process), file))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    /** None where the process ended while it was looked at. */
    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (NoSuchFileException ended) {
            return List.of();
        } catch (IOException failure) {
            if ("No such process".equals(failure.getMessage())) {
                return List.of();
            }
            throw failure;
        }
    }
}
