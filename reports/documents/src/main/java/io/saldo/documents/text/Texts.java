package io.saldo.documents.text;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The texts of one language, and numbers and dates as that language writes them.
 *
 * <p>Reads {@code BASE_LANGUAGE.properties} (UTF-8) and nothing else: there is no fallback to another language or to
 * the machine's locale. Immutable.
 */
public final class Texts {
    private static final int REPLACEMENT_MAX = 300;
    private static final Pattern NAME = Pattern.compile("\\{([^}]*)}");

    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /**
     * The texts of a language.
     *
     * @param base the class path name before the language, with points: {@code io.saldo.documents.invoice.texts}
     * @param language such as {@code en}
     * @throws java.util.MissingResourceException when there are no texts of that language
     */
    public static Texts load(String base, String language) {
        Locale locale = Locale.forLanguageTag(language);
        ResourceBundle.Control control =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return new Texts(ResourceBundle.getBundle(base, locale, Texts.class.getClassLoader(), control));
    }

    /**
     * These texts with some of them replaced.
     *
     * @param replaced by key; each without a {@link #fault}
     */
    public Texts with(Map<String, String> replaced) {
        return replaced.isEmpty() ? this : new Texts(new ReplacedTexts(bundle, replaced));
    }

    /** What keeps the text of that key from being replaced by this one; empty when nothing does. */
    public String fault(String key, String replacement) {
        if (!PlainText.line(replacement).equals(replacement)) {
            return "a text is one line without control characters";
        }
        if (replacement.codePointCount(0, replacement.length()) > REPLACEMENT_MAX) {
            return "a text has at most " + REPLACEMENT_MAX + " characters";
        }
        Set<String> names = names(text(key));
        if (names(replacement).equals(names)) {
            return "";
        }
        return names.isEmpty()
                ? "nothing is filled in here, so no {name} may stand in it"
                : "it must have " + names.stream().map(name -> "{" + name + "}").collect(Collectors.joining(" and "))
                        + ", and no other {name}";
    }

    /** The names that {@link #fill} looks for. */
    private static Set<String> names(String pattern) {
        return NAME.matcher(pattern)
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keys, sorted. */
    public SortedSet<String> keys() {
        return new TreeSet<>(bundle.keySet());
    }

    /** The texts by key, for a template. */
    public ResourceBundle bundle() {
        return bundle;
    }

    /** Whether there is such a text. */
    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /**
     * The text of that key.
     *
     * @throws java.util.MissingResourceException when there is none
     */
    public String text(String key) {
        return bundle.getString(key);
    }

    /** The text of that key, or the other text where there is none; the key may come from outside. */
    public String textOr(String key, String other) {
        return has(key) ? text(key) : other;
    }

    /** The text with {@code {name}} filled in. */
    public String text(String key, String name, String value) {
        return fill(key, Map.of(name, value));
    }

    /** The text with both names filled in. */
    public String text(String key, String name, String value, String otherName, String otherValue) {
        return fill(key, Map.of(name, value, otherName, otherValue));
    }

    /** The text with every {@code {name}} filled in; what is filled in is not looked at again. */
    public String fill(String key, Map<String, String> values) {
        String pattern = text(key);
        StringBuilder result = new StringBuilder(pattern.length() + 32);
        int position = 0;
        while (position < pattern.length()) {
            int open = pattern.indexOf('{', position);
            int close = open < 0 ? -1 : pattern.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String value = values.get(pattern.substring(open + 1, close));
            result.append(pattern, position, open);
            result.append(value == null ? pattern.substring(open, close + 1) : value);
            position = close + 1;
        }
        return result.append(pattern, position, pattern.length()).toString();
    }

    /** The whole value with all its digits, grouped, and at least so many digits after the point. */
    public String number(Amount amount, int digitsMin) {
        BigDecimal value = amount.toBigDecimal();
        String plain = value.abs()
                .setScale(Math.max(digitsMin, amount.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        String grouping = text("number.grouping");
        StringBuilder result = new StringBuilder(plain.length() + 8);
        if (value.signum() < 0) {
            result.append(text("number.minus"));
        }
        for (int index = 0; index < whole.length(); index++) {
            if (index > 0 && (whole.length() - index) % 3 == 0) {
                result.append(grouping);
            }
            result.append(whole.charAt(index));
        }
        if (point >= 0) {
            result.append(text("number.decimal")).append(plain, point + 1, plain.length());
        }
        return result.toString();
    }

    /** The amount with all its digits, and at least the currency's. */
    public String amount(Amount amount, Currency currency) {
        return number(amount, Money.minorUnitDigits(currency));
    }

    /** Document money without its currency. */
    public String amount(Money money) {
        return amount(money.toAmount(), money.currency());
    }

    /** Document money with the currency's sign, or its code where the texts name no sign. */
    public String money(Money money) {
        return money(money.toAmount(), money.currency());
    }

    /** The exact amount with the currency's sign, or its code where the texts name no sign. */
    public String money(Amount amount, Currency currency) {
        String code = currency.getCurrencyCode();
        String value = amount(amount.absolute(), currency);
        String shown = has("sign." + code)
                ? text("money.sign", "sign", text("sign." + code), "amount", value)
                : text("money.code", "code", code, "amount", value);
        return amount.signum() < 0 ? text("number.minus") + shown : shown;
    }

    /** The sign of the currency, or its code. */
    public String currency(Currency currency) {
        String code = currency.getCurrencyCode();
        return has("sign." + code) ? text("sign." + code) : code;
    }

    /** The date with its month written out. */
    public String date(LocalDate date) {
        return fill(
                "date",
                Map.of(
                        "day", String.valueOf(date.getDayOfMonth()),
                        "month", text("month." + date.getMonthValue()),
                        "year", String.valueOf(date.getYear())));
    }

    /** The month written out. */
    public String month(YearMonth month) {
        return text(
                "month.titled",
                "month",
                text("month." + month.getMonthValue()),
                "year",
                String.valueOf(month.getYear()));
    }

    /** First and last day of the month. */
    public String period(YearMonth month) {
        return fill(
                "period",
                Map.of(
                        "first", "1",
                        "last", String.valueOf(month.lengthOfMonth()),
                        "month", text("month." + month.getMonthValue()),
                        "year", String.valueOf(month.getYear())));
    }
}
