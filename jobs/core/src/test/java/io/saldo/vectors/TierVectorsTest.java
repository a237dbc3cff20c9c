package io.saldo.vectors;

import static io.saldo.vectors.PeerVector.amount;
import static io.saldo.vectors.PeerVector.count;
import static io.saldo.vectors.PeerVector.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.statement.AccountMonth;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tiers, volume prices, packages and percentages as peers bill them. A vector's quantity is the month's usage of one meter.
 * What was billed before in the same period is usage before; a figure that the peer corrects is a bucket restated; a greatest
 * spend is the cap of the month's overage.
 */
class TierVectorsTest {
    private static final List<PeerVector> VECTORS = PeerVector.document("pricing_tiers.json");

    private static final DecidedOtherwise OTHERWISE = new DecidedOtherwise()
            .decide(
                    "om-uconv-03",
                    "A price per 1000 units is exact for each unit: units are not rounded up to thousands. A price for"
                            + " started thousands is a package.",
                    "6.2")
            .decide("om-pkg-02", "No usage, no charge: a price has no least amount.", "0")
            .decide(
                    "lago-pkg-02",
                    "A package counts the month's units from zero: free units are a grant of promotional credit.",
                    "1300")
            .decide("fp-pkg-10", "Every started package is paid: none is rounded down.", "1")
            .decide(
                    "om-dyn-02",
                    "Amounts are exact until the document, where 6.6669 is 6.67; the peer rounds each charge.",
                    "6.6669")
            .decide("lago-gpct-01", "No usage, no fee: a fee comes with the unit that enters the tier.", "0")
            .decide(
                    "kb-03",
                    "All tiers of a price count units; packages of two sizes are no price. So a started block of the"
                            + " second size is paid unit by unit.",
                    "14.325")
            .decide("fp-bkt-07", "A tier counts the month's quantity: a month is not rated in parts.", "1");

    static List<PeerVector> vectors() {
        return VECTORS;
    }

    /** Those that do not say how many events brought the quantity. */
    static List<PeerVector> vectorsOfAnyEvents() {
        return VECTORS.stream().filter(vector -> !vector.has("events")).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void theMonthCostsWhatThePeerExpects(PeerVector vector) {
        OTHERWISE.check(vector, compare(vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectorsOfAnyEvents")
    void theNumberOfEventsThatBringAQuantityDoesNotMatter(PeerVector vector) {
        assertThat(answer(vector, 3)).isEqualTo(answer(vector, 1));
        assertThat(answer(vector, 7)).isEqualTo(answer(vector, 1));
    }

    @Test
    void everyVectorPassesOrIsDecidedOtherwise() {
        OTHERWISE.account(VECTORS, TierVectorsTest::compare, 69);
    }

    @Test
    void whatPeersBillApartIsALineApart() {
        List<PeerVector> withLines = VECTORS.stream()
                .filter(vector -> vector.get("expected").has("lines"))
                .toList();
        assertThat(withLines).isNotEmpty();
        for (PeerVector vector : withLines) {
            assertThat(month(vector, parts(quantity(vector), 1)).lines().stream()
                            .map(StatementLine::amount)
                            .filter(amount -> !amount.isZero()))
                    .containsExactlyInAnyOrderElementsOf(
                            list(vector.get("expected").get("lines")).stream()
                                    .map(line -> amount(line.get("amount")))
                                    .filter(amount -> !amount.isZero())
                                    .toList());
        }
    }

    @Test
    void aLineOfPackagesSaysHowMany() {
        List<PeerVector> counted = VECTORS.stream()
                .filter(vector -> vector.get("expected").has("packages"))
                .toList();
        assertThat(counted).isNotEmpty();
        for (PeerVector vector : counted) {
            assertThat(month(vector, parts(quantity(vector), 1)).lines())
                    .extracting(line -> line.quantity().longValueExact())
                    .containsExactly(count(vector.get("expected").get("packages")));
        }
    }

    private static Comparison compare(PeerVector vector) {
        int events = vector.has("events") ? (int) count(vector.get("events")) : 1;
        Object expected = vector.has("phases")
                ? list(vector.get("phases")).stream()
                        .map(phase -> amount(phase.get("expected_total")).toString())
                        .toList()
                : amount(vector.get("expected").get("total")).toString();
        return new Comparison(expected, answer(vector, events));
    }

    private static Object answer(PeerVector vector, int events) {
        if (vector.has("phases")) {
            List<String> steps = new ArrayList<>();
            Amount before = Amount.ZERO;
            for (var phase : list(vector.get("phases"))) {
                Amount now = invoiced(vector, parts(count(phase.get("cumulative_quantity")), events));
                steps.add(now.minus(before).toString());
                before = now;
            }
            return steps;
        }
        List<Long> usage = new ArrayList<>();
        if (vector.has("pre_quantity")) {
            usage.addAll(parts(count(vector.get("pre_quantity")), events));
        }
        Amount before = vector.has("pre_quantity") ? invoiced(vector, usage) : amount(vector.get("previous_billed"));
        if (vector.has("buckets")) {
            list(vector.get("buckets")).forEach(bucket -> usage.addAll(parts(count(bucket), events)));
        } else {
            usage.addAll(parts(quantity(vector), events));
        }
        return invoiced(vector, usage).minus(before).toString();
    }

    private static long quantity(PeerVector vector) {
        long scale = vector.has("convert") ? 1 : TierPrices.unitsOf(vector);
        return amount(vector.get("quantity")).times(scale).unscaled(0);
    }

    private static List<Long> parts(long quantity, int events) {
        List<Long> parts = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            parts.add(quantity * (event + 1) / events - quantity * event / events);
        }
        return parts;
    }

    private static Amount invoiced(PeerVector vector, List<Long> quantities) {
        Statement statement = month(vector, quantities);
        return statement.totals().payg().plus(statement.totals().overage());
    }

    private static Statement month(PeerVector vector, List<Long> quantities) {
        AccountMonth month = new AccountMonth();
        boolean volume = TierPrices.addTo(month, vector);
        if (vector.has("max_spend") && !volume) {
            month.overage("", "1", amount(vector.get("max_spend")).toString());
        } else {
            month.payg("");
        }
        long at = AccountMonth.at("05 12:00");
        for (long quantity : quantities) {
            month.use(at++, "peer", TierPrices.MODEL, Map.of(Meter.INPUT, quantity, Meter.REQUEST, 1L));
        }
        Statement statement = month.compute();
        assertThat(statement.unpriced()).isEmpty();
        return statement;
    }
}
