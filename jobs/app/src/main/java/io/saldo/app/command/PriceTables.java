package io.saldo.app.command;

import io.saldo.app.pricelist.PriceList;
import io.saldo.money.Amount;
import io.saldo.pricelist.PriceMove;
import io.saldo.pricelist.PriceSpan;
import io.saldo.time.BillingZone;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Price moves as people read them: rounded, with both prices for the same number of units. */
final class PriceTables {
    private PriceTables() {}

    /** Moves with both prices for the same number of units. */
    static Table moves(List<PriceMove> moves, BillingZone zone) {
        Table table = new Table(
                "change",
                "provider",
                "model",
                "service_tier",
                "meter",
                "context_over",
                "from",
                "old",
                "new",
                "per_units",
                "percent");
        for (PriceMove move : moves) {
            PriceSpan shown = move.after() == null ? move.before() : move.after();
            long perUnits = shown == null ? 1 : shown.perUnits();
            table.row(
                    move.kind().word(),
                    move.key().provider(),
                    move.key().model(),
                    move.key().serviceTier(),
                    move.key().meter().word(),
                    move.key().contextOver() == 0 ? "" : move.key().contextOver(),
                    zone.text(move.from()),
                    price(move.before(), perUnits),
                    price(move.after(), perUnits),
                    perUnits,
                    percent(move.before(), move.after()));
        }
        return table;
    }

    /** Jumps, with the name that {@code --accept} takes. */
    static Table jumps(List<PriceMove> moves, BillingZone zone) {
        Table table = new Table("key", "from", "old", "new", "per_units", "factor");
        for (PriceMove move : moves) {
            PriceSpan from = move.jumpedFrom().orElse(null);
            PriceSpan to = move.after();
            if (from != null && to != null) {
                table.row(
                        move.key(),
                        zone.text(move.from()),
                        price(from, to.perUnits()),
                        price(to, to.perUnits()),
                        to.perUnits(),
                        factor(from, to));
            }
        }
        return table;
    }

    /** How much of what is left out: reasons by figure, the most frequent first. */
    static Table leftOut(List<PriceList.LeftOut> leftOut, boolean all) {
        if (all) {
            Table table = new Table("provider", "model", "figure", "left out because");
            leftOut.forEach(each -> table.row(each.provider(), each.model(), each.figure(), each.reason()));
            return table;
        }
        Map<List<String>, List<PriceList.LeftOut>> groups = new TreeMap<>((one, other) -> {
            int byFigure = one.get(0).compareTo(other.get(0));
            return byFigure != 0 ? byFigure : one.get(1).compareTo(other.get(1));
        });
        leftOut.forEach(
                each -> groups.computeIfAbsent(List.of(each.figure(), each.reason()), group -> new ArrayList<>())
                        .add(each));
        Table table = new Table("left out", "figure", "because", "such as");
        groups.values().stream()
                .sorted((one, other) -> Integer.compare(other.size(), one.size()))
                .forEach(group -> table.row(
                        group.size(),
                        group.get(0).figure().isEmpty()
                                ? "(model)"
                                : group.get(0).figure(),
                        group.get(0).reason(),
                        group.get(0).provider() + "/" + group.get(0).model()));
        return table;
    }

    private static @Nullable Amount price(@Nullable PriceSpan span, long perUnits) {
        return span == null ? null : span.ofOneUnit().times(perUnits);
    }

    /** For people, so rounded; empty where one of the two is missing or the older one is zero. */
    private static String percent(@Nullable PriceSpan before, @Nullable PriceSpan after) {
        if (before == null || after == null || before.ofOneUnit().isZero()) {
            return "";
        }
        BigDecimal old = before.ofOneUnit().toBigDecimal();
        BigDecimal change =
                after.ofOneUnit().toBigDecimal().subtract(old).movePointRight(2).divide(old, 1, RoundingMode.HALF_UP);
        return (change.signum() > 0 ? "+" : "") + Amount.of(change) + "%";
    }

    private static String factor(PriceSpan from, PriceSpan to) {
        if (from.ofOneUnit().isZero()) {
            return "from zero";
        }
        if (to.ofOneUnit().isZero()) {
            return "to zero";
        }
        boolean raised = to.ofOneUnit().compareTo(from.ofOneUnit()) > 0;
        BigDecimal large = (raised ? to : from).ofOneUnit().toBigDecimal();
        BigDecimal small = (raised ? from : to).ofOneUnit().toBigDecimal();
        // Rounded down, so that what is shown as 10 has jumped and what has not is never shown.
        BigDecimal factor = large.divide(small, new MathContext(4, RoundingMode.DOWN));
        return (raised ? "x " : "/ ") + Amount.of(factor);
    }
}
