package io.saldo.sample;

import static io.saldo.sample.NaiveIntake.column;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The breaks of the naive books, in any order: what intake found, and what accounts, balances and payments show. */
final class NaiveBreaks {
    private final NaiveIntake intake;
    private final ZoneId billingZone;
    private final Collection<NaiveAccount> accounts;
    private final BiFunction<String, Instant, BigDecimal> balanceAt;
    private final List<Map<String, String>> rows = new ArrayList<>();

    /** @param balanceAt the balance of an account by its id, counting everything before an instant */
    NaiveBreaks(
            NaiveIntake intake,
            ZoneId billingZone,
            Collection<NaiveAccount> accounts,
            BiFunction<String, Instant, BigDecimal> balanceAt) {
        this.intake = intake;
        this.billingZone = billingZone;
        this.accounts = accounts;
        this.balanceAt = balanceAt;
    }

    List<Map<String, String>> rows() {
        for (NaiveIntake.Finding finding : intake.findings) {
            rows.add(breakRow(finding.code(), finding.account(), finding.subject(), finding.period()));
        }
        for (NaiveAccount account : accounts) {
            String id = account.account;
            account.months.forEach((month, totals) -> {
                if (totals.servedWithoutCredit) {
                    rows.add(breakRow("SERVED_WITHOUT_CREDIT", id, id, month.toString()));
                }
                if (totals.capExceeded) {
                    rows.add(breakRow("OVERAGE_CAP_EXCEEDED", id, id, month.toString()));
                }
            });
            account.lines.forEach((key, line) -> {
                if (key.unitPrice().isEmpty()) {
                    String subject = String.join("/", id, key.model(), key.serviceTier(), key.meter());
                    rows.add(breakRow("USAGE_UNPRICED", id, subject, key.month().toString()));
                }
            });
        }
        for (Map<String, String> recorded : intake.recordedBalances) {
            String id = column(recorded, "account_id");
            Instant asOf = Instants.bound(column(recorded, "as_of"), billingZone, Instant.MIN);
            if (new BigDecimal(column(recorded, "balance")).compareTo(balanceAt.apply(id, asOf)) != 0) {
                YearMonth month = YearMonth.from(asOf.minusNanos(1).atZone(billingZone));
                Map<String, String> row = breakRow("BALANCE_DIFFERS", id, id, month.toString());
                if (!rows.contains(row)) {
                    rows.add(row);
                }
            }
        }
        addPaymentBreaks();
        return rows;
    }

    private void addPaymentBreaks() {
        List<Map<String, String>> unmatched = new ArrayList<>(intake.payments);
        for (Map<String, String> entry : intake.creditEntries) {
            boolean purchase = column(entry, "entry").equals("grant")
                    && column(entry, "kind").equals("purchase");
            if (!purchase) {
                continue;
            }
            String account = column(entry, "account_id");
            BigDecimal gross = new BigDecimal(column(entry, "amount"))
                    .add(new BigDecimal(column(entry, "tax_amount").isEmpty() ? "0" : column(entry, "tax_amount")));
            Optional<Map<String, String>> payment = unmatched.stream()
                    .filter(candidate -> column(candidate, "status").equals("captured")
                            && column(candidate, "account_id").equals(account)
                            && column(candidate, "reference").equals(column(entry, "payment_reference")))
                    .findFirst();
            String month = monthOf(column(entry, "booked_at"));
            if (payment.isEmpty()) {
                rows.add(breakRow("PAYMENT_MISSING", account, column(entry, "credit_id"), month));
                continue;
            }
            unmatched.remove(payment.get());
            String paymentId = column(payment.get(), "payment_id");
            if (new BigDecimal(column(payment.get(), "amount")).compareTo(gross) != 0) {
                rows.add(breakRow("PAYMENT_AMOUNT_DIFFERS", account, paymentId, month));
            }
            if (!column(payment.get(), "currency").equals(column(entry, "currency"))) {
                rows.add(breakRow("PAYMENT_CURRENCY_DIFFERS", account, paymentId, month));
            }
        }
        for (Map<String, String> payment : unmatched) {
            if (column(payment, "status").equals("captured")) {
                rows.add(breakRow(
                        "CREDIT_MISSING",
                        column(payment, "account_id"),
                        column(payment, "payment_id"),
                        monthOf(column(payment, "created_at"))));
            }
        }
    }

    private String monthOf(String instant) {
        return YearMonth.from(Instants.bound(instant, billingZone, Instant.MIN).atZone(billingZone))
                .toString();
    }

    private static Map<String, String> breakRow(String code, String account, String subject, String period) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("code", code);
        row.put("account_id", account);
        row.put("subject", subject);
        row.put("period", period);
        return row;
    }
}
