package io.saldo.app.intake;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.DeliveryStore.Refusal;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.ProviderStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.source.Malformation;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Takes deliveries that are not usage into the books: every record ends in exactly one place. */
@Component
public class FeedIntake {
    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final OutcomeStore outcomes;
    private final FeedStore feeds;
    private final LakeStore lake;
    private final Feed credits;
    private final Feed balances;
    private final Feed payments;
    private final Feed providerUsage;
    private final Feed providerCost;

    /** Over the books. */
    public FeedIntake(
            DeliveryStore deliveries,
            UntakenStore untaken,
            OutcomeStore outcomes,
            FeedStore feeds,
            ProviderStore provider,
            LakeStore lake) {
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.outcomes = outcomes;
        this.feeds = feeds;
        this.lake = lake;
        credits = new CreditFeed(feeds);
        balances = new BalanceFeed(feeds);
        payments = new PaymentFeed(feeds);
        providerUsage = new ProviderUsageFeed(provider);
        providerCost = new ProviderCostFeed(provider);
    }

    /** Takes what the run registered, then what waits for an account or grant. */
    public void take(Run run, Home home, Configuration configuration) throws IOException {
        try (RejectedEntries rejects = new RejectedEntries(home.lake(), run)) {
            for (Delivery delivery : deliveries.ofRun(run.id())) {
                Source source = configuration.sources().get(delivery.source());
                if (source != null
                        && !source.profile().isUsage()
                        && deliveries.refusal(delivery.id()).isEmpty()
                        && Files.exists(home.lake().resolve(delivery.archivePath()))) {
                    take(run, home, delivery, source, configuration, rejects);
                }
            }
            takeHeld(run, configuration, rejects);
            rejects.commit(lake, untaken);
        }
    }

    private void take(
            Run run, Home home, Delivery delivery, Source source, Configuration configuration, RejectedEntries rejects)
            throws IOException {
        Path file = home.lake().resolve(delivery.archivePath());
        Path work = home.work(run.id());
        Optional<Refusal> refusal;
        try {
            long records = FeedReader.count(file, source, work);
            DeliveryCounts size = new DeliveryCounts(records, records, 0, 0, 0, 0, 0, BigInteger.ZERO, BigInteger.ZERO);
            refusal = deliveries
                    .control(delivery.id())
                    .flatMap(control -> ControlFiles.refusalOfRecords(control.figures(), size));
        } catch (ProblemException unreadable) {
            Problem problem = unreadable.problems().get(0);
            refusal = Optional.of(Refusal.of(problem.code(), problem.what()));
        }
        if (refusal.isPresent()) {
            deliveries.refuse(delivery.id(), run.id(), refusal.get());
            return;
        }
        FeedTally tally = new FeedTally();
        TreeMap<LocalDate, Long> days = new TreeMap<>();
        try (FeedReader reader = new FeedReader(file, source, work)) {
            while (reader.next()) {
                Malformation malformed = reader.malformation();
                Map<String, String> fields = reader.fields();
                FeedOutcome outcome = malformed != null
                        ? new FeedOutcome.Rejected(malformed.code(), malformed.message())
                        : reader.hasNul()
                                ? new FeedOutcome.Rejected(ProblemCode.MALFORMED, "the record has a NUL character")
                                : take(
                                        run,
                                        new FeedRecord(delivery.id(), reader.line(), fields, source),
                                        configuration);
                tally.count(outcome, Place.line(delivery.place(), reader.line()));
                if (outcome instanceof FeedOutcome.Rejected rejected) {
                    rejects.add(delivery.id(), reader, rejected.code(), rejected.what());
                } else {
                    dayOf(fields, source, configuration).ifPresent(day -> days.merge(day, 1L, Long::sum));
                }
                if (outcome instanceof FeedOutcome.Held held) {
                    feeds.hold(run.id(), reader.held(delivery.id(), held.subject(), fields));
                }
            }
        }
        outcomes.add(delivery.id(), run.id(), tally.counts());
        days.forEach((day, records) -> deliveries.addDay(delivery.id(), new DeliveryStore.Day(day, records)));
        addRejections(run, delivery.id(), tally);
    }

    /** The day that a record is of: a balance at midnight is of the day that ends. */
    private Optional<LocalDate> dayOf(Map<String, String> fields, Source source, Configuration configuration) {
        String column = feed(source).instant();
        OptionalLong at = source.timestamp().parse(fields.getOrDefault(column, ""));
        long before = source.profile().feed() == Source.Feed.BALANCES ? 1 : 0;
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(configuration.settings().billingZone().dateOf(at.getAsLong() - before));
    }

    private void addRejections(Run run, long deliveryId, FeedTally tally) {
        tally.rejections.forEach((code, first) -> untaken.addRejection(
                new UntakenStore.Rejection(deliveryId, run.id(), code, first.records, first.line, first.message)));
    }

    /** A withdrawal may lie before its grant in one file, so what waits is tried again until nothing more moves. */
    private void takeHeld(Run run, Configuration configuration, RejectedEntries rejects) throws IOException {
        Map<Long, FeedTally> tallies = new TreeMap<>();
        boolean moved = true;
        while (moved) {
            moved = false;
            for (FeedStore.WaitingEntry held : feeds.waiting()) {
                Source source = configuration
                        .sources()
                        .get(deliveries.get(held.deliveryId()).source());
                if (source == null) {
                    continue;
                }
                FeedOutcome outcome =
                        take(run, new FeedRecord(held.deliveryId(), held.line(), held.fields(), source), configuration);
                if (outcome instanceof FeedOutcome.Held) {
                    continue;
                }
                moved = true;
                feeds.release(held.deliveryId(), held.line(), run.id());
                if (outcome instanceof FeedOutcome.Rejected rejected) {
                    rejects.add(feeds.held(held.deliveryId(), held.line()), rejected.code(), rejected.what());
                }
                tallies.computeIfAbsent(held.deliveryId(), id -> new FeedTally())
                        .count(
                                outcome,
                                Place.line(deliveries.get(held.deliveryId()).place(), held.line()));
            }
        }
        tallies.forEach((deliveryId, tally) -> {
            outcomes.moveHeld(deliveryId, run.id(), tally.counts());
            addRejections(run, deliveryId, tally);
        });
    }

    private FeedOutcome take(Run run, FeedRecord record, Configuration configuration) {
        try {
            return feed(record.source()).take(run, record, configuration);
        } catch (FeedRecord.Rejection rejection) {
            return rejection.outcome();
        }
    }

    private Feed feed(Source source) {
        return switch (source.profile().feed()) {
            case CREDITS -> credits;
            case BALANCES -> balances;
            case PAYMENTS -> payments;
            case PROVIDER_USAGE -> providerUsage;
            case PROVIDER_COST -> providerCost;
        };
    }
}
