package io.saldo.provider;

import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakSubject;
import io.saldo.reconcile.Finding;
import io.saldo.usage.Meter;
import io.saldo.usage.TextOrder;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares our tokens with the provider's, for each window and model.
 *
 * <ul>
 *   <li>Only meters that the provider states are compared; a part that it does not state is inside its input or output,
 *       and so it is inside ours then.
 *   <li>The gross difference decides: the sum of absolute differences over the meters. Requests are told and decide
 *       nothing.
 *   <li>A model without a bucket was not counted by the provider, and one without usage not by us.
 *   <li>A cause is one that explains every meter exactly. Where none does, or several different ones do, the difference
 *       is unexplained.
 * </ul>
 */
public final class ProviderUsageCheck {
    /** How many places evidence names; the rest is counted. */
    private static final int PLACES_MAX = 5;

    private static final long MULTIPLE_MAX = 10;

    private final String provider;
    private final Tolerance tolerance;
    private final LocalDate night;
    private final UsageByWindow usage;
    private final Map<ProviderWindow, List<ProviderBucket>> buckets = new TreeMap<>();
    private final List<UncountedUsage> uncounted;
    private final List<Difference> differences = new ArrayList<>();

    private ProviderUsageCheck(
            String provider,
            List<ProviderBucket> buckets,
            Collection<MeasuredUsage> usage,
            List<UncountedUsage> uncounted,
            Tolerance tolerance,
            LocalDate night) {
        this.provider = provider;
        this.usage = new UsageByWindow(provider, usage);
        this.uncounted = uncounted;
        this.tolerance = tolerance;
        this.night = night;
        buckets.forEach(each -> this.buckets
                .computeIfAbsent(each.window(), window -> new ArrayList<>())
                .add(each));
    }

    /** What one window and model come to. */
    private record Difference(
            ProviderWindow window,
            String model,
            TokenCounts ours,
            TokenCounts notBillable,
            TokenCounts theirs,
            Set<Meter> stated,
            List<ProviderBucket> buckets) {
        TokenCounts counts() {
            return theirs.minus(ours);
        }
    }

    /**
     * A PROVIDER_USAGE_DIFFERS for each window and model that differ; ordered by model and window.
     *
     * @param provider as we log it
     * @param windows what is compared tonight
     * @param buckets of these windows, what holds after restatements
     * @param usage measured in these windows
     * @param uncounted what was delivered to us and not taken
     * @param night the business date
     */
    public static List<Finding> findings(
            String provider,
            Collection<ProviderWindow> windows,
            List<ProviderBucket> buckets,
            Collection<MeasuredUsage> usage,
            List<UncountedUsage> uncounted,
            Tolerance tolerance,
            LocalDate night) {
        ProviderUsageCheck check = new ProviderUsageCheck(provider, buckets, usage, uncounted, tolerance, night);
        new TreeSet<>(windows).forEach(check::compare);
        List<Finding> findings = new ArrayList<>();
        for (Difference difference : check.differences) {
            if (check.isBreak(difference)) {
                findings.add(check.finding(difference));
            }
        }
        findings.sort(Comparator.comparing(Finding::subject, TextOrder.UTF_8)
                .thenComparing(Finding::period, TextOrder.UTF_8));
        return findings;
    }

    private void compare(ProviderWindow window) {
        List<ProviderBucket> ofWindow = buckets.getOrDefault(window, List.of());
        Map<String, List<ProviderBucket>> theirs = new TreeMap<>(TextOrder.UTF_8);
        ofWindow.forEach(bucket -> theirs.computeIfAbsent(bucket.model(), model -> new ArrayList<>())
                .add(bucket));
        Map<String, TokenCounts> ours = new TreeMap<>(TextOrder.UTF_8);
        Map<String, TokenCounts> notBillable = new TreeMap<>(TextOrder.UTF_8);
        for (MeasuredUsage each : usage.within(window)) {
            ours.computeIfAbsent(each.model(), model -> new TokenCounts()).add(each.meter(), each.quantity());
            notBillable
                    .computeIfAbsent(each.model(), model -> new TokenCounts())
                    .add(each.meter(), each.notBillable());
        }
        Set<String> models = new TreeSet<>(TextOrder.UTF_8);
        models.addAll(theirs.keySet());
        models.addAll(ours.keySet());
        for (String model : models) {
            List<ProviderBucket> ofModel = theirs.getOrDefault(model, List.of());
            Set<Meter> stated = stated(ofModel.isEmpty() ? ofWindow : ofModel);
            TokenCounts counted = new TokenCounts();
            ofModel.forEach(bucket -> counted.addAll(bucket.quantities()));
            differences.add(new Difference(
                    window,
                    model,
                    ours.getOrDefault(model, new TokenCounts()).folded(stated),
                    notBillable.getOrDefault(model, new TokenCounts()).folded(stated),
                    counted.folded(stated),
                    stated,
                    ofModel));
        }
    }

    private static Set<Meter> stated(List<ProviderBucket> buckets) {
        if (buckets.isEmpty()) {
            return EnumSet.allOf(Meter.class);
        }
        EnumSet<Meter> stated = EnumSet.noneOf(Meter.class);
        buckets.forEach(bucket -> stated.addAll(bucket.quantities().keySet()));
        return stated;
    }

    private boolean isBreak(Difference difference) {
        return !tolerance.allows(
                amount(difference.counts().gross()), amount(difference.theirs().total()));
    }

    private Finding finding(Difference difference) {
        return Finding.withFigures(
                BreakCode.PROVIDER_USAGE_DIFFERS,
                BreakSubject.of(provider, difference.model()),
                difference.window().period(),
                "",
                amount(difference.ours().total()),
                amount(difference.theirs().total()),
                "",
                cause(difference),
                evidence(difference),
                night);
    }

    private String cause(Difference difference) {
        if (!buckets.containsKey(difference.window())) {
            return "the provider has no figures of this window";
        }
        List<String> causes = new ArrayList<>();
        multiple(difference).ifPresent(causes::add);
        if (difference.buckets().isEmpty()) {
            causes.add("the provider counted nothing of this model");
        } else if (difference.ours().gross().signum() == 0
                && difference.notBillable().gross().signum() == 0) {
            notTaken(difference)
                    .ifPresentOrElse(causes::add, () -> causes.add("we have no usage of this model in this window"));
            return String.join("; ", causes);
        }
        if (difference.notBillable().gross().signum() != 0
                && difference.counts().equalsCompared(difference.notBillable())) {
            causes.add("the provider counted usage that is not billable here: "
                    + difference.notBillable().of(Meter.REQUEST) + " requests");
        }
        notTaken(difference).ifPresent(causes::add);
        shifted(difference).ifPresent(causes::add);
        if (causes.isEmpty()
                && difference.counts().inputs().signum() == 0
                && difference.counts().outputs().signum() == 0) {
            causes.add("input and output agree in total and are split otherwise: "
                    + difference.counts().signed());
        }
        return switch (causes.size()) {
            case 0 -> "unexplained";
            case 1 -> causes.get(0);
            default -> "unexplained; each of these would do: " + String.join("; ", causes);
        };
    }

    /** Whether one side is a whole multiple of the other in every meter. */
    private static Optional<String> multiple(Difference difference) {
        if (difference.ours().gross().signum() == 0
                || difference.theirs().gross().signum() == 0) {
            return Optional.empty();
        }
        for (long factor = 2; factor <= MULTIPLE_MAX; factor++) {
            if (difference.theirs().equalsCompared(difference.ours().times(factor))) {
                return Optional.of("the provider counted everything " + factor + " times");
            }
            if (difference.ours().equalsCompared(difference.theirs().times(factor))) {
                return Optional.of("we took everything " + factor + " times, under ids of their own");
            }
        }
        return Optional.empty();
    }

    /** Whether what was delivered to us and not taken is the difference: all of it, or exactly one of it. */
    private Optional<String> notTaken(Difference difference) {
        List<UncountedUsage> candidates = uncounted.stream()
                .filter(each -> each.model().equals(difference.model()) && each.isIn(difference.window()))
                .toList();
        return UncountedUsage.cause(candidates, some -> {
            TokenCounts counts = new TokenCounts();
            some.forEach(each -> counts.addAll(each.quantities()));
            return difference.counts().equalsCompared(counts.folded(difference.stated()));
        });
    }

    /** Whether a window beside this one has exactly the opposite difference. */
    private Optional<String> shifted(Difference difference) {
        List<Difference> opposite = differences.stream()
                .filter(other -> other.model().equals(difference.model())
                        && (other.window().from() == difference.window().to()
                                || other.window().to() == difference.window().from())
                        && other.counts().plus(difference.counts()).gross().signum() == 0
                        && other.counts().gross().signum() != 0)
                .toList();
        return opposite.size() == 1
                ? Optional.of("the provider has the same tokens in another window: "
                        + opposite.get(0).window().period())
                : Optional.empty();
    }

    private static String evidence(Difference difference) {
        List<String> parts = new ArrayList<>();
        parts.add("gross " + difference.counts().gross());
        for (Meter meter : Meter.values()) {
            BigInteger ours = difference.ours().of(meter);
            BigInteger theirs = difference.theirs().of(meter);
            if (ours.signum() != 0 || theirs.signum() != 0) {
                parts.add(meter.word() + ": " + ours + " here, " + theirs + " at the provider");
            }
        }
        if (difference.notBillable().gross().signum() != 0) {
            parts.add("not billable here: " + difference.notBillable().signed());
        }
        parts.add(
                places(difference.buckets().stream().map(ProviderBucket::place).toList()));
        return String.join("; ", parts);
    }

    /** The first of the places where figures were delivered, and how many there are. */
    static String places(List<String> places) {
        if (places.isEmpty()) {
            return "no figures delivered";
        }
        String first = String.join(", ", places.stream().limit(PLACES_MAX).toList());
        return "delivered by " + first
                + (places.size() > PLACES_MAX ? " and " + (places.size() - PLACES_MAX) + " more" : "");
    }

    private static Amount amount(BigInteger quantity) {
        return Amount.of(1).times(quantity);
    }
}
