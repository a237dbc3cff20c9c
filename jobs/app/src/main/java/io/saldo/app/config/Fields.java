package io.saldo.app.config;

import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.time.BillingZone;
import io.saldo.time.TimestampFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Named texts with places, read as values: the fields of a row, the keys of a mapping. Empty text is not set.
 *
 * <p>A value that is not allowed is told and replaced by null or a fallback, so that reading goes on and finds the rest;
 * {@link #isBad} then says that what was read must not be used.
 */
abstract class Fields {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int SHOWN_MAX = 60;

    private boolean bad;

    /** The text; empty where it is not set. */
    abstract String text(String name);

    /** Where the value is, or would be. */
    abstract Place placeOf(String name);

    /** Tells that a value must be set. */
    abstract void missing(String name);

    /** Tells a problem and whom it holds up. */
    abstract void tell(ProblemCode code, Place place, String what);

    /** Tells a problem with what these fields are. */
    final void refuse(ProblemCode code, Place place, String what) {
        bad = true;
        tell(code, place, what);
    }

    /** Tells that a value is not allowed. */
    final void refuse(String name, String rule) {
        refuse(ProblemCode.BAD_VALUE, placeOf(name), name + " is " + quoted(text(name)) + ": " + rule);
    }

    /** Whether anything was refused. */
    final boolean isBad() {
        return bad;
    }

    /** Makes these fields bad because of something that belongs to them. */
    final void spoil() {
        bad = true;
    }

    final boolean isSet(String name) {
        return !text(name).isEmpty();
    }

    /** The text, which must be set. */
    final String required(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            missing(name);
        }
        return text;
    }

    /** An identifier, which must be set: without blanks around it or control characters in it. */
    final String requiredId(String name) {
        required(name);
        return id(name);
    }

    /** An identifier or nothing. */
    final String id(String name) {
        String text = text(name);
        if (!text.equals(text.strip()) || text.chars().anyMatch(Character::isISOControl)) {
            refuse(name, "an identifier has no blanks around it and no control characters");
        }
        return text;
    }

    /** One of the words, or the fallback where it is not set. */
    final <T> T word(String name, Collection<T> values, Function<T, String> word, T fallback) {
        T found = isSet(name) ? word(name, values, word) : null;
        return found == null ? fallback : found;
    }

    /** One of the words; null where it is not set or none of them. */
    final <T> @Nullable T word(String name, Collection<T> values, Function<T, String> word) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        for (T value : values) {
            if (word.apply(value).equals(text)) {
                return value;
            }
        }
        List<String> words = values.stream().map(word).toList();
        refuse(name, "it must be " + oneOf(words));
        return null;
    }

    /** One of the words; refused where it is not set. */
    final <T> @Nullable T requiredWord(String name, Collection<T> values, Function<T, String> word) {
        required(name);
        return word(name, values, word);
    }

    final @Nullable Currency requiredCurrency(String name) {
        required(name);
        return currency(name);
    }

    final @Nullable Currency currency(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            Currency currency = CURRENCY.matcher(text).matches() ? Currency.getInstance(text) : null;
            if (currency != null && currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException unknown) {
            // Told below.
        }
        refuse(name, "it must be a currency of ISO 4217, such as EUR");
        return null;
    }

    final String requiredCountry(String name) {
        String text = required(name);
        if (!text.isEmpty() && !Arrays.asList(Locale.getISOCountries()).contains(text)) {
            refuse(name, "it must be a country of ISO 3166-1, such as DE");
        }
        return text;
    }

    /** A decimal of at least the least; null where it is not set or none. */
    final @Nullable Amount amount(String name, Amount least) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        return decimal(name, amount -> amount.compareTo(least) >= 0, "from " + least + " on");
    }

    /** A decimal of at least the least, or the fallback where it is not set. */
    final Amount amount(String name, Amount least, Amount fallback) {
        Amount amount = amount(name, least);
        return amount == null ? fallback : amount;
    }

    /** A decimal greater than zero; null where it is not set or none. */
    final @Nullable Amount positiveAmount(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        return decimal(name, amount -> amount.signum() > 0, "greater than 0");
    }

    private @Nullable Amount decimal(String name, Predicate<Amount> allowed, String range) {
        String rule = "it must be a decimal number with a point, " + range;
        try {
            Amount amount = Amount.parse(text(name));
            if (!allowed.test(amount)) {
                refuse(name, rule);
            } else if (amount.hasTooManyDigits()) {
                refuse(
                        name,
                        "it must have at most " + Amount.WHOLE_DIGITS_MAX + " digits before the point and "
                                + Amount.FRACTION_DIGITS_MAX + " after it");
            } else {
                return amount;
            }
        } catch (NumberFormatException noNumber) {
            refuse(name, rule);
        }
        return null;
    }

    /** A whole number within the bounds, or the fallback where it is not set. */
    final long whole(String name, long least, long most, long fallback) {
        String text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        if (WHOLE.matcher(text).matches()) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        refuse(name, "it must be a whole number from " + least + " to " + most);
        return fallback;
    }

    /** A date; null where it is not set or none. */
    final @Nullable LocalDate date(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        LocalDate date = dateOrNull(text);
        if (date == null) {
            refuse(name, "it must be a date such as 2026-10-01");
        }
        return date;
    }

    /** A date as its start in the billing zone or an instant with offset, in microseconds; the fallback when empty. */
    final long instant(String name, BillingZone zone, long fallback) {
        String text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        LocalDate date = dateOrNull(text);
        if (date != null) {
            return zone.startOf(date);
        }
        OptionalLong micros = TimestampFormat.ISO_WITH_OFFSET.parse(text);
        if (micros.isEmpty()) {
            refuse(
                    name,
                    "it must be a date such as 2026-10-01 or an instant with its offset such as 2026-10-01T12:00:00Z");
            return fallback;
        }
        return micros.getAsLong();
    }

    /** A zone; null where it is not set or none. */
    final @Nullable ZoneId zone(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.equals("UTC") || ZoneId.getAvailableZoneIds().contains(text)) {
                return ZoneId.of(text);
            }
        } catch (DateTimeException noZone) {
            // Told below.
        }
        refuse(name, "it must be a zone of the IANA database, such as UTC or Europe/Berlin");
        return null;
    }

    /** {@code a, b or c}. */
    static String oneOf(List<String> words) {
        return words.size() == 1
                ? words.get(0)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }

    /** The text in quotes, shortened, and without anything that could disturb a terminal or a log. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints()
                .limit(SHOWN_MAX)
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? ' ' : point)
                .forEach(shown::appendCodePoint);
        return shown.append(text.codePointCount(0, text.length()) > SHOWN_MAX ? "...\"" : "\"")
                .toString();
    }

    private static @Nullable LocalDate dateOrNull(String text) {
        try {
            return DATE.matcher(text).matches() ? LocalDate.parse(text) : null;
        } catch (DateTimeException noDate) {
            return null;
        }
    }
}
