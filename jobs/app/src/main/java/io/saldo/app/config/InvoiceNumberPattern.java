package io.saldo.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How invoice numbers look: {@code INV-{year}-{number:6}} makes {@code INV-2026-000123}.
 *
 * <p>Only letters, digits, {@code -}, {@code _} and {@code .} stand around the places, because a number also names files.
 *
 * @param text the pattern as configured
 */
public record InvoiceNumberPattern(String text) {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]*(\\{(year|number(:[1-9])?)}[A-Za-z0-9._-]*)+");
    private static final Pattern NUMBER = Pattern.compile("\\{number(?::([1-9]))?}");
    private static final int LENGTH_MAX = 40;

    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException with a message for the operator when it is none
     */
    public InvoiceNumberPattern {
        Matcher number = NUMBER.matcher(text);
        if (!number.find()) {
            throw new IllegalArgumentException("it must contain {number} or {number:6}");
        }
        if (number.find()) {
            throw new IllegalArgumentException("it must contain {number} only once");
        }
        if (text.length() > LENGTH_MAX
                || text.startsWith(".")
                || !VALID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "beside {year} and {number} it may contain only letters, digits, dots, - and _, at most "
                            + LENGTH_MAX + " characters");
        }
    }

    /** Whether numbers carry their year, and so may begin again at 1 in the next. */
    public boolean restartsEachYear() {
        return text.contains("{year}");
    }

    /** Whether the two differ in nothing but how numbers are filled with zeros, so that both can make the same. */
    boolean isLike(InvoiceNumberPattern other) {
        return NUMBER.matcher(text)
                .replaceFirst("{number}")
                .equals(NUMBER.matcher(other.text).replaceFirst("{number}"));
    }

    /** The number as documents state it; a number longer than its places is never cut. */
    public String format(int year, long number) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("the pattern was checked when it was made");
        }
        String digits = Long.toString(number);
        String places = matcher.group(1);
        if (places != null) {
            digits = "0".repeat(Math.max(0, Integer.parseInt(places) - digits.length())) + digits;
        }
        return text.substring(0, matcher.start()).replace("{year}", Integer.toString(year))
                + digits
                + text.substring(matcher.end()).replace("{year}", Integer.toString(year));
    }
}
