package io.saldo.statement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Open debt, oldest first, scaled. What of a day is open when the day ends is one debt for each scope, as old as the oldest
 * usage in it: so what an account owes is as long as its days and models are many, and not as its events are.
 */
final class DebtQueue {
    /** A debt that shrinks as it is settled. */
    static final class Open {
        final int scope;
        final long since;
        long amount;

        private Open(int scope, long since, long amount) {
            this.scope = scope;
            this.since = since;
            this.amount = amount;
        }
    }

    private final List<Open> debts = new ArrayList<>();
    // Where those begin that arose today.
    private int today;
    private long total;

    /** Takes over what was open before; from the oldest on. */
    void open(int scope, long since, long amount) {
        total = Math.addExact(total, amount);
        debts.add(new Open(scope, since, amount));
        today = debts.size();
    }

    /** What was used today without credit. */
    void add(int scope, long since, long amount) {
        total = Math.addExact(total, amount);
        Open last = debts.size() == today ? null : debts.get(debts.size() - 1);
        if (last != null && last.scope == scope) {
            last.amount = Math.addExact(last.amount, amount);
        } else {
            debts.add(new Open(scope, since, amount));
        }
    }

    void endDay() {
        if (debts.size() == today) {
            return;
        }
        List<Open> ofToday = debts.subList(today, debts.size());
        Map<Integer, Open> byScope = new LinkedHashMap<>();
        for (Open debt : ofToday) {
            Open first = byScope.putIfAbsent(debt.scope, debt);
            if (first != null) {
                first.amount = Math.addExact(first.amount, debt.amount);
            }
        }
        ofToday.clear();
        for (Open debt : byScope.values()) {
            // Neighbours of one scope would be settled one after another anyway.
            Open last = debts.isEmpty() ? null : debts.get(debts.size() - 1);
            if (last != null && last.scope == debt.scope) {
                last.amount = Math.addExact(last.amount, debt.amount);
            } else {
                debts.add(debt);
            }
        }
        today = debts.size();
    }

    /** Pays each debt, oldest first, from the grants named, in their order. */
    long settle(GrantLedger grants, List<Integer> paying, long at) {
        long settled = 0;
        for (Open debt : debts) {
            for (int grant : paying) {
                if (debt.amount > 0 && grants.fits(grant, debt.scope)) {
                    long part = grants.draw(grant, debt.amount, at, true);
                    debt.amount -= part;
                    settled += part;
                }
            }
        }
        today -= (int) debts.subList(0, today).stream()
                .filter(debt -> debt.amount == 0)
                .count();
        debts.removeIf(debt -> debt.amount == 0);
        total -= settled;
        return settled;
    }

    long total() {
        return total;
    }

    List<Open> open() {
        return debts;
    }

    void save(CheckpointWriter out, ScopeTable scopes) {
        out.number(debts.size());
        for (Open debt : debts) {
            scopes.at(debt.scope).save(out);
            out.number(debt.since);
            out.number(debt.amount);
        }
        out.number(today);
    }

    /** Takes over what was saved, as the only debt. */
    void restore(CheckpointReader in, ScopeTable scopes) {
        for (int size = in.count(); size > 0; size--) {
            open(scopes.known(ScopeTable.Scope.read(in)), in.number(), in.amount());
        }
        today = in.count();
    }
}
