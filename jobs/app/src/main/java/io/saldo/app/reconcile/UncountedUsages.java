package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.DeliveredSources;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.intake.UntakenUsage;
import io.saldo.lake.source.SourceFormat;
import io.saldo.money.Amount;
import io.saldo.provider.MeasuredUsage;
import io.saldo.provider.ProviderWindow;
import io.saldo.provider.UncountedUsage;
import io.saldo.provider.UsageMeasure;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Usage in the windows of providers that was rejected or is held, as far as it says when it was and what was used. A rejected
 * record that was delivered again stays one: it explains nothing, unless by chance.
 */
@Component
final class UncountedUsages {
    /** Of more, nothing is said: a part of them would explain nothing. */
    private static final int OF_A_PROVIDER_MAX = 10_000;

    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final RunStore runs;

    /** Over the books. */
    UncountedUsages(DeliveryStore deliveries, UntakenStore untaken, RunStore runs) {
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.runs = runs;
    }

    /** By provider, what lies in these windows, rated with its cost book. */
    Map<String, List<UncountedUsage>> in(Map<String, ProviderWindow> windows, Home home, Configuration configuration)
            throws IOException {
        Map<String, List<UncountedUsage>> byProvider = new TreeMap<>();
        windows.keySet().forEach(provider -> byProvider.put(provider, new ArrayList<>()));
        long from =
                windows.values().stream().mapToLong(ProviderWindow::from).min().orElseThrow();
        // A night takes what is up to an hour after it.
        LocalDate firstNight =
                configuration.settings().billingZone().dateOf(from).minusDays(1);
        DeliveredSources delivered = new DeliveredSources(runs);
        for (UntakenStore.UntakenFile file : untaken.filesSince(firstNight)) {
            Delivery delivery = deliveries.get(file.deliveryId());
            Source source = file.held()
                    ? delivered.of(delivery)
                    : configuration.sources().get(delivery.source());
            SourceFormat format = source == null ? null : source.usage();
            if (format == null || !Source.Profile.of(delivery.profile()).isUsage()) {
                continue;
            }
            try (UntakenUsage records = new UntakenUsage(home.lake().resolve(file.path()), format)) {
                while (records.next()) {
                    ProviderWindow window = windows.get(records.provider());
                    if (window != null && window.overlaps(records.occurredAt(), records.occurredAt() + 1)) {
                        List<UncountedUsage> ofProvider = byProvider.get(records.provider());
                        if (ofProvider != null && ofProvider.size() <= OF_A_PROVIDER_MAX) {
                            ofProvider.add(uncounted(records, window, file.held(), delivery, configuration));
                        }
                    }
                }
            }
        }
        byProvider.replaceAll((provider, uncounted) -> uncounted.size() > OF_A_PROVIDER_MAX ? List.of() : uncounted);
        return byProvider;
    }

    private static UncountedUsage uncounted(
            UntakenUsage record, ProviderWindow window, boolean held, Delivery delivery, Configuration configuration) {
        long[][] quantities = new long[Meter.COUNT][1];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter][0] = record.quantities()[meter];
        }
        UsageMeasure measure = new UsageMeasure(
                Map.of(record.provider(), List.of(window)),
                configuration.reconciliation().costBooks(),
                configuration.priceBooks());
        measure.add(new AccountEvents(
                1,
                new long[] {record.occurredAt()},
                new int[1],
                List.of(new AccountEvents.Product(record.provider(), record.model(), record.serviceTier())),
                new boolean[] {true},
                quantities,
                new long[1],
                new long[] {record.line()}));
        List<MeasuredUsage> usage = measure.usage();
        Map<Meter, BigInteger> byMeter = new EnumMap<>(Meter.class);
        usage.forEach(each -> byMeter.put(each.meter(), each.quantity()));
        boolean priced = usage.stream().allMatch(each -> each.unpriced().signum() == 0);
        return new UncountedUsage(
                record.occurredAt(),
                configuration.priceBooks().model(record.provider(), record.model()),
                byMeter,
                priced ? usage.stream().map(MeasuredUsage::cost).reduce(Amount.ZERO, Amount::plus) : null,
                (held ? "held: " : "rejected " + record.code() + ": ") + delivery.place() + ":" + record.line());
    }
}
