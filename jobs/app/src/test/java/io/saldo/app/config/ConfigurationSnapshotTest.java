package io.saldo.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hashes are those that {@code sha256sum} prints. */
class ConfigurationSnapshotTest {
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final ConfigurationSnapshot snapshot = ConfigurationSnapshot.of(
            Map.of("accounts.csv", bytes("abc"), "prices/list.csv", bytes("abc"), "documents/design.yml", bytes("")));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFileHasItsOwnHash() {
        assertThat(snapshot.sha256("accounts.csv")).isEqualTo(OF_ABC);
        assertThatThrownBy(() -> snapshot.sha256("terms.csv")).hasMessage("no configuration file terms.csv");
    }

    /** Of {@code printf '%s  accounts.csv\n%s  prices/list.csv\n' "$h" "$h" | sha256sum}. */
    @Test
    void figuresDoNotRestOnHowDocumentsLook() {
        assertThat(snapshot.figuresSha256())
                .isEqualTo("b8f37ddf2c00c483503f390c81d7b811ec3d3906a801ac6d9cb099c83c6e0fd7")
                .isNotEqualTo(snapshot.sha256());
    }

    /** Each account that closes asks for it, and a configuration is as long as its accounts are many. */
    @Test
    void theWholeIsHashedOnce() {
        assertThat(snapshot.sha256()).isSameAs(snapshot.sha256());
        assertThat(snapshot.figuresSha256()).isSameAs(snapshot.figuresSha256());
    }
}
