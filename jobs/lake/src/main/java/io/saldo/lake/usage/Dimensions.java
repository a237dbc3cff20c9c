package io.saldo.lake.usage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts of an event that many events share: its account as found, the others as logged.
 *
 * <p>A delivery has few of them for its events, so between scatter and Parquet each stands once, and events name it by a
 * number. Belongs to one thread.
 */
public final class Dimensions {
    /** Number of a text. */
    public static final int ACCOUNT_ID = 0;

    /** Number of a text. */
    public static final int PROJECT_ID = 1;

    /** Number of a text. */
    public static final int API_KEY_ID = 2;

    /** Number of a text. */
    public static final int PROVIDER = 3;

    /** Number of a text. */
    public static final int MODEL = 4;

    /** Number of a text. */
    public static final int SERVICE_TIER = 5;

    /** Number of a text. */
    public static final int STATUS = 6;

    /** How many texts there are. */
    public static final int TEXTS = 7;

    private static final int FIRST_AT = TEXTS * Integer.BYTES;
    private static final byte SEPARATOR = 0x1F;

    private final byte[] encoded;

    // The table that looked them up last: it need not hash them again.
    private @Nullable DimensionsTable table;
    private int number;

    /** Of what {@link #encode} wrote there. */
    public Dimensions(byte[] data, int from, int to) {
        encoded = Arrays.copyOfRange(data, from, to);
    }

    /** Of texts in the order of their numbers, in UTF-8. */
    public static Dimensions of(byte[]... texts) {
        int[] from = new int[TEXTS];
        int[] to = new int[TEXTS];
        for (int text = 0; text < TEXTS; text++) {
            to[text] = texts[text].length;
        }
        byte[] target = new byte[encodedBytes(from, to)];
        return new Dimensions(target, 0, encode(target, texts, from, to));
    }

    /** How many bytes {@link #encode} writes. */
    public static int encodedBytes(int[] from, int[] to) {
        int bytes = FIRST_AT + TEXTS - 1;
        for (int text = 0; text < TEXTS; text++) {
            bytes += to[text] - from[text];
        }
        return bytes;
    }

    /**
     * Encodes texts at the start of an array, and returns where they end: the end of each, then all of them, joined by U+001F
     * as in what is hashed as an event's content.
     */
    public static int encode(byte[] target, byte[][] texts, int[] from, int[] to) {
        int position = FIRST_AT;
        for (int text = 0; text < TEXTS; text++) {
            if (text > 0) {
                target[position++] = SEPARATOR;
            }
            int length = to[text] - from[text];
            if (length > 0) {
                System.arraycopy(texts[text], from[text], target, position, length);
                position += length;
            }
            EncodedEvent.INT.set(target, text * Integer.BYTES, position);
        }
        return position;
    }

    /** Where a text starts in what {@link #encode} wrote. */
    public static int from(byte[] encoded, int text) {
        return text == 0 ? FIRST_AT : to(encoded, text - 1) + 1;
    }

    /** Where a text ends in what {@link #encode} wrote. */
    public static int to(byte[] encoded, int text) {
        return (int) EncodedEvent.INT.get(encoded, text * Integer.BYTES);
    }

    /** As {@link #encode} writes them; not to be changed. */
    public byte[] encoded() {
        return encoded;
    }

    /** Where a text starts in {@link #encoded}. */
    public int from(int text) {
        return from(encoded, text);
    }

    /** Where a text ends in {@link #encoded}. */
    public int to(int text) {
        return to(encoded, text);
    }

    /** A text. */
    public String text(int text) {
        return new String(encoded, from(text), to(text) - from(text), StandardCharsets.UTF_8);
    }

    /** Compares a text with that of others, by bytes. */
    public int compare(Dimensions other, int text) {
        return Arrays.compareUnsigned(encoded, from(text), to(text), other.encoded, other.from(text), other.to(text));
    }

    int number(DimensionsTable asking) {
        return table == asking ? number : -1;
    }

    void number(DimensionsTable asked, int found) {
        table = asked;
        number = found;
    }
}
