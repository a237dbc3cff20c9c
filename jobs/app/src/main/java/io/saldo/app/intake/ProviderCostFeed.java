package io.saldo.app.intake;

import io.saldo.app.config.Configuration;
import io.saldo.app.intake.FeedRecord.Rejection;
import io.saldo.app.run.Run;
import io.saldo.app.store.ProviderStore;
import io.saldo.money.Amount;
import io.saldo.problem.ProblemCode;
import io.saldo.provider.ChargeCategory;
import io.saldo.provider.LineItem;
import io.saldo.provider.ProviderCharge;
import io.saldo.usage.Meter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What providers billed. */
final class ProviderCostFeed implements Feed {
    private final ProviderStore store;

    ProviderCostFeed(ProviderStore store) {
        this.store = store;
    }

    @Override
    public String instant() {
        return "window_start";
    }

    @Override
    public FeedOutcome take(Run run, FeedRecord record, Configuration configuration) {
        ProviderWindows.Subject subject = ProviderWindows.subject(record);
        ChargeCategory category = category(record);
        String lineItem = record.text("line_item");
        Optional<LineItem> named = LineItem.of(lineItem);
        String model =
                record.text("model").isEmpty() ? named.map(LineItem::model).orElse("") : record.text("model");
        boolean isNothing = category == ChargeCategory.NOTHING;
        store.addCharge(
                run.id(),
                record.deliveryId(),
                record.line(),
                subject.provider(),
                new ProviderCharge(
                        subject.window(),
                        category,
                        lineItem,
                        model.isEmpty() ? "" : configuration.priceBooks().model(subject.provider(), model),
                        meter(record, named),
                        record.text("quantity").isEmpty() ? null : record.figure("quantity"),
                        isNothing ? Amount.ZERO : record.figure("amount"),
                        isNothing ? "" : record.currency("currency"),
                        ""));
        return FeedOutcome.ACCEPTED;
    }

    // An export may have a row for a window in which nothing was charged.
    private static ChargeCategory category(FeedRecord record) {
        String word = record.text("category");
        if (word.isEmpty()) {
            return record.text("amount").isEmpty() && record.text("line_item").isEmpty()
                    ? ChargeCategory.NOTHING
                    : ChargeCategory.USAGE;
        }
        try {
            return ChargeCategory.of(word);
        } catch (IllegalArgumentException unknown) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    "category is \"" + word + "\": it is usage, refund, correction, credit, tax, purchase, adjustment"
                            + " or nothing");
        }
    }

    private static @Nullable Meter meter(FeedRecord record, Optional<LineItem> named) {
        String word = record.text("meter");
        if (word.isEmpty()) {
            return named.map(LineItem::meter).orElse(null);
        }
        return LineItem.meter(word)
                .orElseThrow(() -> new Rejection(
                        ProblemCode.BAD_ENTRY, "meter is \"" + word + "\": it names no meter; leave it empty"));
    }
}
