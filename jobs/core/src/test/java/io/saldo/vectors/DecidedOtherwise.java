package io.saldo.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The vectors to which Saldo answers otherwise than the peer, each with the rule that decides and with the answer. */
final class DecidedOtherwise {
    private record Decision(String rule, Object answer) {}

    private final Map<String, Decision> decisions = new LinkedHashMap<>();

    DecidedOtherwise decide(String id, String rule, Object answer) {
        assertThat(decisions.put(id, new Decision(rule, answer)))
                .as("an earlier decision on %s", id)
                .isNull();
        return this;
    }

    /** The vector passes, or Saldo answers as the decision says. */
    void check(PeerVector vector, Comparison comparison) {
        Decision decision = decisions.get(vector.id());
        if (decision == null) {
            assertThat(comparison.answer())
                    .as("%s: %s", vector.id(), vector.facts())
                    .isEqualTo(comparison.expected());
        } else {
            assertThat(comparison.answer()).as(decision.rule()).isEqualTo(decision.answer());
        }
    }

    /** Every vector passes or is listed, no listed one passes, and every listed one exists. */
    void account(List<PeerVector> vectors, Function<PeerVector, Comparison> compare, int passed) {
        List<String> differing = vectors.stream()
                .filter(vector -> !compare.apply(vector).agrees())
                .map(PeerVector::id)
                .toList();
        assertThat(differing).containsExactlyInAnyOrderElementsOf(decisions.keySet());
        assertThat(vectors).extracting(PeerVector::id).doesNotHaveDuplicates();
        assertThat(vectors).hasSize(passed + decisions.size());
    }
}
