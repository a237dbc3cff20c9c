package io.saldo.app.explanation;

import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.statement.StatementLine;
import io.saldo.time.Instants;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sentences that statement and event share. */
final class Wording {
    private Wording() {}

    /** An instant; open ranges by their word. */
    static String instant(long micros) {
        return micros == Instants.MIN || micros == Instants.MAX ? "open" : Instants.format(micros);
    }

    /** A range of time. */
    static String range(long from, long to) {
        return "[" + instant(from) + ", " + instant(to) + ")";
    }

    /** {@code 1200 x 2 / 1000000 = 0.0024}. */
    static String calculation(
            StatementLine.Kind kind,
            BigInteger quantity,
            BigInteger units,
            @Nullable Amount unitPrice,
            long perUnits,
            Amount amount) {
        if (unitPrice == null) {
            return "no price";
        }
        return switch (kind) {
            case USAGE -> quantity + " x " + unitPrice + (perUnits == 1 ? "" : " / " + perUnits) + " = " + amount;
            case PACKAGE ->
                quantity + " packages of " + perUnits + " started by " + units + " units x " + unitPrice + " = "
                        + amount;
            case FEE -> quantity + " fees x " + unitPrice + " = " + amount;
            case CHARGE -> amount + " charged by a decision, see: saldo breaks show";
            case CORRECTION -> amount + " paid by credit for a dispute, see: saldo rerun show";
        };
    }

    /** {@code retail openai gpt-4.1 standard input: 2 per 1000000, prices/retail.csv:4}. */
    static String row(PriceRow row) {
        return row.priceBook() + " " + row.provider() + " " + row.model() + " " + row.serviceTier() + " "
                + row.meter().word() + (row.contextOver() > 0 ? " over " + row.contextOver() + " input tokens" : "")
                + ": " + row.unitPrice() + " per " + per(row) + ", effective "
                + range(row.effectiveFrom(), row.effectiveTo()) + ", " + row.place();
    }

    private static String per(PriceRow row) {
        PriceTier tier = row.tier();
        String fee = tier.flatFee().isZero() ? "" : ", fee " + tier.flatFee();
        return switch (tier.mode()) {
            case FLAT -> Long.toString(row.perUnits());
            case PACKAGE -> "package of " + tier.packageSize();
            case GRADUATED, VOLUME ->
                row.perUnits() + ", " + tier.mode().word() + " tier "
                        + (tier.isOpen() ? "without end" : "up to unit " + tier.upTo()) + fee;
        };
    }

    /** {@code prepaid since 2026-..., overage invoice at 1.25, cap 100, price book retail, terms.csv:4}. */
    static String terms(@Nullable Terms terms) {
        if (terms == null) {
            return "none in force at that instant";
        }
        List<String> parts = new ArrayList<>();
        parts.add(terms.billingMode().word());
        if (terms.overagePolicy() != null) {
            parts.add("overage policy " + terms.overagePolicy().word());
            parts.add("overage multiplier " + terms.overageMultiplier());
            parts.add(
                    terms.monthlyOverageCap() == null ? "no overage cap" : "overage cap " + terms.monthlyOverageCap());
        }
        parts.add("price book " + terms.priceBook());
        parts.add("effective from " + instant(terms.effectiveFrom()));
        parts.add(terms.place().toString());
        return String.join(", ", parts);
    }
}
