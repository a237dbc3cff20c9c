package io.saldo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever bytes stand in the files, loading ends, tells places in files, and tells the same again. */
class DamagedConfigurationTest {
    private static final long SEED = 20261101;
    private static final int ROUNDS = 500;
    private static final String PIECES = "\"',:;|>&*!%@`#{}[]-?~\t\n\r\u0000\u0007\u00e9\ufeff 0a";

    @Test
    void loadingNeverFails() throws IOException {
        ConfigurationSnapshot right = ConfigurationSnapshot.read(Path.of("src/test/resources/config/right"));
        List<String> names = new ArrayList<>(right.files());
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, byte[]> contents = new TreeMap<>();
            names.forEach(name -> contents.put(name, right.content(name)));
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                String name = names.get(random.nextInt(names.size()));
                contents.put(name, damaged(contents.get(name), random));
            }
            ConfigurationSnapshot snapshot = ConfigurationSnapshot.of(contents);
            LoadedConfiguration loaded = ConfigurationLoader.load(snapshot);
            String seed = "seed " + SEED + ", round " + round;
            assertThat(loaded.problems())
                    .as(seed)
                    .allMatch(problem -> names.contains(problem.place().file()))
                    .allMatch(problem -> problem.toString().lines().count() == 1);
            assertThat(loaded.configuration() == null).as(seed).isEqualTo(loaded.stops());
            LoadedConfiguration again = ConfigurationLoader.load(snapshot);
            assertThat(again.problems()).as(seed).isEqualTo(loaded.problems());
            assertThat(again.heldAccounts()).as(seed).isEqualTo(loaded.heldAccounts());
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        StringBuilder text = new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1));
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(6));
        int piece = random.nextInt(PIECES.length());
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES.charAt(piece));
            case 2 -> text.replace(at, end, PIECES.substring(piece, Math.min(PIECES.length(), piece + 2)));
            default -> text.insert(at, text.substring(at, end).repeat(random.nextInt(50)));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
