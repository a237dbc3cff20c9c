package io.saldo.app.command;

import io.saldo.invoice.Invoice;
import io.saldo.money.Amount;

/** How far an invoice is paid, as a word: {@code unpaid}, {@code partly_paid}, {@code paid}, {@code overpaid}. */
final class PaymentState {
    private PaymentState() {}

    /** The word; empty for what has no number, because nobody can pay it. */
    static String of(String number, Invoice invoice, Amount paid) {
        if (number.isEmpty()) {
            return "";
        }
        int order = paid.compareTo(invoice.total().toAmount());
        if (paid.isZero() && order != 0) {
            return "unpaid";
        }
        return order < 0 ? "partly_paid" : order == 0 ? "paid" : "overpaid";
    }
}
