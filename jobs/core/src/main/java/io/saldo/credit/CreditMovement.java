package io.saldo.credit;

import io.saldo.money.Amount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a month moved one grant: {@code opening + granted + restored - drawn - expired - withdrawn = closing}.
 *
 * @param grant the position at the month's end
 * @param opening what was left when the month began
 * @param granted its amount where it began in the month, else nothing
 * @param restored what disputes gave back
 * @param drawn what usage and debt took
 * @param expired what ran out
 * @param withdrawn what was taken back of the rest
 * @param claimed what was taken back after it had been used: owed, and no movement of the rest
 */
public record CreditMovement(
        GrantPosition grant,
        Amount opening,
        Amount granted,
        Amount restored,
        Amount drawn,
        Amount expired,
        Amount withdrawn,
        Amount claimed) {
    /** Whether the month began without a rest of it, and moved nothing. */
    public boolean isNothing() {
        return Stream.of(opening, granted, restored, drawn, expired, withdrawn, claimed)
                .allMatch(Amount::isZero);
    }

    /** What is left at the end. */
    public Amount closing() {
        return grant.remaining();
    }

    /** The movement of every grant of the month's end, in its order. */
    public static List<CreditMovement> of(List<GrantPosition> opening, List<GrantPosition> closing) {
        Map<String, GrantPosition> before = new HashMap<>();
        opening.forEach(grant -> before.put(grant.creditId(), grant));
        List<CreditMovement> movements = new ArrayList<>();
        for (GrantPosition grant : closing) {
            movements.add(of(before.get(grant.creditId()), grant));
        }
        return movements;
    }

    private static CreditMovement of(@Nullable GrantPosition before, GrantPosition after) {
        return before == null
                ? new CreditMovement(
                        after,
                        Amount.ZERO,
                        after.amount(),
                        after.restored(),
                        after.drawn(),
                        after.expired(),
                        after.withdrawn(),
                        after.claimed())
                : new CreditMovement(
                        after,
                        before.remaining(),
                        Amount.ZERO,
                        after.restored().minus(before.restored()),
                        after.drawn().minus(before.drawn()),
                        after.expired().minus(before.expired()),
                        after.withdrawn().minus(before.withdrawn()),
                        after.claimed().minus(before.claimed()));
    }
}
