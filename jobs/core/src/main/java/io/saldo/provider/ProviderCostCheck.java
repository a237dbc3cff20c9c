package io.saldo.provider;

import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakSubject;
import io.saldo.reconcile.Finding;
import io.saldo.usage.Meter;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares our usage at the cost book's prices with the provider's bill, for each window and model.
 *
 * <ul>
 *   <li>Usage, refunds and corrections are compared. Credits, taxes, purchases and adjustments are no price of usage and
 *       are left aside.
 *   <li>Lines of a known model are compared with that model's usage, meter by meter where every line names its meter.
 *       A line of no known model is compared under its own name with nothing of ours. Where the bill has a line that
 *       names neither, the whole window is compared as one, under {@value #EVERYTHING}.
 *   <li>The gross difference decides: the sum of absolute differences over the meters.
 *   <li>What the cost book has no price for is a difference whatever the figures are.
 * </ul>
 */
public final class ProviderCostCheck {
    /** The model's place in a subject where the bill does not say what it charges. */
    public static final String EVERYTHING = "all models";

    private final String provider;
    private final String currency;
    private final UsageByWindow usage;
    private final Map<ProviderWindow, List<ProviderCharge>> charges = new TreeMap<>();
    private final List<UncountedUsage> uncounted;
    private final Set<List<String>> usageDiffers;
    private final Tolerance tolerance;
    private final LocalDate night;
    private final List<Finding> findings = new ArrayList<>();

    private ProviderCostCheck(
            String provider,
            String currency,
            List<ProviderCharge> charges,
            Collection<MeasuredUsage> usage,
            List<UncountedUsage> uncounted,
            Collection<Finding> usageFindings,
            Tolerance tolerance,
            LocalDate night) {
        this.provider = provider;
        this.currency = currency;
        this.usage = new UsageByWindow(provider, usage);
        this.uncounted = uncounted;
        this.usageDiffers = usageFindings.stream()
                .map(each -> List.of(each.subject(), each.period()))
                .collect(Collectors.toSet());
        this.tolerance = tolerance;
        this.night = night;
        charges.forEach(each -> this.charges
                .computeIfAbsent(each.window(), window -> new ArrayList<>())
                .add(each));
    }

    /**
     * A PROVIDER_COST_DIFFERS for each window and model that differ; ordered by subject and window.
     *
     * @param provider as we log it
     * @param currency of the cost book; empty where there is none, and then every line of the bill is a difference
     * @param windows what is compared tonight
     * @param charges of these windows, what holds after restatements
     * @param usage measured in these windows, rated with the cost book
     * @param uncounted what of this provider's usage was delivered to us and not taken
     * @param usageFindings tonight's differences of usage, of any provider: where usage differs, cost does too
     * @param night the business date
     */
    public static List<Finding> findings(
            String provider,
            String currency,
            Collection<ProviderWindow> windows,
            List<ProviderCharge> charges,
            Collection<MeasuredUsage> usage,
            List<UncountedUsage> uncounted,
            Collection<Finding> usageFindings,
            Tolerance tolerance,
            LocalDate night) {
        ProviderCostCheck check =
                new ProviderCostCheck(provider, currency, charges, usage, uncounted, usageFindings, tolerance, night);
        new TreeSet<>(windows).forEach(check::compare);
        check.findings.sort(Comparator.comparing(Finding::subject, TextOrder.UTF_8)
                .thenComparing(Finding::period, TextOrder.UTF_8));
        return check.findings;
    }

    private void compare(ProviderWindow window) {
        List<ProviderCharge> billed = charges.getOrDefault(window, List.of());
        List<ProviderCharge> compared =
                billed.stream().filter(each -> each.category().isCompared()).toList();
        List<MeasuredUsage> ours = usage.within(window);
        boolean asOne = compared.stream().anyMatch(each -> each.subject().isEmpty());
        Map<String, List<ProviderCharge>> bySubject = new TreeMap<>(TextOrder.UTF_8);
        compared.forEach(each -> bySubject
                .computeIfAbsent(asOne ? EVERYTHING : each.subject(), subject -> new ArrayList<>())
                .add(each));
        Map<String, List<MeasuredUsage>> byModel = new TreeMap<>(TextOrder.UTF_8);
        ours.forEach(each -> byModel.computeIfAbsent(asOne ? EVERYTHING : each.model(), model -> new ArrayList<>())
                .add(each));
        Set<String> subjects = new TreeSet<>(TextOrder.UTF_8);
        subjects.addAll(bySubject.keySet());
        subjects.addAll(byModel.keySet());
        for (String subject : subjects) {
            judge(
                    window,
                    subject,
                    bySubject.getOrDefault(subject, List.of()),
                    byModel.getOrDefault(subject, List.of()),
                    !billed.isEmpty());
        }
    }

    private void judge(
            ProviderWindow window,
            String subject,
            List<ProviderCharge> billed,
            List<MeasuredUsage> used,
            boolean windowBilled) {
        if (currency.isEmpty()) {
            if (!billed.isEmpty()) {
                findings.add(Finding.withoutFigures(
                        BreakCode.PROVIDER_COST_DIFFERS,
                        BreakSubject.of(provider, subject),
                        window.period(),
                        "",
                        "no cost book says what the provider takes; name one in cost-books of reconciliation.yml",
                        evidence(billed, used, Amount.ZERO),
                        night));
            }
            return;
        }
        List<String> others = billed.stream()
                .map(ProviderCharge::currency)
                .filter(each -> !each.equals(currency))
                .distinct()
                .sorted(TextOrder.UTF_8)
                .toList();
        if (!others.isEmpty()) {
            findings.add(Finding.withoutFigures(
                    BreakCode.PROVIDER_COST_DIFFERS,
                    BreakSubject.of(provider, subject),
                    window.period(),
                    "",
                    "billed in " + String.join(" and ", others) + ", and the cost book is in " + currency,
                    evidence(billed, used, Amount.ZERO),
                    night));
            return;
        }
        Amount expected = used.stream().map(MeasuredUsage::cost).reduce(Amount.ZERO, Amount::plus);
        Amount actual = billed.stream().map(ProviderCharge::amount).reduce(Amount.ZERO, Amount::plus);
        Amount gross = gross(billed, used, actual.minus(expected).absolute());
        boolean unpriced = used.stream().anyMatch(each -> each.unpriced().signum() != 0);
        if (!unpriced && tolerance.allows(gross, actual)) {
            return;
        }
        findings.add(Finding.withFigures(
                BreakCode.PROVIDER_COST_DIFFERS,
                BreakSubject.of(provider, subject),
                window.period(),
                "",
                expected,
                actual,
                currency,
                cause(window, subject, billed, used, expected, actual, windowBilled),
                evidence(billed, used, gross),
                night));
    }

    /** The sum of absolute differences over the meters, where every line names one; else the net one. */
    private static Amount gross(List<ProviderCharge> billed, List<MeasuredUsage> used, Amount net) {
        EnumMap<Meter, Amount> byMeter = new EnumMap<>(Meter.class);
        for (ProviderCharge each : billed) {
            Meter meter = each.meter();
            if (meter == null) {
                return net;
            }
            byMeter.merge(meter, each.amount(), Amount::plus);
        }
        if (byMeter.isEmpty()) {
            return net;
        }
        used.forEach(each -> byMeter.merge(each.meter(), each.cost().negated(), Amount::plus));
        return byMeter.values().stream().map(Amount::absolute).reduce(Amount.ZERO, Amount::plus);
    }

    private String cause(
            ProviderWindow window,
            String subject,
            List<ProviderCharge> billed,
            List<MeasuredUsage> used,
            Amount expected,
            Amount actual,
            boolean windowBilled) {
        List<MeasuredUsage> unpriced =
                used.stream().filter(each -> each.unpriced().signum() != 0).toList();
        if (!unpriced.isEmpty()) {
            return "the cost book has no price for "
                    + unpriced.stream()
                            .map(each -> each.model() + " " + each.serviceTier() + " "
                                    + each.meter().word() + " (" + each.unpriced() + ")")
                            .collect(Collectors.joining(", "));
        }
        if (!windowBilled) {
            return "the bill has nothing of this window";
        }
        if (billed.isEmpty()) {
            return "the bill has nothing of this model";
        }
        Optional<String> notTaken = notTaken(window, subject, actual.minus(expected));
        if (notTaken.isPresent()) {
            return notTaken.get();
        }
        if (used.isEmpty()) {
            return billed.get(0).model().isEmpty()
                    ? "no model has this line item as its name or alias"
                    : "we have no usage of this model in this window";
        }
        Amount given = billed.stream()
                .filter(each -> each.category() != ChargeCategory.USAGE)
                .map(ProviderCharge::amount)
                .reduce(Amount.ZERO, Amount::plus);
        if (!given.isZero() && given.equals(actual.minus(expected))) {
            return "refunds and corrections of the bill";
        }
        if (usageDiffers.contains(List.of(BreakSubject.of(provider, subject), window.period()))) {
            return "the provider counted other usage; see its PROVIDER_USAGE_DIFFERS";
        }
        if (actual.isZero()) {
            return "billed at zero";
        }
        return "unexplained";
    }

    /** Whether what was delivered to us and not taken would cost the difference: all of it, or exactly one of it. */
    private Optional<String> notTaken(ProviderWindow window, String subject, Amount difference) {
        List<UncountedUsage> candidates = uncounted.stream()
                .filter(each -> each.isIn(window)
                        && (subject.equals(EVERYTHING) || each.model().equals(subject)))
                .toList();
        return UncountedUsage.cause(candidates, some -> {
            Amount cost = Amount.ZERO;
            for (UncountedUsage each : some) {
                Amount ofOne = each.cost();
                if (ofOne == null) {
                    return false;
                }
                cost = cost.plus(ofOne);
            }
            return cost.equals(difference);
        });
    }

    private String evidence(List<ProviderCharge> billed, List<MeasuredUsage> used, Amount gross) {
        List<String> parts = new ArrayList<>();
        boolean hasBook = !currency.isEmpty();
        if (hasBook) {
            parts.add("gross " + gross + " " + currency);
        }
        for (MeasuredUsage each : used) {
            if (each.quantity().signum() != 0) {
                parts.add("here " + each.model() + " "
                        + (each.serviceTier().equals("standard") ? "" : each.serviceTier() + " ")
                        + each.meter().word() + ": " + each.quantity()
                        + (hasBook ? " for " + each.cost() : ""));
            }
        }
        Map<String, Billed> byLine = new TreeMap<>(TextOrder.UTF_8);
        for (ProviderCharge each : billed) {
            String name = (each.lineItem().isEmpty() ? each.subject() : each.lineItem())
                    + (each.category() == ChargeCategory.USAGE
                            ? ""
                            : " (" + each.category().word() + ")");
            byLine.merge(name, Billed.of(each), Billed::plus);
        }
        byLine.forEach((name, sum) -> parts.add("billed " + (name.isEmpty() ? "without a name" : name) + ": "
                + (sum.quantity.isZero() ? "" : sum.quantity + " for ") + sum.amount));
        parts.add(ProviderUsageCheck.places(
                billed.stream().map(ProviderCharge::place).toList()));
        return String.join("; ", parts);
    }

    /** What the lines of one name charge together. */
    private record Billed(Amount quantity, Amount amount) {
        static Billed of(ProviderCharge charge) {
            Amount quantity = charge.quantity();
            return new Billed(quantity == null ? Amount.ZERO : quantity, charge.amount());
        }

        Billed plus(Billed other) {
            return new Billed(quantity.plus(other.quantity), amount.plus(other.amount));
        }
    }
}
