package io.saldo.statement;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.GrantPosition;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.usage.TextOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which entries count in the month, and from when on (SPEC 6.2): a backdated one from the month's start. */
final class CreditPlan {
    /**
     * A grant of the month, in burn order.
     *
     * @param position as it opens the month, or as it begins within it
     * @param entry null for a grant of the opening
     * @param start when it begins to pay, in microseconds; the month's start for a grant of the opening
     */
    record Grant(GrantPosition position, @Nullable CreditEntry entry, long start) {}

    /**
     * A withdrawal of the month.
     *
     * @param entry the entry
     * @param grant the index of its grant
     * @param at when it is applied, in microseconds: never before its grant begins
     * @param atBeginning whether it is applied right after its grant begins
     */
    record Withdrawal(CreditEntry entry, int grant, long at, boolean atBeginning) {}

    private final List<Grant> grants;
    private final List<Withdrawal> withdrawals;
    private final long monthStart;

    CreditPlan(StatementInput input, long end) {
        monthStart = input.monthStart();
        List<Grant> all = new ArrayList<>();
        input.opening().grants().forEach(grant -> all.add(new Grant(extended(grant, input), null, monthStart)));
        for (CreditEntry entry : input.entries()) {
            if (entry.type() == CreditEntry.Type.GRANT && entry.effectiveAt() < end) {
                all.add(new Grant(GrantPosition.begin(entry), entry, Math.max(entry.effectiveAt(), monthStart)));
            }
        }
        grants = all.stream()
                .sorted(Comparator.comparing(Grant::position, GrantPosition.BURN_ORDER))
                .toList();
        withdrawals = plan(input, indexes(input), end);
    }

    /** In burn order. */
    List<Grant> grants() {
        return grants;
    }

    /** In the order in which those of one instant are applied: as they were effective, then booked. */
    List<Withdrawal> withdrawals() {
        return withdrawals;
    }

    /**
     * The number of a grant of the opening.
     *
     * @throws IllegalArgumentException when there is none: a correction names grants of closed months alone
     */
    int opened(String creditId) {
        for (int index = 0; index < grants.size(); index++) {
            if (grants.get(index).entry() == null
                    && grants.get(index).position().creditId().equals(creditId)) {
                return index;
            }
        }
        throw new IllegalArgumentException("no closed month has the grant " + creditId);
    }

    /** The withdrawal of that entry. */
    Withdrawal withdrawal(String entryId) {
        return withdrawals.stream()
                .filter(withdrawal -> withdrawal.entry().entryId().equals(entryId))
                .findFirst()
                .orElseThrow(() -> new UnusableCheckpointException("there is no withdrawal " + entryId));
    }

    /** The entry of that id, a grant's or a withdrawal's. */
    CreditEntry entry(String entryId) {
        return Stream.concat(
                        grants.stream().map(Grant::entry), withdrawals.stream().map(Withdrawal::entry))
                .filter(Objects::nonNull)
                .filter(entry -> entry.entryId().equals(entryId))
                .findFirst()
                .orElseThrow(() -> new UnusableCheckpointException("there is no entry " + entryId));
    }

    /** The grant with the latest lifetime that disputes give it. */
    private static GrantPosition extended(GrantPosition grant, StatementInput input) {
        return input.closedMonths().stream()
                .flatMap(closed -> closed.corrections().stream())
                .flatMap(correction -> correction.restored().stream())
                .filter(restored ->
                        restored.creditId().equals(grant.creditId()) && restored.expiresAt() > grant.expiresAt())
                .max(Comparator.comparingLong(Correction.Restored::expiresAt))
                .map(restored -> grant.expiring(restored.expiresAt()))
                .orElse(grant);
    }

    /** Whether the entry was effective in a month before this one. */
    boolean isBackdated(CreditEntry grant) {
        return grant.effectiveAt() < monthStart;
    }

    /** Whether the withdrawal, and its grant too, was effective in a month before this one. */
    boolean isBackdated(Withdrawal withdrawal) {
        return withdrawal.entry().effectiveAt() < monthStart
                && grants.get(withdrawal.grant()).position().effectiveAt() < monthStart;
    }

    private Map<String, Integer> indexes(StatementInput input) {
        Map<String, Integer> indexes = new HashMap<>();
        for (int index = 0; index < grants.size(); index++) {
            GrantPosition grant = grants.get(index).position();
            if (indexes.put(grant.creditId(), index) != null) {
                throw new ProblemException(
                        ProblemCode.DUPLICATE_ROW,
                        Place.NOWHERE,
                        "account " + input.accountId() + " has two grants of credit " + grant.creditId()
                                + ": openings.csv opens a credit that the credit feed granted");
            }
            if (!grant.currency().equals(input.currency())) {
                throw new ProblemException(
                        ProblemCode.BAD_VALUE,
                        Place.NOWHERE,
                        "account " + input.accountId() + " is in " + input.currency() + " but credit "
                                + grant.creditId() + " in " + grant.currency());
            }
        }
        return indexes;
    }

    private List<Withdrawal> plan(StatementInput input, Map<String, Integer> indexes, long end) {
        List<Withdrawal> planned = new ArrayList<>();
        for (CreditEntry entry : input.entries()) {
            Integer grant = indexes.get(entry.creditId());
            if (entry.type() == CreditEntry.Type.WITHDRAW && entry.effectiveAt() < end && grant != null) {
                Grant from = grants.get(grant);
                long at = Math.max(entry.effectiveAt(), monthStart);
                boolean atBeginning = from.entry() != null && at <= from.start();
                planned.add(new Withdrawal(entry, grant, Math.max(at, from.start()), atBeginning));
            }
        }
        planned.sort(Comparator.comparingLong(
                        (Withdrawal withdrawal) -> withdrawal.entry().effectiveAt())
                .thenComparingLong(withdrawal -> withdrawal.entry().bookedAt())
                .thenComparing(withdrawal -> withdrawal.entry().entryId(), TextOrder.UTF_8));
        return planned;
    }
}
