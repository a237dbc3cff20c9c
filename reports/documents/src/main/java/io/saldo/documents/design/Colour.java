package io.saldo.documents.design;

import java.util.regex.Pattern;

/** A colour of {@code brand/styles.jrtx} that a design may change, known there by its standard value. */
public enum Colour {
    /** The issuer's name, titles, headings, the total, strong rules. */
    ACCENT("accent", 0x17456B, true),
    /** Everything else that is to be read. */
    TEXT("text", 0x1C2733, true),
    /** Labels, heads of tables, the footer. */
    MUTED("muted", 0x5C6975, true),
    /** Rules. */
    RULE("rule", 0xC5CFD8, false),
    /** Rules between the rows of a table. */
    FINE_RULE("fine-rule", 0xE4E9EE, false),
    /** The bars of daily usage. */
    BAR("bar", 0x6F9CBF, false);

    private static final Pattern HEXADECIMAL = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final int RADIX = 16;

    /** Brightness in thousandths of 255, as eyes weigh red, green and blue: about 3:1 against white. */
    private static final int READABLE_MAX = 145_000;

    private final String word;
    private final int standard;
    private final boolean isLetters;

    Colour(String word, int standard, boolean isLetters) {
        this.word = word;
        this.standard = standard;
        this.isLetters = isLetters;
    }

    /** The word in {@code design.yml}. */
    public String word() {
        return word;
    }

    /** Its value where no design changes it: red, green and blue, eight bits each. */
    public int standard() {
        return standard;
    }

    /** What keeps this colour from being that one, such as {@code #17456B}; empty when nothing does. */
    public String fault(String text) {
        if (!HEXADECIMAL.matcher(text).matches()) {
            return "it must be # and six hexadecimal digits in quotes, such as \"#17456B\"";
        }
        int rgb = value(text);
        int brightness = 299 * (rgb >> 16) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF);
        return isLetters && brightness > READABLE_MAX
                ? "letters in it can hardly be read on white paper: it must be darker"
                : "";
    }

    /** The value of a text without {@link #fault}. */
    public static int value(String text) {
        return Integer.parseInt(text, 1, text.length(), RADIX);
    }
}
