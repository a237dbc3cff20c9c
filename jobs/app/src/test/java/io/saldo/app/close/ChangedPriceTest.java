package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A price that is changed after a month was closed by it. */
class ChangedPriceTest {
    private static final String PRICES = """
            price_book,provider,model,meter,unit_price,per_units,effective_from,effective_to
            list,*,m,input,%s,1000,2026-01-01,%s
            """;

    @TempDir
    Path folder;

    private static List<String> breaks(SmallHome home) {
        return home.books("SELECT subject, period, state, resolution FROM break_case"
                + " WHERE code = 'PRICE_CHANGED_AFTER_USE' ORDER BY subject");
    }

    @Test
    void isTheBreakOfAClosedMonthAndOfNoOpenOne() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("prices/list.csv", PRICES.formatted("1", ""));
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,promo,10,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,8000");
        home.night("2026-10-30");
        // The month is open: its statement is computed anew.
        home.configure("prices/list.csv", PRICES.formatted("0.5", ""));
        home.night("2026-10-31");
        assertThat(breaks(home)).isEmpty();
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-11-01");
        assertThat(close.code()).as(close.out() + close.err()).isZero();
        home.configure("prices/list.csv", PRICES.formatted("0.5", "2026-11-01"));
        home.night("2026-11-01");
        assertThat(breaks(home)).isEmpty();
        home.configure("prices/list.csv", PRICES.formatted("0.6", ""));
        home.night("2026-11-02");
        assertThat(breaks(home)).containsExactly("list + * + m + standard + input 2026-10 OPEN NONE");
        home.configure("prices/list.csv", PRICES.formatted("0.5", ""));
        home.night("2026-11-03");
        assertThat(breaks(home)).containsExactly("list + * + m + standard + input 2026-10 RESOLVED AUTO");
    }
}
