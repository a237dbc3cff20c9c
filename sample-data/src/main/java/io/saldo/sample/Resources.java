package io.saldo.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that travel in the jar. */
final class Resources {

    private Resources() {}

    static byte[] bytes(String name) {
        try (InputStream stream = Resources.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return stream.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
