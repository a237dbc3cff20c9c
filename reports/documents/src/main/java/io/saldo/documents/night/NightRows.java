package io.saldo.documents.night;

import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/** The rows of a night's pages as they come, and how its numbers are written in them. */
final class NightRows {
    private static final Set<String> SUMS = Set.of("differences", "classes", "causes", "bearers");
    private static final int DIGITS_OF_UNKNOWN_CURRENCY = 2;

    private final Texts texts;
    private final List<Row> rows = new ArrayList<>();

    NightRows(Texts texts) {
        this.texts = texts;
    }

    /** All rows; those behind the first know that they are. */
    List<Row> all() {
        for (int index = 1; index < rows.size(); index++) {
            rows.get(index).with("continued");
        }
        return rows;
    }

    void more(String part, int shown, int all) {
        if (all > shown) {
            note(part, texts.text(part + ".more", "shown", count(shown), "all", count(all)));
        }
    }

    void note(String part, String text) {
        row("isNote", part).with("label", text);
    }

    Row row(String kind, String part) {
        Row row = new Row(kind).with("part", part).with("in-" + part).with("block", part + " " + rows.size());
        if (SUMS.contains(part)) {
            row.with("in-sums").with("heading", texts.text("part." + part)).with("named", texts.text("column." + part));
        }
        rows.add(row);
        return row;
    }

    String amount(Amount amount, String currency) {
        return currency.isEmpty() ? texts.number(amount, 0) : money(amount, currency);
    }

    String money(Amount amount, String currency) {
        return texts.number(amount, digits(currency));
    }

    /** A break may name a currency that does not exist: that is then the discrepancy, and no reason to fail. */
    private static int digits(String currency) {
        try {
            return Money.minorUnitDigits(Currency.getInstance(currency));
        } catch (IllegalArgumentException unknown) {
            return DIGITS_OF_UNKNOWN_CURRENCY;
        }
    }

    String count(long count) {
        return texts.number(Amount.of(count), 0);
    }

    String countOrNone(long count) {
        return count == 0 ? texts.text("number.none") : count(count);
    }
}
