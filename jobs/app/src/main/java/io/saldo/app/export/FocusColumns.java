package io.saldo.app.export;

import io.saldo.documents.table.Column;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of FOCUS 1.2 that Saldo fills, in alphabetical order as the specification lists them, and our own behind
 * them, which begin with {@code x_} as it demands.
 */
final class FocusColumns {
    static final List<Column> ALL =
            ExportColumns.columns("BilledCost$ BillingAccountId BillingAccountName BillingCurrency"
                    + " BillingPeriodEnd BillingPeriodStart ChargeCategory ChargeClass ChargeDescription ChargeFrequency"
                    + " ChargePeriodEnd ChargePeriodStart ConsumedQuantity$ ConsumedUnit ContractedCost$ ContractedUnitPrice$"
                    + " EffectiveCost$ InvoiceId InvoiceIssuerName ListCost$ ListUnitPrice$ PricingCategory PricingQuantity$"
                    + " PricingUnit ProviderName PublisherName ServiceCategory ServiceName ServiceSubcategory SkuId SkuMeter"
                    + " SkuPriceId x_CreditId x_Record");

    private static final Map<String, Integer> POSITIONS = new HashMap<>();

    static {
        for (int position = 0; position < ALL.size(); position++) {
            POSITIONS.put(ALL.get(position).name(), position);
        }
    }

    private FocusColumns() {}

    /** A row by the names of its columns; a column that is not set is null, as the specification writes "nothing". */
    static final class Row {
        private final @Nullable Object[] cells = new @Nullable Object[ALL.size()];

        /** Sets a cell; empty text is null. */
        Row with(String column, @Nullable Object value) {
            Integer position = POSITIONS.get(column);
            if (position == null) {
                throw new IllegalArgumentException("no column " + column);
            }
            cells[position] = "".equals(value) ? null : value;
            return this;
        }

        List<@Nullable Object> cells() {
            return Arrays.asList(cells.clone());
        }
    }
}
