package io.saldo.invoice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person should look at before an invoice is approved. */
public enum InvoiceFlag {
    /** The account had none the month before. */
    FIRST,
    /** Its net is at least twice that of the month before. */
    DOUBLED,
    /** Its net is at most half of that of the month before. */
    HALVED,
    /** It charges usage of months that were closed. */
    LATE_USAGE,
    /** It charges usage by a decision. */
    CHARGE,
    /** It asks for credit that was taken back after its use. */
    RECEIVABLE,
    /** Its tax is of other categories or rates than that of the month before. */
    TAX_CHANGED;

    /** The word in lists. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The flags of an invoice, or of a statement on which nothing is due.
     *
     * @param before that of the same account of the month before; null where there is none
     */
    public static List<InvoiceFlag> of(Invoice invoice, @Nullable Invoice before) {
        List<InvoiceFlag> flags = new ArrayList<>();
        if (before == null) {
            flags.add(FIRST);
        } else if (invoice.currency().equals(before.currency())) {
            long net = invoice.net().minorUnits();
            long netBefore = before.net().minorUnits();
            if (net > 0 && net / 2 >= netBefore) {
                flags.add(DOUBLED);
            } else if (netBefore > 0 && netBefore / 2 >= net) {
                flags.add(HALVED);
            }
        }
        for (InvoiceLine line : invoice.lines()) {
            InvoiceFlag flag =
                    switch (line.kind()) {
                        case LATE_USAGE -> LATE_USAGE;
                        case CHARGE -> CHARGE;
                        case RECEIVABLE -> RECEIVABLE;
                        case USAGE, SURCHARGE, CORRECTION -> null;
                    };
            if (flag != null && !flags.contains(flag)) {
                flags.add(flag);
            }
        }
        if (before != null
                && !invoice.taxes().isEmpty()
                && !before.taxes().isEmpty()
                && !treatments(invoice).equals(treatments(before))) {
            flags.add(TAX_CHANGED);
        }
        return flags;
    }

    private static Set<List<Object>> treatments(Invoice invoice) {
        return invoice.taxes().stream()
                .map(tax -> List.<Object>of(tax.category(), tax.ratePercent()))
                .collect(Collectors.toSet());
    }
}
