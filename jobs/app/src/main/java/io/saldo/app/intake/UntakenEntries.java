package io.saldo.app.intake;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.credit.CreditEntry;
import io.saldo.lake.source.HeldLog;
import io.saldo.lake.source.RawLog;
import io.saldo.money.Amount;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Credit entries that were rejected or are held, as far as they say whose they are, what they do and how much: another system
 * may have booked them.
 */
@Component
public final class UntakenEntries {
    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final FeedStore feeds;

    /**
     * Such an entry.
     *
     * @param entryId as delivered; may be empty
     * @param creditId as delivered; may be empty
     * @param amount greater than 0
     * @param effectiveAt in microseconds; the end of the night that brought it where it says none, or a later one
     * @param place of the record in its delivery
     * @param code the problem for which it was rejected; empty where it is held
     */
    public record Entry(
            String accountId,
            String entryId,
            String creditId,
            CreditEntry.Type type,
            Amount amount,
            long effectiveAt,
            String place,
            String code) {}

    /** Over the books. */
    public UntakenEntries(DeliveryStore deliveries, UntakenStore untaken, FeedStore feeds) {
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.feeds = feeds;
    }

    /**
     * Those of nights from a date on, by account. An entry that was taken meanwhile, as it was delivered again, is none of
     * them.
     */
    public Map<String, List<Entry>> since(Home home, Configuration configuration, LocalDate first) throws IOException {
        List<Entry> found = new ArrayList<>();
        for (UntakenStore.UntakenFile file : untaken.filesSince(first)) {
            Delivery delivery = deliveries.get(file.deliveryId());
            Source source = configuration.sources().get(delivery.source());
            if (source != null && isCredits(source)) {
                rejected(home, configuration, file, delivery, source, found);
            }
        }
        for (FeedStore.WaitingEntry held : feeds.waiting()) {
            Delivery delivery = deliveries.get(held.deliveryId());
            Source source = configuration.sources().get(delivery.source());
            if (source != null && isCredits(source) && !delivery.night().isBefore(first)) {
                FeedRecord record = new FeedRecord(delivery.id(), held.line(), held.fields(), source);
                entry(record, delivery, "", configuration).ifPresent(found::add);
            }
        }
        Map<String, List<Entry>> byAccount = new HashMap<>();
        for (Entry each : found) {
            if (each.entryId().isEmpty()
                    || feeds.entryContent(each.accountId(), each.entryId()).isEmpty()) {
                byAccount
                        .computeIfAbsent(each.accountId(), account -> new ArrayList<>())
                        .add(each);
            }
        }
        return byAccount;
    }

    private static boolean isCredits(Source source) {
        return source.feed() != null && source.profile().feed() == Source.Feed.CREDITS;
    }

    private static void rejected(
            Home home,
            Configuration configuration,
            UntakenStore.UntakenFile file,
            Delivery delivery,
            Source source,
            List<Entry> found)
            throws IOException {
        List<String> columns = source.profile().feed().columns();
        try (HeldLog log = RawLog.openHeld(
                home.lake().resolve(file.path()), Objects.requireNonNull(source.feed()), delivery.id())) {
            while (log.nextReadable()) {
                Map<String, String> fields = new HashMap<>();
                for (int column = 0; column < columns.size(); column++) {
                    fields.put(columns.get(column), log.text(column));
                }
                FeedRecord record = new FeedRecord(delivery.id(), log.line(), fields, source);
                entry(record, delivery, log.code(), configuration).ifPresent(found::add);
            }
        }
    }

    /** Empty where the record says too little. */
    private static Optional<Entry> entry(
            FeedRecord record, Delivery delivery, String code, Configuration configuration) {
        long endOfNight = configuration.settings().billingZone().endOf(delivery.night()) - 1;
        String at = record.fields().getOrDefault("effective_at", "");
        if (at.isEmpty()) {
            at = record.fields().getOrDefault("booked_at", "");
        }
        try {
            String accountId = record.required("account_id");
            CreditEntry.Type type = CreditEntry.Type.of(record.required("entry"));
            Amount amount = record.amount("amount");
            return amount.signum() <= 0
                    ? Optional.empty()
                    : Optional.of(new Entry(
                            accountId,
                            record.text("entry_id"),
                            record.text("credit_id"),
                            type,
                            amount,
                            Math.min(record.source().timestamp().parse(at).orElse(endOfNight), endOfNight),
                            delivery.place() + ":" + record.line(),
                            code));
        } catch (FeedRecord.Rejection | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
