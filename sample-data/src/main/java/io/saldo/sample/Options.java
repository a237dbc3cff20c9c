package io.saldo.sample;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code --name value} options that a main method has, in the order in which {@code --help} tells them. */
public final class Options {
    /** No options yet. */
    public static final Options NONE = new Options(Map.of());

    private static final String WHOLE_NUMBER = "N";

    private record Option(String name, String value, String otherwise, String meaning) {
        void check(String given) {
            if (value.equals(WHOLE_NUMBER) && !given.matches("[0-9]{1,18}")) {
                throw new IllegalArgumentException(name + " is a whole number, not " + given);
            }
            if (value.contains("|") && !Arrays.asList(value.split("\\|")).contains(given)) {
                throw new IllegalArgumentException(name + " is " + value.replace("|", " or ") + ", not " + given);
            }
        }
    }

    private final Map<String, Option> byName;

    private Options(Map<String, Option> byName) {
        this.byName = byName;
    }

    /**
     * These and one more.
     *
     * @param value of what kind: {@code N} is a whole number, {@code a|b} one of these words, else it is any text
     * @param otherwise its value where it is not given; empty: it must be given
     * @param meaning what {@code --help} says of it
     */
    public Options and(String name, String value, String otherwise, String meaning) {
        Map<String, Option> more = new LinkedHashMap<>(byName);
        more.put(name, new Option(name, value, otherwise, meaning));
        return new Options(more);
    }

    /**
     * Gives a program its arguments. {@code --help} prints the options instead; arguments that are wrong print what is wrong
     * with the options, and end the process with 2.
     */
    public void start(String[] given, Program program) throws Exception {
        if (List.of(given).contains("--help")) {
            System.out.println(help());
            return;
        }
        Arguments arguments;
        try {
            arguments = read(given);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        program.run(arguments);
    }

    /**
     * Reads what was given.
     *
     * @throws IllegalArgumentException naming what is wrong, and the options that there are
     */
    public Arguments read(String... given) {
        try {
            return new Arguments(List.of(given), values(given));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(wrong.getMessage() + "\n" + help(), wrong);
        }
    }

    private Map<String, String> values(String[] given) {
        Map<String, String> values = new LinkedHashMap<>();
        byName.values().stream()
                .filter(option -> !option.otherwise().isEmpty())
                .forEach(option -> values.put(option.name(), option.otherwise()));
        for (int at = 0; at < given.length; at += 2) {
            Option option = byName.get(given[at]);
            if (option == null) {
                throw new IllegalArgumentException(given[at] + " is no option");
            }
            if (at + 1 == given.length) {
                throw new IllegalArgumentException(given[at] + " has no value");
            }
            option.check(given[at + 1]);
            values.put(given[at], given[at + 1]);
        }
        for (Option option : byName.values()) {
            if (!values.containsKey(option.name())) {
                throw new IllegalArgumentException(option.name() + " " + option.value() + " is missing");
            }
        }
        return values;
    }

    /** A line for each option, under a headline. */
    String help() {
        int width = byName.values().stream()
                .mapToInt(option -> option.name().length() + option.value().length() + 1)
                .max()
                .orElse(0);
        return Stream.concat(
                        Stream.of("Options:"),
                        byName.values().stream()
                                .map(option -> String.format(
                                        "  %-" + width + "s  %s (%s)",
                                        option.name() + " " + option.value(),
                                        option.meaning(),
                                        option.otherwise().isEmpty() ? "required" : option.otherwise())))
                .collect(Collectors.joining("\n"));
    }

    /** What a main method does with its arguments. */
    @FunctionalInterface
    public interface Program {
        /** Runs with the arguments, which are of their kinds. */
        void run(Arguments arguments) throws Exception;
    }
}
