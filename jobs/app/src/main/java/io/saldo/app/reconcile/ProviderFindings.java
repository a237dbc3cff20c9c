package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.ReconciliationSettings;
import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ProviderStore;
import io.saldo.app.store.ProviderStore.Kind;
import io.saldo.lake.usage.AccountEventsCursor;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.provider.MeasuredUsage;
import io.saldo.provider.ProviderCostCheck;
import io.saldo.provider.ProviderUsageCheck;
import io.saldo.provider.ProviderWindow;
import io.saldo.provider.UncountedUsage;
import io.saldo.provider.UsageMeasure;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Compares what providers counted and billed with our usage, in the providers' own windows.
 *
 * <p>Compared are windows that are over and about which something is new: the provider said something, usage of their time was
 * delivered, or a break of theirs stands. What nothing is new about keeps its breaks. A break of a gap that is cut otherwise by
 * now, or filled, gives way to what is told of the windows in its place.
 */
@Component
public class ProviderFindings {
    private final ProviderStore provider;
    private final DeliveryStore deliveries;
    private final LakeStore lake;
    private final BreakStore breaks;
    private final UncountedUsages uncountedUsages;

    /** Over the books. */
    public ProviderFindings(
            ProviderStore provider,
            DeliveryStore deliveries,
            LakeStore lake,
            BreakStore breaks,
            UncountedUsages uncountedUsages) {
        this.provider = provider;
        this.deliveries = deliveries;
        this.lake = lake;
        this.breaks = breaks;
        this.uncountedUsages = uncountedUsages;
    }

    /**
     * What was compared.
     *
     * @param compared code, provider and period of each comparison, and of the standing breaks that others took the place of
     */
    public record Outcome(List<Finding> findings, Set<List<String>> compared) {
        /** Whether the break was looked at, so that its absence means something. */
        boolean isJudged(BreakCase each) {
            return !isOfProvider(each.code())
                    || compared.contains(List.of(each.code().name(), providerOf(each), each.period()));
        }
    }

    private static String providerOf(BreakCase each) {
        return each.subject().split(" \\+ ", 2)[0];
    }

    private static boolean isOfProvider(BreakCode code) {
        return code == BreakCode.PROVIDER_USAGE_DIFFERS || code == BreakCode.PROVIDER_COST_DIFFERS;
    }

    /** Tonight's differences. */
    public Outcome of(Run run, Home home, Configuration configuration) throws IOException {
        Set<List<String>> compared = new HashSet<>();
        Map<String, SortedSet<ProviderWindow>> counted = tonight(run, configuration, Kind.BUCKET, compared);
        Map<String, SortedSet<ProviderWindow>> billed = tonight(run, configuration, Kind.CHARGE, compared);
        if (counted.isEmpty() && billed.isEmpty()) {
            return new Outcome(List.of(), compared);
        }
        ReconciliationSettings settings = configuration.reconciliation();
        List<MeasuredUsage> usage = measure(home, configuration, counted, billed);
        Map<String, ProviderWindow> ranges = new TreeMap<>();
        List.of(counted, billed)
                .forEach(each ->
                        each.forEach((name, windows) -> ranges.merge(name, range(windows), ProviderFindings::around)));
        Map<String, List<UncountedUsage>> uncounted = uncountedUsages.in(ranges, home, configuration);
        List<Finding> findings = new ArrayList<>();
        counted.forEach((name, windows) -> {
            findings.addAll(ProviderUsageCheck.findings(
                    name,
                    windows,
                    provider.buckets(name, range(windows)),
                    usage,
                    uncounted.getOrDefault(name, List.of()),
                    settings.providerUsageTolerance(),
                    run.businessDate()));
            windows.forEach(
                    window -> compared.add(List.of(BreakCode.PROVIDER_USAGE_DIFFERS.name(), name, window.period())));
        });
        List<Finding> usageFindings = List.copyOf(findings);
        billed.forEach((name, windows) -> {
            findings.addAll(ProviderCostCheck.findings(
                    name,
                    configuration
                            .priceBooks()
                            .currency(settings.costBooks().getOrDefault(name, ""))
                            .map(Currency::getCurrencyCode)
                            .orElse(""),
                    windows,
                    provider.charges(name, range(windows)),
                    usage,
                    uncounted.getOrDefault(name, List.of()),
                    usageFindings,
                    settings.providerCostTolerance(),
                    run.businessDate()));
            windows.forEach(
                    window -> compared.add(List.of(BreakCode.PROVIDER_COST_DIFFERS.name(), name, window.period())));
        });
        return new Outcome(findings, compared);
    }

    private static ProviderWindow range(SortedSet<ProviderWindow> windows) {
        return new ProviderWindow(
                windows.first().from(),
                windows.stream().mapToLong(ProviderWindow::to).max().getAsLong());
    }

    private static ProviderWindow around(ProviderWindow one, ProviderWindow other) {
        return new ProviderWindow(Math.min(one.from(), other.from()), Math.max(one.to(), other.to()));
    }

    /**
     * The windows to compare by provider; of a provider about which nothing is new, none.
     *
     * @param replaced gets the standing breaks in whose place there are other windows by now
     */
    private Map<String, SortedSet<ProviderWindow>> tonight(
            Run run, Configuration configuration, Kind kind, Set<List<String>> replaced) {
        Map<String, SortedSet<ProviderWindow>> brought = provider.windowsOfRun(kind, run.id());
        List<ProviderWindow> days = daysOfUsage(run, configuration.settings().billingZone());
        BreakCode code = kind == Kind.BUCKET ? BreakCode.PROVIDER_USAGE_DIFFERS : BreakCode.PROVIDER_COST_DIFFERS;
        List<BreakCase> unresolved = breaks.select(new BreakStore.Selection(true, code, null, null));
        Set<String> standing = unresolved.stream().map(BreakCase::period).collect(Collectors.toSet());
        Map<String, SortedSet<ProviderWindow>> tonight = new TreeMap<>();
        provider.windows(kind).forEach((name, windows) -> {
            SortedSet<ProviderWindow> ofRun = brought.getOrDefault(name, new TreeSet<>());
            TreeSet<ProviderWindow> chosen = new TreeSet<>();
            List<ProviderWindow> over = ProviderWindow.withGaps(windows).stream()
                    .filter(window -> window.to() <= run.asOf())
                    .toList();
            for (ProviderWindow window : over) {
                boolean isGap = !windows.contains(window);
                if (ofRun.contains(window)
                        || (isGap && !ofRun.isEmpty())
                        || standing.contains(window.period())
                        || days.stream().anyMatch(day -> window.overlaps(day.from(), day.to()))) {
                    chosen.add(window);
                }
            }
            Set<String> periods = over.stream().map(ProviderWindow::period).collect(Collectors.toSet());
            unresolved.stream()
                    .filter(each -> providerOf(each).equals(name)
                            && !periods.contains(each.period())
                            && ProviderWindow.ofPeriod(each.period()).isCoveredBy(over))
                    .forEach(each -> replaced.add(List.of(code.name(), name, each.period())));
            if (!chosen.isEmpty()) {
                tonight.put(name, chosen);
            }
        });
        return tonight;
    }

    private List<ProviderWindow> daysOfUsage(Run run, BillingZone zone) {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            if (Source.Profile.of(delivery.profile()).isUsage()) {
                deliveries.days(delivery.id()).forEach(day -> days.add(day.date()));
            }
        }
        return days.stream()
                .map(day -> new ProviderWindow(zone.startOf(day), zone.endOf(day)))
                .toList();
    }

    private List<MeasuredUsage> measure(
            Home home,
            Configuration configuration,
            Map<String, SortedSet<ProviderWindow>> counted,
            Map<String, SortedSet<ProviderWindow>> billed)
            throws IOException {
        Map<String, Collection<ProviderWindow>> windows = new TreeMap<>();
        List.of(counted, billed)
                .forEach(each -> each.forEach((name, ofProvider) ->
                        windows.computeIfAbsent(name, absent -> new TreeSet<>()).addAll(ofProvider)));
        UsageMeasure measure =
                new UsageMeasure(windows, configuration.reconciliation().costBooks(), configuration.priceBooks());
        TreeMap<String, List<String>> paths = new TreeMap<>();
        for (UsageSegment segment : lake.segments()) {
            // A window that stands from long ago must not have everything since then read.
            if (windows.values().stream()
                    .flatMap(Collection::stream)
                    .anyMatch(window ->
                            window.overlaps(segment.minOccurredAtMicros(), segment.maxOccurredAtMicros() + 1))) {
                paths.computeIfAbsent(segment.shard() + " " + segment.month(), absent -> new ArrayList<>())
                        .add(segment.path());
            }
        }
        AccountEventsReader reader = new AccountEventsReader(home.lake(), configuration.contextTiers());
        for (List<String> ofShardAndMonth : paths.values()) {
            try (AccountEventsCursor accounts = reader.readAll(ofShardAndMonth)) {
                while (accounts.next()) {
                    measure.add(accounts.events());
                }
            }
        }
        return measure.usage();
    }
}
