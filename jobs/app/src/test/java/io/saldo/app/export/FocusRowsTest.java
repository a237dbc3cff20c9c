package io.saldo.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.time.BillingZone;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FocusRowsTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 10);

    @ParameterizedTest
    @CsvSource({
        "2, 1000000, 5000000, 10, 5, 1000000 Tokens, 5000000",
        "0, 1000000, 5000000, 0, 5, 1000000 Tokens, 5000000",
        "0, 1000, 1500, 0, 1.5, 1000 Tokens, 1500",
        "0, 1, 7, 0, 7, Tokens, 7",
        "10, 1000, 3, 30, 3, 1000 Tokens,",
        "10, 250, 3, 30, 3, 250 Tokens,",
        "0, 250, 3, 0, 3, 250 Tokens,"
    })
    void aLineIsOfUnitsOrOfPackages(
            String unitPrice,
            long perUnits,
            String quantity,
            String amount,
            String pricingQuantity,
            String pricingUnit,
            String consumed) {
        FocusRows rows = new FocusRows(
                new FocusRows.Subject("a-1", "Name", "EUR", MONTH, "Issuer"), new BillingZone(ZoneOffset.UTC), "");
        rows.usage(new FocusRows.Line(
                MONTH,
                "openai",
                "m",
                "standard",
                "input",
                Amount.parse(unitPrice),
                perUnits,
                Amount.parse(quantity),
                Amount.parse(amount),
                Amount.parse(amount),
                Amount.ZERO,
                Amount.ZERO));
        assertThat(cell(rows, "PricingQuantity")).isEqualTo(Amount.parse(pricingQuantity));
        assertThat(cell(rows, "PricingUnit")).isEqualTo(pricingUnit);
        assertThat(cell(rows, "ConsumedQuantity")).isEqualTo(consumed == null ? null : Amount.parse(consumed));
    }

    private static Object cell(FocusRows rows, String column) {
        List<String> names = FocusColumns.ALL.stream().map(each -> each.name()).toList();
        return rows.rows().get(0).get(names.indexOf(column));
    }
}
