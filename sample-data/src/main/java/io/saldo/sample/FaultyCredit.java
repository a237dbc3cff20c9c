package io.saldo.sample;

import io.saldo.sample.PlantedFaults.Fault;
import io.saldo.sample.PlantedFaults.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes credit entries as they are delivered and as they were booked, and payments. */
final class FaultyCredit {
    private static final String CREDIT_COLUMNS = "entry_id,credit_id,account_id,entry,kind,amount,tax_amount,currency,"
            + "booked_at,effective_at,expires_at,priority,payment_reference,payment_method,purchase_invoice,reason,"
            + "scope_provider,scope_model\n";

    private final PlantedFaults planting;

    FaultyCredit(PlantedFaults planting) {
        this.planting = planting;
    }

    void write() throws IOException {
        StringBuilder ours = new StringBuilder(CREDIT_COLUMNS);
        StringBuilder theirs = new StringBuilder(CREDIT_COLUMNS);
        Set<String> unexpired = planting.accountsWith(Kind.EXPIRED);
        Set<String> early = planting.accountsWith(Kind.EXPIRED_EARLY);
        LocalDate later = planting.expiryDay().plusDays(30);
        for (String account : planting.charged.keySet()) {
            if (planting.isPrepaid(account)) {
                both(
                        ours,
                        theirs,
                        grant("E-1", account + "-credit", account, "5000", planting.plan.from() + "T00:00:00Z", ""));
                String promo = "," + amount(300, 60_000) + ",0,USD," + planting.plan.from() + "T00:00:00Z,,";
                String start = "E-2," + account + "-promo," + account + ",grant,promo" + promo;
                // Spent last, so that what was charged otherwise before does not expire with it.
                ours.append(start)
                        .append(early.contains(account) ? later : planting.expiryDay())
                        .append("T12:00:00Z,90,,,,,,\n");
                theirs.append(start)
                        .append(unexpired.contains(account) ? "" : planting.expiryDay() + "T12:00:00Z")
                        .append(",90,,,,,,\n");
            }
        }
        Map<LocalDate, StringBuilder> oursByDay = new HashMap<>(Map.of(planting.days.get(0), ours));
        Map<LocalDate, StringBuilder> theirsByDay = new HashMap<>(Map.of(planting.days.get(0), theirs));
        StringBuilder payments = new StringBuilder("payment_id,processor,method,account_id,reference,status,amount,fee,"
                + "currency,created_at,settled_at,decline_code,parent_payment_id\n");
        for (LocalDate day : planting.days) {
            StringBuilder here = oursByDay.computeIfAbsent(day, each -> new StringBuilder(CREDIT_COLUMNS));
            StringBuilder there = theirsByDay.computeIfAbsent(day, each -> new StringBuilder(CREDIT_COLUMNS));
            for (String account : planting.charged.keySet()) {
                if (planting.isPrepaid(account) && planting.random.nextInt(25) == 0) {
                    String topUp = String.valueOf(List.of(10, 20, 25, 50, 100).get(planting.random.nextInt(5)));
                    both(here, there, grant("T-" + day, account + "-top-" + day, account, topUp, noon(day), ""));
                }
            }
            for (Fault fault : planting.planted) {
                if (fault.date().equals(day)) {
                    creditFault(fault, here, there, payments);
                }
            }
            write(planting.plan.out(), day, here);
            write(planting.live, day, there);
        }
        Path file = planting.plan
                .out()
                .resolve("deliveries/" + planting.days.get(planting.days.size() - 1) + "/payments/payments.csv");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, payments);
    }

    private void creditFault(Fault fault, StringBuilder here, StringBuilder there, StringBuilder payments) {
        String account = fault.accountId();
        LocalDate day = fault.date();
        String credit = account + "-x-" + day;
        switch (fault.kind()) {
            case TOP_UP_MISSING ->
                here.append(grant("X-MISSING-" + day, credit + "-m", account, amount(1_000, 9_000), noon(day), ""));
            case TOP_UP_DOUBLED -> {
                String amount = amount(1_000, 9_000);
                both(here, there, grant("X-DOUBLED-" + day, credit + "-d", account, amount, noon(day), ""));
                there.append(grant("X-SECOND-" + day, credit + "-d2", account, amount, noon(day), ""));
            }
            case WITHDRAWAL_MISSING ->
                here.append("X-WITHDRAWAL-" + day + "," + account + "-credit," + account + ",withdraw,,"
                        + amount(100, 5_000) + ",0,USD," + noon(day) + ",,,,,,,refund,,\n");
            case TOP_UP_UNKNOWN -> {
                String amount = amount(1_000, 9_000);
                there.append(grant("X-UNKNOWN-" + day, credit + "-u", account, amount, noon(day), ""));
                payments.append("pay-" + account + "-" + day + ",stripe,card," + account + ",ref-" + account + "-" + day
                        + ",captured," + amount + ",0,USD," + noon(day) + ",,,\n");
            }
            case ENTRY_REJECTED -> {
                String row = grant("X-REJECTED-" + day, credit + "-r", account, amount(1_000, 9_000), noon(day), "");
                there.append(row);
                here.append(row.replace(",,,,,,,,,\n", ",,,200,,,,,,\n"));
            }
            case ENTRY_HELD -> {
                String row = "X-HELD-" + day + "," + account + "-credit," + account + ",withdraw,," + amount(100, 5_000)
                        + ",0,USD," + noon(day) + ",,,,,,,refund,,\n";
                there.append(row);
                here.append(row.replace("-credit,", "-credt,"));
            }
            case CORRECTION ->
                there.append(
                        grant("X-CORRECTION-" + day, credit + "-c", account, amount(1, 9_999) + "7", noon(day), ""));
            default -> {}
        }
    }

    private static void both(StringBuilder here, StringBuilder there, String row) {
        here.append(row);
        there.append(row);
    }

    private static String grant(String entry, String credit, String account, String amount, String at, String expires) {
        return entry + "," + credit + "," + account + ",grant,adjustment," + amount + ",0,USD," + at + ",," + expires
                + ",,,,,,,\n";
    }

    /** A random amount of so many cents. */
    private String amount(int fromCents, int toCents) {
        int cents = fromCents + planting.random.nextInt(toCents - fromCents);
        return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }

    private static String noon(LocalDate day) {
        return day + "T12:00:00Z";
    }

    private static void write(Path out, LocalDate day, StringBuilder credits) throws IOException {
        Path file = out.resolve("deliveries/" + day + "/billing-credits/credits-" + day + ".csv");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, credits);
    }
}
