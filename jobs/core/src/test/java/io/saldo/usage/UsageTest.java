package io.saldo.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    /** Computed with another program: SHA-256 of the parts joined by U+001F. */
    private static final long EVENT_HIGH = 0x15067077712BD893L;

    private static final long EVENT_LOW = 0x05951AEE660BDE6DL;
    private static final long CONTENT = 0x3AA8909CAC069691L;
    private static final String CONTENT_ID = "3aa8909cac0696919c2cc255ee0dbcc632b90ddcdc8a7fd54836d34d61dd645c";
    private static final int SHARD = 45;

    /** Logged: input, cached, cache write, output, audio input, audio output; then the disjoint ones. */
    @ParameterizedTest
    @CsvSource({
        "INCLUSIVE, 100 0 0 50 0 0, 100 0 0 50 0 0",
        "INCLUSIVE, 100 30 20 50 10 5, 40 30 20 45 10 5",
        "INCLUSIVE, 100 60 40 50 0 50, 0 60 40 0 0 50",
        "EXCLUSIVE, 100 300 20 50 10 500, 100 300 20 50 10 500"
    })
    void quantitiesBecomeDisjoint(TokenSemantics semantics, String logged, String disjoint) {
        long[] quantities = quantities(logged);

        assertThat(semantics.normalize(quantities)).isTrue();
        assertThat(quantities).isEqualTo(quantities(disjoint));
    }

    @ParameterizedTest
    @CsvSource({
        "1 2 4 100 8 100, 15",
        "9223372036854775807 0 0 0 0 0, 9223372036854775807",
        "9223372036854775807 1 0 0 0 0, 9223372036854775807"
    })
    void totalInputIsInputOfEveryKind(String logged, long expected) {
        long[] quantities = quantities(logged);
        long[][] ofOneEvent = new long[Meter.COUNT][1];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            ofOneEvent[meter][0] = quantities[meter];
        }
        assertThat(Meter.totalInput(ofOneEvent, 0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "100 101 0 50 0 0",
        "100 60 41 50 0 0",
        "100 60 30 50 11 0",
        "100 0 0 50 0 51",
        "100 0 0 50 101 0",
        "100 9223372036854775807 9223372036854775807 50 0 0",
        "9223372036854775807 9223372036854775807 9223372036854775807 0 0 0"
    })
    void partsLargerThanTheirWholeAreInconsistent(String logged) {
        assertThat(TokenSemantics.INCLUSIVE.normalize(quantities(logged))).isFalse();
    }

    @Test
    void identityIsTheSameForEver() {
        Identity identity = new Identity();

        assertThat(identity.event("gateway", "event-1")).containsExactly(EVENT_HIGH, EVENT_LOW);
        assertThat(identity.content(List.of("a", "", "b"))).isEqualTo(CONTENT);
        assertThat(identity.contentId(List.of("a", "", "b"))).isEqualTo(CONTENT_ID);
        assertThat(identity.shard("acme", 64)).isEqualTo(SHARD);
    }

    @Test
    void identityKeepsNamespaceAndIdApart() {
        Identity identity = new Identity();

        assertThat(identity.event("a", "bc")).isNotEqualTo(identity.event("ab", "c"));
        assertThat(identity.content(List.of("a", "b"))).isNotEqualTo(identity.content(List.of("ab")));
    }

    @Test
    void textIsSortedByItsUtf8Bytes() {
        List<String> sorted = new ArrayList<>(List.of("b", "\uD83D\uDE00", "\uFFFD", "", "a", "B", "ab", "\u00e9"));
        sorted.sort(TextOrder.UTF_8);

        assertThat(sorted).containsExactly("", "B", "a", "ab", "b", "\u00e9", "\uFFFD", "\uD83D\uDE00");
    }

    private static long[] quantities(String text) {
        long[] quantities = new long[Meter.COUNT];
        String[] words = text.split(" ");
        for (int index = 0; index < words.length; index++) {
            quantities[index] = Long.parseLong(words[index]);
        }
        return quantities;
    }
}
