package io.saldo.pricing;

import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds everything that would make a price wrong or ambiguous, and the books that it holds up. */
final class PriceBookCheck {
    private final Map<String, PriceBook> books = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();

    PriceBookCheck(Collection<PriceBook> books, Collection<PriceRow> rows, Collection<ModelAlias> aliases) {
        for (PriceBook book : books) {
            PriceBook first = this.books.putIfAbsent(book.name(), book);
            if (first != null) {
                report(
                        ProblemCode.DUPLICATE_ROW,
                        book.place(),
                        "price book " + book.name() + " is also defined at " + first.place(),
                        book.name());
            }
        }
        books.forEach(this::checkExtension);
        rows.forEach(this::checkRow);
        checkSets(rows);
        checkAmbiguity(rows);
        checkAliases(aliases);
        Collections.sort(problems);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    SortedSet<String> heldUp() {
        SortedSet<String> held = new TreeSet<>(broken);
        for (PriceBook book : books.values()) {
            Set<String> seen = new HashSet<>();
            for (PriceBook link = book; link != null && seen.add(link.name()); link = books.get(link.extendsBook())) {
                if (broken.contains(link.name())) {
                    held.add(book.name());
                }
            }
        }
        return Collections.unmodifiableSortedSet(held);
    }

    private void checkExtension(PriceBook book) {
        if (book.name().isEmpty()) {
            report(ProblemCode.BAD_VALUE, book.place(), "a price book without a name", book.name());
        }
        if (book.extendsBook().isEmpty()) {
            return;
        }
        PriceBook extended = books.get(book.extendsBook());
        if (extended == null) {
            report(
                    ProblemCode.UNKNOWN_REFERENCE,
                    book.place(),
                    "price book " + book.name() + " extends " + book.extendsBook() + ", which is not defined",
                    book.name());
            return;
        }
        if (!extended.currency().equals(book.currency())) {
            report(
                    ProblemCode.BAD_VALUE,
                    book.place(),
                    "price book " + book.name() + " is in " + book.currency() + " but extends " + extended.name()
                            + " in " + extended.currency(),
                    book.name());
        }
        Set<String> seen = new HashSet<>();
        for (PriceBook link = book; link != null && seen.add(link.name()); link = books.get(link.extendsBook())) {
            if (link.extendsBook().equals(book.name())) {
                report(
                        ProblemCode.BAD_VALUE,
                        book.place(),
                        "price book " + book.name() + " extends itself, through " + link.name(),
                        book.name());
            }
        }
    }

    private void checkRow(PriceRow row) {
        if (!books.containsKey(row.priceBook())) {
            report(
                    ProblemCode.UNKNOWN_REFERENCE,
                    row.place(),
                    "price book " + row.priceBook() + " is not defined",
                    row.priceBook());
        }
        if (row.perUnits() != 1 && row.perUnits() != 1_000 && row.perUnits() != 1_000_000) {
            badValue(row, "per_units is " + row.perUnits() + ": it is 1, 1000 or 1000000");
        }
        if (row.unitPrice().signum() < 0) {
            badValue(row, "unit_price is " + row.unitPrice() + ": a price is never negative");
        }
        if (row.effectiveTo() <= row.effectiveFrom()) {
            badValue(row, "effective_to is not after effective_from");
        }
        if (row.contextOver() < 0) {
            badValue(row, "context_over is " + row.contextOver() + ": it is a whole number from 0 on");
        }
        checkTier(row, row.tier());
    }

    private void checkTier(PriceRow row, PriceTier tier) {
        String mode = tier.mode().word();
        boolean tiered = tier.mode() == TierMode.GRADUATED || tier.mode() == TierMode.VOLUME;
        if (tier.upTo() < 1) {
            badValue(row, "tier_up_to is " + tier.upTo() + ": the first unit of a month is 1");
        } else if (!tiered && !tier.isOpen()) {
            badValue(row, "tier_up_to is " + tier.upTo() + ": a " + mode + " price has one tier, which is open");
        }
        if (tier.flatFee().signum() < 0) {
            badValue(row, "tier_flat_fee is " + tier.flatFee() + ": a fee is never negative");
        } else if (!tiered && tier.flatFee().signum() > 0) {
            badValue(row, "tier_flat_fee is " + tier.flatFee() + ": a " + mode + " price has none");
        }
        if (tier.mode() != TierMode.PACKAGE) {
            if (tier.packageSize() != 0) {
                badValue(row, "package_size is " + tier.packageSize() + ": a " + mode + " price has none");
            }
        } else {
            if (tier.packageSize() < 1) {
                badValue(row, "package_size is " + tier.packageSize() + ": a package has at least 1 unit");
            }
            if (row.perUnits() != 1) {
                badValue(row, "per_units is " + row.perUnits() + ": a package is priced for its package_size units");
            }
        }
    }

    private void checkSets(Collection<PriceRow> rows) {
        Map<RowSet.Key, List<PriceRow>> sets = new LinkedHashMap<>();
        for (PriceRow row : rows) {
            sets.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
        }
        for (List<PriceRow> set : sets.values()) {
            set.sort(Comparator.comparing(PriceRow::place));
            if (isOneMode(set)) {
                checkTiers(set);
            }
        }
    }

    private boolean isOneMode(List<PriceRow> set) {
        PriceRow first = set.get(0);
        boolean one = true;
        for (PriceRow row : set.subList(1, set.size())) {
            if (row.tier().mode() != first.tier().mode()) {
                one = false;
                report(
                        ProblemCode.AMBIGUOUS_PRICE,
                        row.place(),
                        "tier_mode is " + row.tier().mode().word() + ", but "
                                + first.tier().mode().word() + " at " + first.place()
                                + ": the rows of one price have one mode",
                        row.priceBook());
            }
        }
        return one;
    }

    private void checkTiers(List<PriceRow> set) {
        Map<Long, PriceRow> ends = new HashMap<>();
        for (PriceRow row : set) {
            PriceRow other = ends.putIfAbsent(row.tier().upTo(), row);
            if (other != null) {
                overlap(row, other);
            }
        }
        if (!ends.containsKey(PriceTier.OPEN)) {
            PriceRow last = new RowSet(set).tiers().get(set.size() - 1);
            badValue(
                    last,
                    "tier_up_to is " + last.tier().upTo() + " in the last tier of "
                            + last.meter().word() + " for "
                            + last.provider() + " " + last.model() + " (" + last.serviceTier()
                            + "): leave it empty there, or what is beyond has no price");
        }
    }

    private void overlap(PriceRow row, PriceRow other) {
        report(
                ProblemCode.AMBIGUOUS_PRICE,
                row.place(),
                "this price of " + row.meter().word() + " for " + row.provider() + " " + row.model() + " ("
                        + row.serviceTier() + ")"
                        + (row.tier().isOpen() ? "" : " up to " + row.tier().upTo()) + " overlaps the one at "
                        + other.place(),
                row.priceBook());
    }

    private void checkAmbiguity(Collection<PriceRow> rows) {
        Map<Rival, List<PriceRow>> rivals = new HashMap<>();
        for (PriceRow row : rows) {
            rivals.computeIfAbsent(Rival.of(row), key -> new ArrayList<>()).add(row);
        }
        for (List<PriceRow> group : rivals.values()) {
            group.sort(Comparator.comparingLong(PriceRow::effectiveFrom).thenComparing(PriceRow::place));
            PriceRow longest = group.get(0);
            for (PriceRow row : group.subList(1, group.size())) {
                boolean sameSet = row.key().equals(longest.key());
                if (row.effectiveFrom() < longest.effectiveTo() && !sameSet) {
                    overlap(row, longest);
                }
                longest = row.effectiveTo() > longest.effectiveTo() ? row : longest;
            }
        }
    }

    private void checkAliases(Collection<ModelAlias> aliases) {
        Map<List<String>, ModelAlias> known = new HashMap<>();
        for (ModelAlias alias : aliases) {
            ModelAlias first = known.putIfAbsent(List.of(alias.provider(), alias.alias()), alias);
            if (first != null) {
                String effect = first.model().equals(alias.model())
                        ? ""
                        : "Until then usage of " + alias.alias() + " at " + alias.provider() + " is unpriced.";
                problems.add(new Problem(
                        ProblemCode.DUPLICATE_ROW,
                        alias.place(),
                        "alias " + alias.alias() + " of " + alias.provider() + " is also at " + first.place(),
                        effect));
            }
        }
    }

    private void badValue(PriceRow row, String what) {
        report(ProblemCode.BAD_VALUE, row.place(), what, row.priceBook());
    }

    private void report(ProblemCode code, Place place, String what, String book) {
        broken.add(book);
        problems.add(new Problem(
                code, place, what, "Until then price book " + book + " and the accounts that use it are held up."));
    }

    /** Rows of one key could both win wherever their ranges overlap. */
    private record Rival(List<Object> key) {
        static Rival of(PriceRow row) {
            return new Rival(List.of(
                    row.priceBook(), row.provider(), row.model(), row.serviceTier(), row.meter(), row.contextOver()));
        }
    }
}
