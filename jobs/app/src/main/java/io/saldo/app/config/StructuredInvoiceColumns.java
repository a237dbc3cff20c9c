package io.saldo.app.config;

import io.saldo.invoice.ElectronicInvoice;
import io.saldo.problem.ProblemCode;
import java.util.List;

/** What a structured invoice must state of its buyer, so that it is told before a close would find it missing. */
final class StructuredInvoiceColumns {
    private static final List<String> OF_XRECHNUNG = List.of("buyer_reference", "postal_code", "city", "email");

    private StructuredInvoiceColumns() {}

    /**
     * Refuses the row of an account that lacks them.
     *
     * @param reverseCharged whether the buyer owes the tax
     */
    static void require(Row row, ElectronicInvoice kind, boolean reverseCharged) {
        if (kind == ElectronicInvoice.XRECHNUNG) {
            OF_XRECHNUNG.forEach(column -> require(row, column, "an XRechnung"));
        }
        if (kind != ElectronicInvoice.NONE && reverseCharged) {
            require(row, "vat_id", "a structured invoice with reverse charge");
        }
    }

    private static void require(Row row, String column, String document) {
        if (!row.isSet(column)) {
            row.refuse(
                    ProblemCode.BAD_VALUE, row.placeOf(column), column + " is empty: " + document + " must state it");
        }
    }
}
