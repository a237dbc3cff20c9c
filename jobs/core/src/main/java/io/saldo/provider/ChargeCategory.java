package io.saldo.provider;

import java.util.Locale;

/** What a line of a provider's bill is about. */
public enum ChargeCategory {
    /** What was used. */
    USAGE(true),
    /** Money given back for usage. */
    REFUND(true),
    /** A change of what an earlier bill charged for usage. */
    CORRECTION(true),
    /** A discount, voucher or promotion that is set off against the bill. */
    CREDIT(false),
    /** Tax. */
    TAX(false),
    /** Something bought: a commitment, prepaid credit, overage as a one-time charge. */
    PURCHASE(false),
    /** A charge that is about no usage, such as rounding. */
    ADJUSTMENT(false),
    /** No charge: the window is there, and nothing in it. */
    NOTHING(false);

    private final boolean compared;

    ChargeCategory(boolean compared) {
        this.compared = compared;
    }

    /** Whether it belongs to what usage cost, so that it is compared with rated usage. */
    public boolean isCompared() {
        return compared;
    }

    /** The word in deliveries. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The category with that word, in whatever case.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ChargeCategory of(String word) {
        for (ChargeCategory category : values()) {
            if (category.name().equalsIgnoreCase(word)) {
                return category;
            }
        }
        throw new IllegalArgumentException("no charge category " + word);
    }
}
