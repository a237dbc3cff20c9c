package io.saldo.sample;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The one order of texts: by their UTF-8 bytes, which is not the order of {@link String#compareTo}. */
final class Utf8Order {

    static final Comparator<String> BY_BYTES = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private Utf8Order() {}
}
