package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.time.Instants;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds prices of a closed month that are others now than those by which it was rated.
 *
 * <p>Of a row only what it says within the month counts: a row that is ended after the month, because a new one begins, is
 * not changed. A book that is held up now is told by its own problem.
 */
public final class PriceChangeCheck {
    private PriceChangeCheck() {}

    /**
     * A PRICE_CHANGED_AFTER_USE for each row that was changed, taken away or put in; ordered by subject.
     *
     * @param before by which accounts of the month were closed
     * @param now tonight's
     * @param from first instant of the month, in microseconds
     * @param to first instant after it
     * @param month {@code YYYY-MM}
     * @param night the business date
     */
    public static List<Finding> findings(
            PriceBooks before, PriceBooks now, long from, long to, String month, LocalDate night) {
        Map<String, PriceRow> old = within(before, from, to);
        Map<String, PriceRow> current = within(now, from, to);
        TreeSet<String> subjects = new TreeSet<>(TextOrder.UTF_8);
        subjects.addAll(old.keySet());
        subjects.addAll(current.keySet());
        List<Finding> findings = new ArrayList<>();
        for (String subject : subjects) {
            PriceRow was = old.get(subject);
            PriceRow is = current.get(subject);
            String book =
                    was != null ? was.priceBook() : Objects.requireNonNull(is).priceBook();
            if (now.currency(book).isPresent() && before.currency(book).isPresent() && !isSame(was, is, to)) {
                findings.add(finding(subject, was, is, to, month, night));
            }
        }
        return findings;
    }

    private static Map<String, PriceRow> within(PriceBooks books, long from, long to) {
        Map<String, PriceRow> rows = new TreeMap<>();
        books.rows().stream()
                .filter(row -> row.effectiveFrom() < to && row.effectiveTo() > from)
                .sorted(Comparator.comparing(PriceRow::key)
                        .thenComparing(row -> row.tier().upTo()))
                .forEach(row -> rows.put(subject(row, from), row));
        return rows;
    }

    // A row of a tier or of a part of the month is one of its own.
    private static String subject(PriceRow row, long from) {
        List<String> parts = new ArrayList<>(List.of(
                row.priceBook(),
                row.provider(),
                row.model(),
                row.serviceTier(),
                row.meter().word()));
        if (row.contextOver() > 0) {
            parts.add("context over " + row.contextOver());
        }
        if (!row.tier().equals(PriceTier.FLAT)) {
            parts.add(row.tier().isOpen() ? "last tier" : "up to " + row.tier().upTo());
        }
        if (row.effectiveFrom() > from) {
            parts.add("from " + Instants.format(row.effectiveFrom()));
        }
        return BreakSubject.of(parts.toArray(String[]::new));
    }

    private static boolean isSame(@Nullable PriceRow was, @Nullable PriceRow is, long to) {
        return was != null
                && is != null
                && was.unitPrice().times(is.perUnits()).equals(is.unitPrice().times(was.perUnits()))
                && was.tier().equals(is.tier())
                && endsAlike(was, is, to);
    }

    // What is after the month is not the month's.
    private static boolean endsAlike(PriceRow was, PriceRow is, long to) {
        return Math.min(was.effectiveTo(), to) == Math.min(is.effectiveTo(), to);
    }

    private static String cause(@Nullable PriceRow was, @Nullable PriceRow is, long to) {
        if (was == null) {
            return "put in";
        } else if (is == null) {
            return "taken away";
        }
        return endsAlike(was, is, to) ? "changed" : "ended within the month";
    }

    private static Finding finding(
            String subject, @Nullable PriceRow was, @Nullable PriceRow is, long to, String month, LocalDate night) {
        Amount expected = was == null ? null : was.unitPrice();
        Amount actual = is == null ? null : is.unitPrice();
        boolean comparable = was != null && is != null && was.perUnits() == is.perUnits();
        return new Finding(
                BreakCode.PRICE_CHANGED_AFTER_USE,
                subject,
                month,
                "",
                expected,
                actual,
                comparable && expected != null && actual != null ? actual.minus(expected) : null,
                "",
                cause(was, is, to),
                "rated by " + said(was) + ", now " + said(is),
                night);
    }

    private static String said(@Nullable PriceRow row) {
        if (row == null) {
            return "no such row";
        }
        String fee = row.tier().flatFee().isZero()
                ? ""
                : " and a fee of " + row.tier().flatFee();
        return row.unitPrice() + " for "
                + (row.tier().packageSize() > 0 ? "a package of " + row.tier().packageSize() : row.perUnits()) + fee
                + " ("
                + row.place() + ")";
    }
}
