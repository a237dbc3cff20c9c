package io.saldo.app.pricelist;

import io.saldo.money.Amount;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceSpan;
import io.saldo.pricelist.PriceTimeline;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A list as it is read: refuses names and figures that no price row can hold, and forgets none of them. */
final class ListDraft {
    private static final int NAME_MAX = 300;
    private static final Amount UNIT_PRICE_MAX = Amount.of(1_000_000);
    private static final String FORMULA_BEGINS = "=+-@";

    private final PriceList.Scope scope;
    private final SortedMap<PriceKey, List<PriceSpan>> spans = new TreeMap<>();
    private final List<PriceList.LeftOut> leftOut = new ArrayList<>();
    private final Set<PriceKey> unread = new HashSet<>();
    private final Set<List<String>> seen = new HashSet<>();
    private String provider = "";
    private String model = "";
    private int models;
    private int told;

    ListDraft(PriceList.Scope scope) {
        this.scope = scope;
    }

    /** Begins a model; false where nobody asked for it or its names cannot be used, which is then told. */
    boolean begins(String newProvider, String newModel) {
        provider = newProvider;
        model = newModel;
        told = leftOut.size() + spans.size();
        if (!scope.includes(provider, model)) {
            return false;
        }
        models++;
        String fault = nameFault(provider) == null ? nameFault(model) : nameFault(provider);
        if (fault != null || provider.indexOf('/') >= 0) {
            leaveOut("", fault == null ? "a provider's name has no slash, which would make keys ambiguous" : fault);
            return false;
        }
        if (!seen.add(List.of(provider, model))) {
            spans.keySet()
                    .removeIf(key ->
                            key.provider().equals(provider) && key.model().equals(model));
            leaveOut("", "the list has this model more than once");
            return false;
        }
        return true;
    }

    /** Ends a model; one of which nothing was said is told. */
    void ends() {
        if (leftOut.size() + spans.size() == told) {
            leaveOut("", "the list has no price for it");
        }
    }

    PriceKey key(String serviceTier, Meter meter, long contextOver) {
        return new PriceKey(provider, model, serviceTier, meter, contextOver);
    }

    /**
     * Takes a figure as the price of a key, or tells why it is none.
     *
     * @param units how many units the figure is the price of
     * @param perUnits how many the row shall name
     */
    void price(String figure, PriceKey key, JsonValue value, long units, long perUnits, long from, long to) {
        if (!(value instanceof JsonValue.JsonNumber number)) {
            leaveOut(figure, key, "it is not a number");
            return;
        }
        Amount amount;
        try {
            amount = Amount.parse(number.text());
        } catch (NumberFormatException beyond) {
            leaveOut(figure, key, "it is not a decimal number of at most " + Amount.DIGITS_MAX + " digits");
            return;
        }
        if (amount.signum() < 0) {
            leaveOut(figure, key, "it is negative");
            return;
        }
        PriceSpan span = new PriceSpan(from, to, amount.times(perUnits / units), perUnits);
        if (span.ofOneUnit().scale() > Amount.FRACTION_DIGITS_MAX) {
            leaveOut(
                    figure,
                    key,
                    "for one unit it has more than " + Amount.FRACTION_DIGITS_MAX + " digits after the point");
        } else if (span.ofOneUnit().compareTo(UNIT_PRICE_MAX) > 0) {
            leaveOut(figure, key, "one unit would cost more than " + UNIT_PRICE_MAX);
        } else {
            add(key, span);
        }
    }

    /** Neighbours at the same price are one span. */
    private void add(PriceKey key, PriceSpan span) {
        List<PriceSpan> known = spans.computeIfAbsent(key, each -> new ArrayList<>());
        PriceSpan last = known.isEmpty() ? null : known.get(known.size() - 1);
        if (last != null && last.to() == span.from() && last.costsAs(span)) {
            known.set(known.size() - 1, last.during(last.from(), span.to()));
        } else {
            known.add(span);
        }
    }

    /** A figure that has a meter: what happens to its usage without a row belongs to the reason. */
    void leaveOut(String figure, PriceKey key, String reason) {
        unread(key);
        String without = key.contextOver() > 0
                ? "as below the threshold"
                : switch (key.meter()) {
                    case CACHED_INPUT, CACHE_WRITE, AUDIO_INPUT -> "as input";
                    case AUDIO_OUTPUT -> "as output";
                    case INPUT, OUTPUT -> "as unpriced";
                    case UNIT, REQUEST -> "as free";
                };
        leaveOut(
                figure,
                reason + "; where the book has no row of it, usage counts " + without + " until one is added by hand");
    }

    /** What the list does not seem to have of a key, at any threshold, it may have. */
    void unread(PriceKey key) {
        unread.add(key.over(0));
    }

    void leaveOut(String figure, String reason) {
        leftOut.add(new PriceList.LeftOut(provider, model, figure, reason));
    }

    PriceList finish() {
        SortedMap<PriceKey, PriceTimeline> prices = new TreeMap<>();
        spans.forEach((key, list) -> prices.put(key, new PriceTimeline(list)));
        return new PriceList(models, prices, leftOut, unread);
    }

    private static @Nullable String nameFault(String name) {
        if (name.isEmpty() || name.length() > NAME_MAX) {
            return "its name or provider is empty or longer than " + NAME_MAX + " characters";
        }
        if (!name.equals(name.strip())
                || name.codePoints()
                        .anyMatch(point -> Character.isISOControl(point)
                                || Character.getType(point) == Character.FORMAT
                                || Character.getType(point) == Character.LINE_SEPARATOR
                                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR
                                || Character.getType(point) == Character.SURROGATE)) {
            return "its name or provider has blanks around it, or characters that cannot be seen";
        }
        if (FORMULA_BEGINS.indexOf(name.charAt(0)) >= 0) {
            return "its name or provider begins like a formula of a spreadsheet: add its rows by hand";
        }
        return null;
    }
}
