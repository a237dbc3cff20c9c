package io.saldo.vectors;

import static io.saldo.vectors.PeerVector.amount;
import static io.saldo.vectors.PeerVector.count;
import static io.saldo.vectors.PeerVector.list;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.TierMode;
import io.saldo.statement.AccountMonth;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A peer's price in Saldo's rows. */
final class TierPrices {
    static final String MODEL = "metered";

    private TierPrices() {}

    /** How many of Saldo's units the peer's unit has: a thousand where the vector counts in fractions or converts. */
    static long unitsOf(PeerVector vector) {
        boolean fractions = amount(vector.get("quantity")).scale() > 0
                || list(vector.get("tiers")).stream()
                        .anyMatch(tier -> amount(tier.get("up_to")).scale() > 0);
        return fractions || vector.has("convert") ? 1_000 : 1;
    }

    /** Adds the rows; whether they are a volume price. */
    static boolean addTo(AccountMonth month, PeerVector vector) {
        String model = vector.get("model").stringValue();
        switch (model) {
            case "graduated", "graduated_delta", "graduated_percentage" -> addTiers(month, TierMode.GRADUATED, vector);
            case "volume", "volume_bucketed" -> addTiers(month, TierMode.VOLUME, vector);
            case "package", "package_delta", "package_bucketed" ->
                addPackages(month, amount(vector.get("package_price")), count(vector.get("package_size")));
            case "per_unit", "per_unit_delta" -> add(month, Meter.INPUT, amount(vector.get("unit_price")));
            case "dynamic_markup" -> add(month, Meter.INPUT, amount(vector.get("multiplier")));
            case "percentage" -> addPercentage(month, vector);
            case "block_graduated" -> addBlocks(month, TierMode.GRADUATED, list(vector.get("blocks")));
            case "block_volume" -> addBlocks(month, TierMode.VOLUME, list(vector.get("blocks")));
            default -> throw new IllegalArgumentException("no price model " + model);
        }
        return model.contains("volume");
    }

    private static void addTiers(AccountMonth month, TierMode mode, PeerVector vector) {
        long units = unitsOf(vector);
        for (JsonNode tier : list(vector.get("tiers"))) {
            JsonNode end = tier.get("up_to");
            Amount price =
                    tier.has("rate_percent") ? percent(tier.get("rate_percent")) : amount(tier.path("unit_price"));
            add(
                    month,
                    Meter.INPUT,
                    price,
                    units,
                    new PriceTier(
                            mode,
                            end.isNull()
                                    ? PriceTier.OPEN
                                    : amount(end).times(units).unscaled(0),
                            amount(tier.path("flat_price")),
                            0));
        }
    }

    /** A percentage is the price of a unit of money; what is free is a first tier at nothing. */
    private static void addPercentage(AccountMonth month, PeerVector vector) {
        addAfterFree(month, Meter.INPUT, percent(vector.get("rate_percent")), count(vector.get("free_amount")));
        addAfterFree(month, Meter.REQUEST, amount(vector.get("fixed_per_event")), count(vector.get("free_events")));
    }

    private static void addAfterFree(AccountMonth month, Meter meter, Amount price, long free) {
        if (free == 0) {
            add(month, meter, price);
            return;
        }
        add(month, meter, Amount.ZERO, 1, new PriceTier(TierMode.GRADUATED, free, Amount.ZERO, 0));
        add(month, meter, price, 1, new PriceTier(TierMode.GRADUATED, PriceTier.OPEN, Amount.ZERO, 0));
    }

    /** Blocks of one sort are packages; blocks of several sorts are tiers with the price that a unit has in a block. */
    private static void addBlocks(AccountMonth month, TierMode mode, List<JsonNode> blocks) {
        if (blocks.size() == 1) {
            JsonNode block = blocks.get(0);
            addPackages(month, amount(block.get("block_price")), count(block.get("block_size")));
            return;
        }
        long end = 0;
        for (int index = 0; index < blocks.size(); index++) {
            JsonNode block = blocks.get(index);
            long size = count(block.get("block_size"));
            end += size * count(block.get("max_blocks"));
            Amount price = amount(block.get("block_price"))
                    .dividedByPowerOfTen(Long.toString(size).length() - 1);
            boolean last = index == blocks.size() - 1;
            add(month, Meter.INPUT, price, 1, new PriceTier(mode, last ? PriceTier.OPEN : end, Amount.ZERO, 0));
        }
    }

    private static void addPackages(AccountMonth month, Amount price, long size) {
        add(month, Meter.INPUT, price, 1, PriceTier.packages(size));
    }

    private static void add(AccountMonth month, Meter meter, Amount price) {
        add(month, meter, price, 1, PriceTier.FLAT);
    }

    private static void add(AccountMonth month, Meter meter, Amount price, long perUnits, PriceTier tier) {
        month.price(MODEL, meter, price.toString(), perUnits, Instants.MIN, Instants.MAX, 0, tier);
    }

    private static Amount percent(JsonNode rate) {
        return amount(rate).dividedByPowerOfTen(2);
    }
}
