package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.app.database.StorableText;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A record of a feed, whose fields are read by type. What they cannot be is thrown as a {@link Rejection}. */
record FeedRecord(long deliveryId, long line, Map<String, String> fields, Source source) {
    private static final int TEXT_MAX = 500;
    private static final int FIGURE_DIGITS = 40;

    /** Why a record is rejected. */
    static final class Rejection extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final ProblemCode code;
        private final String what;

        Rejection(ProblemCode code, String what) {
            super(what, null, false, false);
            this.code = code;
            this.what = what;
        }

        FeedOutcome.Rejected outcome() {
            return new FeedOutcome.Rejected(code, what);
        }
    }

    String text(String column) {
        @Nullable String value = fields.get(column);
        if (value != null && value.length() > TEXT_MAX) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    column + " has " + value.length() + " characters: at most " + TEXT_MAX + " are taken");
        }
        if (value != null && !StorableText.isStorable(value)) {
            throw new Rejection(ProblemCode.BAD_ENTRY, column + " has a NUL or half of a character");
        }
        return value == null ? "" : value;
    }

    String required(String column) {
        String value = text(column);
        if (value.isEmpty()) {
            throw new Rejection(ProblemCode.MISSING_FIELD, column + " is empty");
        }
        return value;
    }

    /** An amount that is computed with, of bounded length. */
    Amount amount(String column) {
        Amount amount = parsed(column);
        if (amount.hasTooManyDigits()) {
            throw tooLong(column);
        }
        return amount;
    }

    private Rejection tooLong(String column) {
        return new Rejection(
                ProblemCode.BAD_ENTRY,
                column + " is \"" + text(column) + "\": an amount has at most " + Amount.WHOLE_DIGITS_MAX
                        + " digits before the point and " + Amount.FRACTION_DIGITS_MAX + " after it");
    }

    /** An amount of money in that currency, as the source writes amounts. */
    Amount money(String column, String currency) {
        if (source.amounts() == Source.Amounts.MAJOR) {
            return amount(column);
        }
        BigDecimal written = parsed(column).toBigDecimal();
        if (written.stripTrailingZeros().scale() > 0) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    column + " is \"" + text(column) + "\": an amount in minor units is a whole number");
        }
        Amount amount = Amount.of(written.movePointLeft(Money.minorUnitDigits(Currency.getInstance(currency))));
        if (amount.hasTooManyDigits()) {
            throw tooLong(column);
        }
        return amount;
    }

    /** A figure that is compared and told, with as many digits as the books have. */
    Amount figure(String column) {
        Amount figure = parsed(column);
        BigDecimal value = figure.toBigDecimal();
        if (value.scale() > FIGURE_DIGITS || value.precision() - value.scale() > FIGURE_DIGITS) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    column + " is \"" + text(column) + "\": a figure has at most " + FIGURE_DIGITS
                            + " digits before the point and as many after it");
        }
        return figure;
    }

    private Amount parsed(String column) {
        try {
            return Amount.parse(required(column));
        } catch (NumberFormatException notDecimal) {
            throw new Rejection(ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": no decimal number");
        }
    }

    String currency(String column) {
        try {
            return Currency.getInstance(required(column).toUpperCase(Locale.ROOT))
                    .getCurrencyCode();
        } catch (IllegalArgumentException unknown) {
            throw new Rejection(ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": no ISO 4217 currency");
        }
    }

    int number(String column, int from, int to) {
        try {
            int value = Integer.parseInt(text(column));
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException notWhole) {
            throw new Rejection(ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": no whole number");
        }
        throw new Rejection(
                ProblemCode.BAD_ENTRY, column + " is \"" + text(column) + "\": it goes from " + from + " to " + to);
    }

    long instant(String column) {
        OptionalLong micros = source.timestamp().parse(required(column));
        if (micros.isEmpty()) {
            throw new Rejection(
                    ProblemCode.BAD_TIMESTAMP, column + " is \"" + text(column) + "\": no timestamp of this source");
        }
        return micros.getAsLong();
    }
}
