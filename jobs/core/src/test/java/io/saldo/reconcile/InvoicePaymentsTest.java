package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoicePaymentsTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-11-10");
    private static final Map<String, InvoicePayments.Asked> INVOICES =
            Map.of("INV-1", new InvoicePayments.Asked("acme", "EUR"));

    /** Rows as {@code id status amount[<parent]}, in order of time, all of them with the reference of the invoice. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            p1 captured 100                                            | p1=100
            p1 captured 60, p2 captured 40                             | p1=60 p2=40
            p1 captured 150                                            | p1=150
            p1 captured 100, p1 captured 100                           | p1=100
            p1 pending 100, p1 captured 100                            | p1=100
            p1 declined 100                                            |
            p1 pending 100                                             |
            p1 captured 100, r1 refunded 30<p1                         | p1=70
            p1 captured 100, r1 refunded -30<p1                        | p1=70
            p1 captured 100, d1 disputed 100<p1                        | p1=0
            p1 captured 100, d1 disputed 100<p1, r1 refunded 100<p1    | p1=0
            p1 captured 100, d1 disputed 100<p1, w1 reinstated 100<p1  | p1=100
            p1 captured 100, p1 failed 100                             | p1=0
            p1 captured 60, p2 captured 40, r1 refunded 40             | p1=60 p2=0
            r1 refunded 30                                             | r1=0
            """)
    void whatStandsOfAnInvoicesPaymentsIsCapturedLessPaidBack(String rows, String expected) {
        List<PaymentRecord> records = new ArrayList<>();
        for (String row : rows.split(", ")) {
            records.add(row(row, "INV-1", "EUR", records.size()));
        }
        InvoicePayments payments = InvoicePayments.of(records, List.of(), INVOICES, NIGHT);
        assertThat(payments.counted().stream()
                        .map(each -> each.paymentId() + "=" + each.standing())
                        .toList())
                .isEqualTo(expected == null ? List.of() : List.of(expected.split(" ")));
        assertThat(payments.findings()).isEmpty();

        Collections.shuffle(records, new Random(7));
        assertThat(InvoicePayments.of(records, List.of(), INVOICES, NIGHT)).isEqualTo(payments);
    }

    @Test
    void aPaymentInAnotherCurrencyPaysNothingAndIsTold() {
        InvoicePayments payments =
                InvoicePayments.of(List.of(row("p1 captured 100", "INV-1", "USD", 0)), List.of(), INVOICES, NIGHT);
        assertThat(payments.counted()).isEmpty();
        Finding finding = payments.findings().get(0);
        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_CURRENCY_DIFFERS);
        assertThat(finding.accountId()).isEqualTo("acme");
        assertThat(finding.cause()).isEqualTo("invoiced in EUR, paid in USD");
    }

    @Test
    void aPaymentOfAPurchaseOrOfNothingKnownPaysNoInvoice() {
        assertThat(InvoicePayments.of(List.of(row("p1 captured 100", "other", "EUR", 0)), List.of(), INVOICES, NIGHT)
                        .counted())
                .isEmpty();
        assertThat(InvoicePayments.of(
                                List.of(row("p1 captured 100", "INV-1", "EUR", 0)),
                                List.of(purchase("card")),
                                INVOICES,
                                NIGHT)
                        .counted())
                .isEmpty();
        assertThat(InvoicePayments.of(
                                List.of(row("p1 captured 100", "INV-1", "EUR", 0)),
                                List.of(purchase("invoice")),
                                INVOICES,
                                NIGHT)
                        .counted())
                .as("a purchase by invoice is paid by its invoice")
                .hasSize(1);
    }

    private static GrantedCredit purchase(String method) {
        return new GrantedCredit(
                "c1", "acme", "purchase", Amount.of(100), Amount.ZERO, "EUR", "INV-1", method, NIGHT, List.of());
    }

    private static PaymentRecord row(String text, String reference, String currency, int second) {
        String[] parts = text.split(" ");
        String[] money = parts[2].split("<");
        return new PaymentRecord(
                parts[0],
                "stripe",
                "acme",
                reference,
                "card",
                parts[1],
                Amount.parse(money[0]),
                currency,
                new BillingZone(ZoneOffset.UTC).startOf(NIGHT) + second,
                NIGHT,
                money.length > 1 ? money[1] : "");
    }
}
