package io.saldo.app;

import io.saldo.app.command.Saldo;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program in a process of its own, to which a test can do harm. */
public final class ProgramProcess {
    /** The jar of the program, {@code -Dsaldo.jar=FILE}; else it is what the tests were compiled with. */
    private static final @Nullable String JAR = System.getProperty("saldo.jar");

    /** More options of its virtual machine, {@code -Dsaldo.options="A B"}: an archive of classes, say. */
    private static final List<String> OPTIONS = Stream.of(
                    System.getProperty("saldo.options", "").split(" "))
            .filter(option -> !option.isEmpty())
            .toList();

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private ProgramProcess() {}

    /** Whether it is another program than that of {@link Program}. */
    public static boolean isJar() {
        return JAR != null;
    }

    /** What runs one command on a home. */
    public static ProcessBuilder of(Path home, List<String> options, List<String> arguments) {
        return JAR == null
                ? of(home, CLASS_PATH, options, arguments)
                : of(home, List.of("-jar", JAR), options, arguments);
    }

    /** The same, with classes of that path. */
    public static ProcessBuilder of(Path home, String classPath, List<String> options, List<String> arguments) {
        return of(home, List.of("-cp", classPath, Saldo.class.getName()), options, arguments);
    }

    private static ProcessBuilder of(Path home, List<String> program, List<String> options, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(arguments);
        return of(program, options, all);
    }

    /** Where its classes are: folders and jars. */
    public static List<Path> classPath() {
        return Stream.of(CLASS_PATH.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    /**
     * What runs a class of the tests.
     *
     * @param options of the virtual machine
     */
    public static ProcessBuilder of(Class<?> main, List<String> options, List<String> arguments) {
        return of(List.of("-cp", CLASS_PATH, main.getName()), options, arguments);
    }

    private static ProcessBuilder of(List<String> program, List<String> options, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true"));
        all.addAll(OPTIONS);
        all.addAll(options);
        all.addAll(program);
        all.addAll(arguments);
        return new ProcessBuilder(all).redirectErrorStream(true);
    }
}
