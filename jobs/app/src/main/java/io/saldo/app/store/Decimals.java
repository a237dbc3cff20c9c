package io.saldo.app.store;

import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Exact amounts at the border to SQL, whose decimal columns have 40 digits before and 40 after the point. */
final class Decimals {
    private static final int DIGITS = 40;

    private Decimals() {}

    /**
     * The amount as the column takes it.
     *
     * @throws ProblemException when the column cannot hold it exactly
     */
    static BigDecimal bind(Amount amount) {
        BigDecimal value = amount.toBigDecimal();
        if (value.scale() > DIGITS || value.precision() - value.scale() > DIGITS) {
            throw new ProblemException(
                    ProblemCode.AMOUNT_TOO_LARGE, Place.NOWHERE, "the books cannot hold " + amount + " exactly");
        }
        return value;
    }

    static @Nullable BigDecimal bindOptional(@Nullable Amount amount) {
        return amount == null ? null : bind(amount);
    }

    static Amount read(ResultSet row, String column) throws SQLException {
        return Amount.of(row.getBigDecimal(column));
    }

    static @Nullable Amount readOptional(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : Amount.of(value);
    }
}
