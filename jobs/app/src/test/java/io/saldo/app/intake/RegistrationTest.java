package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegistrationTest {
    @Test
    void ofALongNameTheLastSixtyCharactersAreKept() {
        assertThat(Registration.ending("usage.csv")).isEqualTo("usage.csv");
        assertThat(Registration.ending("u".repeat(56) + ".csv")).isEqualTo("u".repeat(56) + ".csv");
        assertThat(Registration.ending("u".repeat(251) + ".csv")).isEqualTo("u".repeat(56) + ".csv");
    }

    @Test
    void noCharacterIsCutInTwo() {
        String pair = "😀";
        assertThat(Registration.ending(pair + "u".repeat(55) + ".csv")).isEqualTo("u".repeat(55) + ".csv");
        assertThat(Registration.ending("u" + pair + "u".repeat(54) + ".csv")).isEqualTo(pair + "u".repeat(54) + ".csv");
        assertThat(Registration.ending("u".repeat(9) + pair.repeat(30))).isEqualTo(pair.repeat(30));
    }
}
