package io.saldo.dispute;

import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Correction;
import io.saldo.statement.StatementLine;
import io.saldo.time.Instants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an approved difference moves in the account's oldest open month. */
public final class Corrections {
    private Corrections() {}

    /**
     * Until when credit pays that comes back after it expired.
     *
     * @param decidedAt the end of the day of the decision, in microseconds
     * @param to in microseconds
     */
    public record Extension(long decidedAt, long to) {
        /** Without one: what expired stays expired. */
        public static final Extension NONE = new Extension(Instants.MIN, Instants.MIN);

        private boolean meets(long expiresAt) {
            return expiresAt <= decidedAt;
        }
    }

    /**
     * Where an account stands when its oldest open month begins.
     *
     * @param grants every grant, with what disputes approved before move
     * @param monthStart in microseconds
     */
    public record Position(List<GrantPosition> grants, long monthStart) {
        /** Keeps the list unchangeable. */
        public Position {
            grants = List.copyOf(grants);
        }

        /** By credit id, what a grant can still pay. What has expired by then pays nothing. */
        public Map<String, Amount> usable() {
            Map<String, Amount> usable = new HashMap<>();
            grants.forEach(grant ->
                    usable.put(grant.creditId(), grant.expiresAt() <= monthStart ? Amount.ZERO : grant.remaining()));
            return usable;
        }

        /** The position after another correction. */
        public Position after(Correction correction) {
            Map<String, GrantPosition> moved = new LinkedHashMap<>();
            grants.forEach(grant -> moved.put(grant.creditId(), grant));
            for (Correction.Restored each : correction.restored()) {
                moved.computeIfPresent(each.creditId(), (id, grant) -> restored(grant, each));
            }
            for (Correction.Drawn each : correction.drawn()) {
                moved.computeIfPresent(
                        each.creditId(),
                        (id, grant) -> grant.moved(each.amount(), Amount.ZERO, Amount.ZERO, Amount.ZERO));
            }
            return new Position(List.copyOf(moved.values()), monthStart);
        }

        private GrantPosition restored(GrantPosition grant, Correction.Restored more) {
            GrantPosition restored = grant.restored(more.amount()).expiring(more.expiresAt());
            return restored.expiresAt() > monthStart
                    ? restored
                    : restored.moved(Amount.ZERO, restored.remaining(), Amount.ZERO, Amount.ZERO);
        }
    }

    /**
     * The movements: by grant, what it paid too much comes back to it, and what it should have paid is drawn.
     *
     * @param extension how long credit lives that expired before the decision
     * @throws ProblemException {@code WRONG_STATE} where a grant has less left than it should pay, where debt that was carried
     *     would change, or where credit should be extended that expired within the open month: what else expired of it would
     *     come back too
     */
    public static Correction of(long dispute, UsageBill difference, Position position, Extension extension) {
        Amount carried = difference.sum(StatementLine::carried);
        if (!carried.isZero()) {
            throw refused("the difference changes what was carried as debt by " + carried
                    + ", which no open month can take over: put it right with an adjustment in the credit feed, and"
                    + " discard the dispute");
        }
        Map<String, GrantPosition> grants = new HashMap<>();
        position.grants().forEach(grant -> grants.put(grant.creditId(), grant));
        List<Correction.Restored> restored = new ArrayList<>();
        List<Correction.Drawn> drawn = new ArrayList<>();
        difference.drawnByCredit().forEach((creditId, more) -> {
            GrantPosition grant = grants.get(creditId);
            if (grant == null) {
                throw refused("there is no credit " + creditId);
            }
            if (more.signum() < 0) {
                boolean expired = grant.expiresAt() <= position.monthStart();
                if (!expired && extension.meets(grant.expiresAt())) {
                    throw refused(
                            "credit " + creditId + " expired within the open month, and with what comes back everything"
                                    + " else that expired of it would be extended: close the month first, and approve then; or approve"
                                    + " without --extend-days");
                }
                restored.add(new Correction.Restored(
                        creditId,
                        more.negated(),
                        expired ? Math.max(grant.expiresAt(), extension.to()) : grant.expiresAt()));
            } else if (more.signum() > 0) {
                Amount usable = position.usable().getOrDefault(creditId, Amount.ZERO);
                if (more.compareTo(usable) > 0) {
                    throw refused("credit " + creditId + " has " + usable + " left and should pay " + more
                            + ": usage or another dispute took it since. Run the dispute again");
                }
                addDrawn(drawn, difference, creditId, more);
            }
        });
        return new Correction(dispute, restored, drawn);
    }

    /** Of the days on which a grant pays more, the first ones until the whole is reached: other days pay less. */
    private static void addDrawn(List<Correction.Drawn> drawn, UsageBill difference, String creditId, Amount whole) {
        Amount left = whole;
        for (UsageBill.Draw draw : difference.draws()) {
            if (draw.creditId().equals(creditId) && draw.amount().signum() > 0 && left.signum() > 0) {
                Amount part = left.min(draw.amount());
                drawn.add(new Correction.Drawn(creditId, draw.usageDate(), part));
                left = left.minus(part);
            }
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.WRONG_STATE, Place.NOWHERE, why);
    }
}
