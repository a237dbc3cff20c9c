package io.saldo.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final Options OPTIONS = Options.NONE
            .and("--out", "DIR", "", "where to")
            .and("--events", "N", "10000000000", "how many")
            .and("--sorted", "true|false", "false", "by account");
    private static final String HELP = """
            Options:
              --out DIR            where to (required)
              --events N           how many (10000000000)
              --sorted true|false  by account (false)""";

    @Test
    void whatIsNotGivenHasItsDefault() {
        Arguments arguments = OPTIONS.read("--sorted", "true", "--out", "here", "--out", "there");
        assertThat(arguments.path("--out")).isEqualTo(Path.of("there").toAbsolutePath());
        assertThat(arguments.count("--events")).isEqualTo(10_000_000_000L);
        assertThatThrownBy(() -> arguments.number("--events")).isInstanceOf(ArithmeticException.class);
        assertThat(arguments.isSet("--sorted")).isTrue();
        assertThat(arguments.given()).isEqualTo(List.of("--sorted", "true", "--out", "here", "--out", "there"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            --events 5; --out DIR is missing
            --out x --event 5; --event is no option
            --out x --events; --events has no value
            --out x duckdb; duckdb is no option
            --out x --events -1; --events is a whole number, not -1
            --out x --sorted yes; --sorted is true or false, not yes
            """)
    void whatIsWrongIsToldWithTheOptions(String given, String message) {
        assertThatThrownBy(() -> OPTIONS.read(given.split(" "))).hasMessage(message + "\n" + HELP);
    }
}
