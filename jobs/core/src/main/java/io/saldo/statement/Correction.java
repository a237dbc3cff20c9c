package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.List;

/**
 * What an approved dispute of a closed month moves in the account's oldest open month, at its first instant. It restores
 * credit to the grants that paid, and takes more from grants that should have paid; no grant is in both.
 *
 * @param dispute the dispute's number
 * @param restored by grant, credit that comes back
 * @param drawn what grants pay on top, each with the usage date that they pay for
 */
public record Correction(long dispute, List<Restored> restored, List<Drawn> drawn) {
    /** Keeps the lists unchangeable. */
    public Correction {
        restored = List.copyOf(restored);
        drawn = List.copyOf(drawn);
    }

    /**
     * Credit that comes back to the grant that had paid. Kind and scope stay the grant's own, and so does its lifetime
     * unless it is extended.
     *
     * @param creditId the grant
     * @param amount greater than 0
     * @param expiresAt in microseconds, the grant's expiry from now on: its own, or a later one. What has passed by the
     *     month's start expires at once
     */
    public record Restored(String creditId, Amount amount, long expiresAt) {}

    /**
     * Credit that pays for usage of the closed month.
     *
     * @param creditId the grant
     * @param usageDate the date of the usage in the billing zone
     * @param amount greater than 0, and no more than the grant has when the open month begins
     */
    public record Drawn(String creditId, LocalDate usageDate, Amount amount) {}

    /** Everything that it takes from grants. */
    public Amount drawnAmount() {
        return drawn.stream().map(Drawn::amount).reduce(Amount.ZERO, Amount::plus);
    }
}
