package io.saldo.statement;

import java.util.ArrayList;
import java.util.List;

/** Open debt, oldest first, scaled. Neighbours of one scope are kept as one: they would be settled one after another. */
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
    private long total;

    void add(int scope, long since, long amount) {
        total = Math.addExact(total, amount);
        Open last = debts.isEmpty() ? null : debts.get(debts.size() - 1);
        if (last != null && last.scope == scope) {
            last.amount = Math.addExact(last.amount, amount);
        } else {
            debts.add(new Open(scope, since, amount));
        }
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
    }

    /** Takes over what was saved, as the only debt. */
    void restore(CheckpointReader in, ScopeTable scopes) {
        for (int size = in.count(); size > 0; size--) {
            debts.add(new Open(scopes.known(ScopeTable.Scope.read(in)), in.number(), in.amount()));
            total = Math.addExact(total, debts.get(debts.size() - 1).amount);
        }
    }
}
