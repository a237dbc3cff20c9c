package io.saldo.app.intake;

import io.saldo.app.config.Accounts;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.intake.FeedRecord.Rejection;
import io.saldo.app.run.Run;
import io.saldo.app.store.FeedStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.money.Amount;
import io.saldo.problem.ProblemCode;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Grants and withdrawals of credit. */
final class CreditFeed implements Feed {
    private static final Set<String> ENTRIES = Set.of("grant", "withdraw");

    private final FeedStore feeds;
    private final FeedConflicts conflicts;

    CreditFeed(FeedStore feeds) {
        this.feeds = feeds;
        conflicts = new FeedConflicts(feeds);
    }

    @Override
    public String instant() {
        return "booked_at";
    }

    @Override
    public FeedOutcome take(Run run, FeedRecord record, Configuration configuration) {
        Accounts accounts = configuration.accounts();
        String entryId = record.required("entry_id");
        String creditId = record.required("credit_id");
        String accountId = record.required("account_id");
        String word = record.required("entry");
        if (!ENTRIES.contains(word)) {
            throw new Rejection(ProblemCode.BAD_ENTRY, "entry is \"" + word + "\": it is grant or withdraw");
        }
        CreditEntry.Type type = CreditEntry.Type.of(word);
        CreditKind kind = CreditKind.ADJUSTMENT;
        if (type == CreditEntry.Type.GRANT) {
            try {
                kind = CreditKind.of(record.required("kind"));
            } catch (IllegalArgumentException unknown) {
                throw new Rejection(
                        ProblemCode.BAD_ENTRY,
                        "kind is \"" + record.text("kind") + "\": it is purchase, promo or adjustment");
            }
        }
        Amount amount = record.text("amount").isEmpty() ? null : record.amount("amount");
        if (amount == null ? type == CreditEntry.Type.GRANT : amount.signum() <= 0) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY, "amount is \"" + record.text("amount") + "\": it must be greater than 0");
        }
        Amount tax = record.text("tax_amount").isEmpty() ? Amount.ZERO : record.amount("tax_amount");
        if (tax.signum() < 0) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    "tax_amount is \"" + record.text("tax_amount") + "\": it must not be negative");
        }
        long bookedAt = record.instant("booked_at");
        if (bookedAt >= run.asOf()) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY, "booked_at is \"" + record.text("booked_at") + "\": it is after this night");
        }
        long effectiveAt = record.text("effective_at").isEmpty() ? bookedAt : record.instant("effective_at");
        long expiresAt = record.text("expires_at").isEmpty() ? Instants.MAX : record.instant("expires_at");
        if (expiresAt <= effectiveAt) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    "expires_at is \"" + record.text("expires_at") + "\": it must be after effective_at");
        }
        int priority = record.text("priority").isEmpty() ? 50 : record.number("priority", 0, 100);
        if (!accounts.ids().contains(accountId)) {
            return new FeedOutcome.Held(accountId);
        }
        Currency currency = currency(accounts, accountId);
        if (!record.required("currency").equals(currency.getCurrencyCode())) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    "currency is \"" + record.text("currency") + "\": the account's is " + currency.getCurrencyCode());
        }
        CreditEntry entry = new CreditEntry(
                accountId,
                entryId,
                type,
                creditId,
                kind,
                amount,
                tax,
                currency,
                bookedAt,
                effectiveAt,
                expiresAt,
                priority,
                record.text("payment_reference"),
                record.text("payment_method"),
                record.text("purchase_invoice"),
                record.text("reason"),
                record.text("scope_provider"),
                record.text("scope_model"));
        String content = new Identity().contentId(List.of(entry.toString()));
        Optional<String> known = feeds.entryContent(accountId, entryId);
        if (known.isPresent() && known.get().equals(content)) {
            return FeedOutcome.DUPLICATE;
        }
        Opening golive = configuration.openings().get(accountId);
        boolean opened = golive != null && golive.has(creditId);
        if (opened && type == CreditEntry.Type.GRANT) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    "credit_id is \"" + creditId + "\": openings.csv has this credit of " + accountId
                            + " already, with what was left of it; leave its grant out of the feed");
        }
        boolean hasGrant = opened || feeds.hasGrant(accountId, creditId);
        if (known.isPresent() || (type == CreditEntry.Type.GRANT && hasGrant)) {
            return conflicts.enter(
                    run,
                    record,
                    "entry " + entryId + " of " + accountId,
                    feeds.originOfEntry(accountId, entryId, creditId));
        }
        if (type == CreditEntry.Type.WITHDRAW && !hasGrant) {
            return new FeedOutcome.Held(creditId);
        }
        feeds.addEntry(run.id(), record.deliveryId(), record.line(), entry, content);
        return FeedOutcome.ACCEPTED;
    }

    private static Currency currency(Accounts accounts, String accountId) {
        if (accounts.rows(accountId).isEmpty()) {
            throw new Rejection(ProblemCode.BAD_ENTRY, "account_id is \"" + accountId + "\": its rows have problems");
        }
        return accounts.rows(accountId).get(0).currency();
    }
}
