package io.saldo.invoice;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an invoice charges, by category and rate: each is taxed as a whole and rounded once, as EN 16931 has one breakdown
 * for each.
 */
final class TaxGroups {
    private final Money zero;
    private final Map<Key, Group> groups = new LinkedHashMap<>();

    private record Key(String category, Amount ratePercent) {}

    private static final class Group {
        Money net;
        final List<String> texts = new ArrayList<>();
        final List<YearMonth> usageMonths = new ArrayList<>();
        final Map<Allowance.Kind, Money> allowances = new EnumMap<>(Allowance.Kind.class);

        Group(Money zero) {
            net = zero;
        }
    }

    TaxGroups(Money zero) {
        this.zero = zero;
    }

    /**
     * Adds the usage of a month that has lines.
     *
     * @param charged its lines
     * @param allowances what is taken off them, zero where nothing is
     */
    void add(TaxTreatment treatment, YearMonth usageMonth, Money charged, Map<Allowance.Kind, Money> allowances) {
        Group group = groups.computeIfAbsent(
                new Key(treatment.category(), treatment.ratePercent()), absent -> new Group(zero));
        if (!treatment.text().isEmpty() && !group.texts.contains(treatment.text())) {
            group.texts.add(treatment.text());
        }
        group.usageMonths.add(usageMonth);
        group.net = group.net.plus(charged);
        allowances.forEach((kind, amount) -> {
            group.allowances.merge(kind, amount, Money::plus);
            group.net = group.net.minus(amount);
        });
    }

    /** The taxes, in the order in which their months were added. */
    List<TaxLine> taxes() {
        boolean several = groups.size() > 1;
        List<TaxLine> taxes = new ArrayList<>();
        groups.forEach((key, group) -> taxes.add(new TaxLine(
                key.category(),
                key.ratePercent(),
                group.net,
                Rounding.tax(group.net, key.ratePercent()),
                group.texts.stream().collect(Collectors.joining(" ")),
                several ? group.usageMonths.stream().sorted().toList() : List.of())));
        return taxes;
    }

    /** The allowances by kind, without those of nothing. */
    List<Allowance> allowances(List<String> purchaseInvoices) {
        List<Allowance> allowances = new ArrayList<>();
        for (Allowance.Kind kind : Allowance.Kind.values()) {
            List<Money> byTax = groups.values().stream()
                    .map(group -> group.allowances.getOrDefault(kind, zero))
                    .toList();
            Money amount = sum(byTax.stream());
            if (!amount.isZero()) {
                allowances.add(new Allowance(
                        kind,
                        amount,
                        kind == Allowance.Kind.CREDIT_PURCHASE ? purchaseInvoices : List.of(),
                        groups.size() > 1 ? byTax : List.of()));
            }
        }
        return allowances;
    }

    private Money sum(Stream<Money> parts) {
        return parts.reduce(zero, Money::plus);
    }
}
