package io.saldo.app.intake;

import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;
import io.saldo.app.store.FeedStore;
import io.saldo.money.Amount;

/** Rows of payment processors. */
final class PaymentFeed implements Feed {
    private final FeedStore feeds;

    PaymentFeed(FeedStore feeds) {
        this.feeds = feeds;
    }

    @Override
    public String instant() {
        return "created_at";
    }

    @Override
    public FeedOutcome take(Run run, FeedRecord record, Configuration configuration) {
        String currency = record.currency("currency");
        FeedStore.Payment payment = new FeedStore.Payment(
                record.deliveryId(),
                record.line(),
                record.required("payment_id"),
                record.text("processor"),
                record.text("method"),
                record.text("account_id"),
                record.text("reference"),
                record.required("status"),
                record.money("amount", currency),
                record.text("fee").isEmpty() ? Amount.ZERO : record.money("fee", currency),
                currency,
                record.instant("created_at"),
                record.text("settled_at").isEmpty() ? null : record.instant("settled_at"),
                record.text("decline_code"),
                record.text("parent_payment_id"));
        if (feeds.hasPayment(payment)) {
            return FeedOutcome.DUPLICATE;
        }
        feeds.addPayment(run.id(), payment);
        return FeedOutcome.ACCEPTED;
    }
}
