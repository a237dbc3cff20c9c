package io.saldo.app.reconcile;

import io.saldo.app.intake.UntakenEntries;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceFact.Kind;
import io.saldo.time.Instants;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Facts of an account's credit: what expired, what was booked, what was delivered and could not be taken, and what was paid
 * without an entry.
 */
@Component
final class CreditFacts {
    private final StatementStore statements;
    private final FeedStore feeds;

    /** Over the books. */
    CreditFacts(StatementStore statements, FeedStore feeds) {
        this.statements = statements;
        this.feeds = feeds;
    }

    /**
     * Adds those of one account to its changes.
     *
     * @param payments the account's
     * @param untaken the account's entries that were rejected or are held
     */
    void add(AccountChanges account, List<FeedStore.Payment> payments, List<UntakenEntries.Entry> untaken) {
        String accountId = account.accountId();
        Map<String, GrantPosition> positions = new HashMap<>();
        for (String month : statements.months(accountId)) {
            statements.latest(accountId, month).ifPresent(revision -> revision.facts()
                    .closing()
                    .grants()
                    .forEach(grant -> positions.put(grant.creditId(), grant)));
        }
        List<CreditEntry> entries = feeds.entries(accountId);
        for (ChangeFacts each : account.changes()) {
            positions.values().forEach(grant -> expiry(grant, each));
            for (CreditEntry entry : entries) {
                if (each.change().holds(entry.effectiveAt())) {
                    entry(entry, entries, positions, each);
                }
            }
            untaken.forEach(entry -> untaken(entry, each));
            payments(payments, entries, each);
        }
    }

    /**
     * Credit that expires here within the change, and there did not; or that was there before it and expires here after it,
     * and there within it. Of that its rest is known as it is now, or was when it expired: it fits where nothing of it was
     * spent since.
     */
    private static void expiry(GrantPosition grant, ChangeFacts facts) {
        BalanceChange change = facts.change();
        String credit = "credit " + grant.creditId();
        if (change.holds(grant.expiresAt())) {
            if (!grant.expired().isZero()) {
                facts.add(
                        Kind.EXPIRED_CREDIT,
                        grant.expiresAt(),
                        credit,
                        grant.expired(),
                        credit + " expired with " + grant.expired());
            }
            return;
        }
        Amount rest = grant.expired().isZero() ? grant.remaining() : grant.expired();
        if (!rest.isZero()
                && grant.expiresAt() != Instants.MAX
                && grant.expiresAt() >= change.to()
                && grant.effectiveAt() < change.from()) {
            facts.add(
                    Kind.EXPIRED_EARLY,
                    change.to() - 1,
                    credit,
                    rest.negated(),
                    credit + " with " + rest + ", expired there before " + Instants.format(grant.expiresAt()));
        }
    }

    private static void untaken(UntakenEntries.Entry entry, ChangeFacts facts) {
        if (!facts.change().holds(entry.effectiveAt())) {
            return;
        }
        boolean held = entry.code().isEmpty();
        boolean grant = entry.type() == CreditEntry.Type.GRANT;
        facts.add(
                held ? Kind.ENTRY_HELD : Kind.ENTRY_REJECTED,
                entry.effectiveAt(),
                "untaken entry " + entry.place(),
                grant ? entry.amount() : entry.amount().negated(),
                (held ? "held" : "rejected") + " entry " + (entry.entryId().isEmpty() ? "" : entry.entryId() + " ")
                        + "at " + entry.place() + ", " + entry.type().word() + " of " + entry.amount()
                        + (held ? "" : " (" + entry.code() + ")"));
    }

    private static void entry(
            CreditEntry entry, List<CreditEntry> entries, Map<String, GrantPosition> positions, ChangeFacts facts) {
        Amount amount = entry.amount();
        if (entry.type() == CreditEntry.Type.WITHDRAW) {
            amount = withdrawn(entry, entries, positions);
        }
        if (amount == null) {
            return;
        }
        Amount effect = entry.type() == CreditEntry.Type.GRANT ? amount : amount.negated();
        String subject = "entry " + entry.entryId();
        String what = subject + ", " + entry.type().word() + " of " + amount + " for credit " + entry.creditId() + ", ";
        facts.add(Kind.ENTRY_MISSING, entry.effectiveAt(), subject, effect.negated(), what + "not booked there");
        facts.add(Kind.ENTRY_DOUBLED, entry.effectiveAt(), subject, effect, what + "booked twice there");
    }

    /** What a withdrawal took: what its grant lost, where it is the only one of it, or what it asked for. */
    private static @Nullable Amount withdrawn(
            CreditEntry entry, List<CreditEntry> entries, Map<String, GrantPosition> positions) {
        GrantPosition grant = positions.get(entry.creditId());
        long ofGrant = entries.stream()
                .filter(each -> each.type() == CreditEntry.Type.WITHDRAW
                        && each.creditId().equals(entry.creditId()))
                .count();
        return grant != null && ofGrant == 1 ? grant.withdrawn() : entry.amount();
    }

    /** Captured payments that no grant names: the live system may have booked the credit. */
    private static void payments(List<FeedStore.Payment> payments, List<CreditEntry> entries, ChangeFacts facts) {
        Set<String> named = new HashSet<>();
        entries.forEach(entry -> named.add(entry.paymentReference()));
        for (FeedStore.Payment payment : payments) {
            if (payment.status().equals("captured")
                    && payment.currency().equals(facts.currency().getCurrencyCode())
                    && facts.change().holds(payment.createdAt())
                    && !named.contains(payment.reference())
                    && !named.contains(payment.paymentId())) {
                facts.add(
                        Kind.ENTRY_UNKNOWN,
                        payment.createdAt(),
                        "payment " + payment.paymentId(),
                        payment.amount(),
                        "payment " + payment.paymentId() + " of " + payment.amount()
                                + ", booked there without an entry here");
            }
        }
    }
}
