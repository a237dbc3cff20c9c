package io.saldo.app.reconcile;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakIdentity;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@link BreakMatrix}: for each code what is delivered, and what becomes of its breaks. */
final class BreakMatrixRows {
    private static final String RISES_AND_RETURNS = "1 pending, 2 open, 3 resolved auto, 4 open";
    private static final String OF_A_DAY = "1 pending, 2 open, 3 resolved auto";
    private static final String AGAIN_ON_ITS_DAY = "4 pending, resolve, 5 pending";
    private static final String HAPPENED = "what happened on a night no later night undoes";

    private final BreakMatrix matrix = new BreakMatrix();

    private BreakMatrixRows() {}

    static BreakMatrix matrix() {
        BreakMatrixRows rows = new BreakMatrixRows();
        rows.deliveries();
        rows.records();
        rows.identity();
        rows.prices();
        rows.accounts();
        rows.balances();
        rows.payments();
        rows.reversals();
        rows.credits();
        rows.closedMonth();
        rows.providers();
        rows.decisions();
        return rows.matrix;
    }

    private void deliveries() {
        matrix.payg("steady");
        matrix.before(1, home -> {
            String usage = Files.readString(home.root().resolve("config/sources/usage.yml"));
            home.configure("sources/daily.yml", "expected: daily\n" + usage);
            home.configure("sources/idle.yml", "expected: daily\n" + usage);
            home.configure("sources/next-day.yml", "expected: daily\ngrace: 1\n" + usage);
        });
        // The day before comes with the night after it, which is within the grace of the source.
        for (int night = 1; night <= 4; night++) {
            matrix.deliver(night, "next-day", event("next-" + night, "2026-11-0" + night, "steady"));
        }
        matrix.deliver(2, "daily", event("daily-2", "2026-11-03", "steady"));
        matrix.deliver(3, "daily", event("daily-3", "2026-11-04", "steady"));
        matrix.file(3, "daily", "late.csv", event("daily-1", "2026-11-02", "steady"));
        matrix.row(BreakCode.DELIVERY_MISSING)
                .life("daily", "2026-11-02", OF_A_DAY)
                .life("daily", "2026-11-05", AGAIN_ON_ITS_DAY)
                .near("next-day: its file comes on the last night of its grace");

        matrix.file(1, "idle", "idle-1.csv");
        matrix.file(2, "idle", "idle-2.csv", event("idle-2", "2026-11-03", "steady"));
        matrix.file(
                3,
                "idle",
                "idle-3.csv",
                event("idle-3", "2026-11-04", "steady"),
                event("idle-1", "2026-11-02", "steady"));
        matrix.file(4, "idle", "idle-4.csv", "", "");
        matrix.row(BreakCode.SOURCE_SILENT)
                .life("idle", "2026-11-02", OF_A_DAY)
                .life("idle", "2026-11-05", AGAIN_ON_ITS_DAY)
                .near("idle: one record on 2026-11-03");

        String one = event("said-1", "2026-11-02", "steady");
        matrix.before(1, home -> home.configureUsage("control-file: optional\n"));
        controlled(1, "broken-1.csv", 2, one);
        controlled(1, "sound.csv", 1, event("said-2", "2026-11-02", "steady"));
        controlled(3, "broken-1.csv", 2, one, event("said-3", "2026-11-02", "steady"));
        controlled(4, "broken-4.csv", 2, event("said-4", "2026-11-05", "steady"));
        controlled(
                5, "broken-4.csv", 3, event("said-4", "2026-11-05", "steady"), event("said-5", "2026-11-05", "steady"));
        matrix.row(BreakCode.DELIVERY_INCOMPLETE)
                .life("usage/broken-1.csv", "2026-11-02", OF_A_DAY)
                .life("usage/broken-4.csv", "2026-11-05", AGAIN_ON_ITS_DAY)
                .near("sound.csv: as many records as its control file says");
    }

    private void controlled(int night, String name, int said, String... rows) {
        matrix.file(night, "usage", name, rows);
        matrix.before(night, home -> home.deliverFile("usage", name + ".control.json", "{\"records\": " + said + "}"));
    }

    private void records() {
        String half = "half-%s,2026-11-0%sT08:00:00Z,steady,,p,m,12.5";
        matrix.file(1, "usage", "half-1.csv", half.formatted(1, 2), "whole,2026-11-02T08:00:00Z,steady,,p,m,12.0");
        matrix.file(4, "usage", "half-4.csv", half.formatted(4, 5));
        matrix.file(5, "usage", "half-4.csv", half.formatted(5, 5));
        matrix.row(BreakCode.RECORDS_REJECTED)
                .life("usage/half-1.csv#USG-003", "2026-11-02", "1 pending, 2 open, resolve")
                .life("usage/half-4.csv#USG-003", "2026-11-05", AGAIN_ON_ITS_DAY)
                .near("half-1.csv: 12.0 is the whole number 12")
                .stays(HAPPENED);

        matrix.before(0, home -> home.configure("account-keys.csv", """
                        api_key_id,account_id,effective_from
                        key-1,steady,2026-11-02T08:00:00Z
                        key-2,settled,2026-11-03T00:00:00Z
                        """));
        matrix.deliver(1, "usage", "held-1,2026-11-02T07:59:59.999999Z,,key-1,p,m,1000");
        matrix.deliver(1, "usage", "held-near,2026-11-02T08:00:00Z,,key-1,p,m,1000");
        matrix.edit(3, "account-keys.csv", "2026-11-02T08:00:00Z", "2026-11-02T07:00:00Z");
        matrix.deliver(4, "usage", "held-4,2026-11-02T06:00:00Z,,key-1,p,m,1000");
        matrix.row(BreakCode.RECORDS_HELD)
                .life("key-1", "2026-11", RISES_AND_RETURNS)
                .near("the key is used at the instant from which it is valid");
    }

    private void identity() {
        matrix.deliver(1, "usage", "twice,2026-11-02T09:00:00Z,steady,,p,m,1000");
        matrix.deliver(1, "usage", "twice,2026-11-02T09:00:00Z,steady,,p,m,1001");
        matrix.deliver(4, "usage", "twice,2026-11-02T09:00:00Z,steady,,p,m,1002");
        matrix.row(BreakCode.USAGE_CONFLICT)
                .life("usage/twice", "2026-11", "1 pending, 2 open, accept, 4 open")
                .near("same-1 comes twice with the same content")
                .stays(HAPPENED);

        String same = "same-%s,2026-11-0%sT09:00:00Z,steady,,p,m,1000";
        matrix.file(1, "usage", "same-1.csv", same.formatted(1, 2), same.formatted(1, 2));
        matrix.file(4, "usage", "same-4.csv", same.formatted(4, 5), same.formatted(4, 5));
        matrix.file(5, "usage", "same-4.csv", same.formatted(4, 5), same.formatted(5, 5));
        matrix.row(BreakCode.USAGE_DUPLICATE)
                .life("usage/same-1.csv", "2026-11-02", "1 pending, 2 open, resolve")
                .life("usage/same-4.csv", "2026-11-05", AGAIN_ON_ITS_DAY)
                .near("usage-1.csv repeats an event id with other content, which is a conflict")
                .stays(HAPPENED);

        matrix.payg("late");
        matrix.deliver(0, "usage", event("late-0", "2026-10-05", "late"));
        matrix.deliver(1, "usage", "late-1,2026-10-31T23:59:59.999999Z,late,,p,m,1000");
        matrix.deliver(1, "usage", "late-near,2026-11-01T00:00:00Z,late,,p,m,1000");
        matrix.deliver(4, "usage", event("late-4", "2026-10-06", "late"));
        matrix.row(BreakCode.USAGE_LATE)
                .life("late", "2026-10", "1 pending, 2 open, accept, 4 open")
                .near("an event at the first instant of the open month")
                .stays(HAPPENED);
    }

    private void prices() {
        matrix.payg("unpriced");
        matrix.before(0, home -> home.configure("models.csv", "provider,alias,model\np,known-as,m\n"));
        matrix.deliver(1, "usage", "unpriced-1,2026-11-02T08:00:00Z,unpriced,,p,x,1000");
        matrix.deliver(1, "usage", "unpriced-near,2026-11-02T08:00:00Z,unpriced,,p,known-as,1000");
        matrix.before(3, home -> home.configure("prices/x.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from,effective_to
                list,*,x,input,1,1000,2026-11-01,2026-11-05
                """));
        matrix.deliver(4, "usage", "unpriced-4,2026-11-05T00:00:00Z,unpriced,,p,x,1000");
        matrix.row(BreakCode.USAGE_UNPRICED)
                .life("unpriced + x + standard + input", "2026-11", RISES_AND_RETURNS)
                .near("known-as is an alias of a model with a price");

        matrix.account("rated", "", "payg,frozen,,");
        String prices = """
                price_book,provider,model,meter,unit_price,per_units,effective_from,effective_to
                frozen,*,m,input,1,1000,2026-01-01,
                frozen,*,n,input,1,1000,2026-01-01,
                """;
        matrix.before(0, home -> home.configure("prices/frozen.csv", prices));
        matrix.deliver(0, "usage", event("rated-0", "2026-10-05", "rated"));
        String ended = prices.replace("n,input,1,1000,2026-01-01,\n", "n,input,1,1000,2026-01-01,2026-11-01\n")
                + "frozen,*,n,input,2,1000,2026-11-01,\n";
        String changed = ended.replace("m,input,1,", "m,input,2,");
        matrix.before(1, home -> home.configure("prices/frozen.csv", changed));
        matrix.before(3, home -> home.configure("prices/frozen.csv", ended));
        matrix.before(4, home -> home.configure("prices/frozen.csv", changed));
        matrix.row(BreakCode.PRICE_CHANGED_AFTER_USE)
                .life("frozen + * + m + standard + input", "2026-10", RISES_AND_RETURNS)
                .near("the price of n ends with the closed month, and another begins");
    }

    private void accounts() {
        matrix.account("gone", "2026-11-01", "payg,list,,");
        matrix.account("leaving", "2026-11-02", "payg,list,,");
        matrix.deliver(1, "usage", "gone-1,2026-11-02T00:00:00Z,gone,,p,m,1000");
        matrix.deliver(1, "usage", "leaving-1,2026-11-02T23:59:59.999999Z,leaving,,p,m,1000");
        matrix.edit(3, "accounts.csv", "gone,Name,DE,EUR,standard,2026-11-01", "gone,Name,DE,EUR,standard,2026-11-02");
        matrix.deliver(4, "usage", event("gone-4", "2026-11-05", "gone"));
        matrix.row(BreakCode.ACCOUNT_CLOSED)
                .life("gone", "2026-11", RISES_AND_RETURNS)
                .near("leaving: usage in the last instant of its last day");

        matrix.account("blocked", "", "prepaid,list,block,");
        matrix.account("covered", "", "prepaid,list,block,");
        matrix.deliver(
                1, "usage", event("blocked-1", "2026-11-02", "blocked"), event("covered-1", "2026-11-02", "covered"));
        matrix.deliver(1, "credits", grant("covered-c", "covered", "promo", 1, "2026-11-02T00:00:00Z", "", ""));
        matrix.deliver(
                3, "credits", "blocked-c,blocked-c,blocked,grant,promo,1,2026-11-04T00:00:00Z,2026-11-02T00:00:00Z,,,");
        matrix.deliver(4, "usage", event("blocked-4", "2026-11-05", "blocked"));
        matrix.row(BreakCode.SERVED_WITHOUT_CREDIT)
                .life("blocked", "2026-11", RISES_AND_RETURNS)
                .near("covered: credit for exactly what it uses");

        matrix.account("capped", "", "prepaid,list,invoice,0.999");
        matrix.account("at-cap", "", "prepaid,list,invoice,1");
        matrix.deliver(
                1, "usage", event("capped-1", "2026-11-02", "capped"), event("at-cap-1", "2026-11-02", "at-cap"));
        matrix.edit(3, "terms.csv", "invoice,0.999", "invoice,1.5");
        matrix.deliver(4, "usage", event("capped-4", "2026-11-05", "capped"));
        matrix.row(BreakCode.OVERAGE_CAP_EXCEEDED)
                .life("capped", "2026-11", RISES_AND_RETURNS)
                .near("at-cap: overage of exactly its cap");
    }

    private void balances() {
        for (String account : List.of("differs", "within", "unrecorded")) {
            matrix.account(account, "", "prepaid,list,block,");
        }
        // What was recorded on 2026-11-03 comes with the night after it.
        for (int night : List.of(1, 3, 4)) {
            int day = night == 3 ? 2 : night;
            for (String account : List.of("blocked", "covered", "capped", "at-cap")) {
                matrix.deliver(night, "balances", balance(account, day, "0"));
            }
            matrix.deliver(night, "balances", balance("within", day, "0.01"));
            matrix.deliver(night, "balances", balance("differs", day, day == 2 ? "0.01" : "0.02"));
        }
        matrix.deliver(3, "balances", balance("unrecorded", 1, "0"), balance("unrecorded", 2, "0"));
        matrix.row(BreakCode.BALANCE_DIFFERS)
                .life("differs", "2026-11", RISES_AND_RETURNS)
                .near("within: a gap as large as the tolerance");
        matrix.row(BreakCode.BALANCE_MISSING)
                .life("unrecorded", "2026-11-02", OF_A_DAY)
                .life("unrecorded", "2026-11-05", AGAIN_ON_ITS_DAY)
                .near("a balance of 2026-11-03 that comes with the others of that day, a night late");
    }

    private void payments() {
        matrix.payg("payer");
        matrix.deliver(
                1, "credits", grant("c-unpaid", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-unpaid", "card"));
        matrix.deliver(1, "credits", grant("c-gift", "payer", "promo", 10, "2026-11-02T08:00:00Z", "", ""));
        matrix.deliver(3, "payments", captured("p-unpaid", "r-unpaid", 10));
        matrix.deliver(
                4, "credits", grant("c-earlier", "payer", "purchase", 10, "2026-11-02T07:00:00Z", "r-unpaid", "card"));
        matrix.row(BreakCode.PAYMENT_MISSING)
                .life("c-unpaid", "2026-11", "payer", RISES_AND_RETURNS)
                .near("c-gift: credit that nobody bought");

        matrix.deliver(1, "payments", captured("p-alone", "r-alone", 10), captured("p-alone-2", "r-alone-2", 10));
        matrix.deliver(
                3, "credits", grant("c-alone", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-alone", "card"));
        matrix.row(BreakCode.CREDIT_MISSING)
                .life("p-alone", "2026-11", OF_A_DAY)
                .life("p-alone-2", "2026-11", "1 pending, 2 open, resolve, 3 open")
                .near("p-within has the reference of a credit");

        matrix.deliver(
                1, "credits", grant("c-more", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-more", "card"));
        matrix.deliver(
                1, "credits", grant("c-within", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-within", "card"));
        matrix.deliver(1, "payments", captured("p-more", "r-more", "10.02"), captured("p-within", "r-within", "10.01"));
        matrix.deliver(3, "payments", row("d-more", "disputed", "-0.02", "p-more"));
        matrix.deliver(4, "payments", row("d-more", "reinstated", "0.02", "p-more"));
        matrix.row(BreakCode.PAYMENT_AMOUNT_DIFFERS)
                .life("c-more", "2026-11", "payer", RISES_AND_RETURNS)
                .near("p-within differs by the tolerance");

        matrix.deliver(
                1, "credits", grant("c-dollar", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-dollar", "card"));
        matrix.deliver(1, "payments", captured("p-dollar", "r-dollar", 10).replace("EUR", "USD"));
        matrix.deliver(
                3, "payments", row("d-dollar", "disputed", "-10", "p-dollar").replace("EUR", "USD"));
        matrix.deliver(3, "credits", withdrawal("w-dollar", "c-dollar", "payer", "", "chargeback"));
        matrix.deliver(
                4, "payments", row("d-dollar", "reinstated", "10", "p-dollar").replace("EUR", "USD"));
        matrix.row(BreakCode.PAYMENT_CURRENCY_DIFFERS)
                .life("c-dollar", "2026-11", "payer", RISES_AND_RETURNS)
                .near("p-within is paid in the currency of its credit");

        matrix.deliver(
                1, "credits", grant("c-double", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-double", "card"));
        matrix.deliver(1, "payments", captured("p-double-1", "r-double", 10), captured("p-double-2", "r-double", 10));
        matrix.deliver(
                1, "credits", grant("c-pair-1", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-pair", "card"));
        matrix.deliver(
                1, "credits", grant("c-pair-2", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-pair", "card"));
        matrix.deliver(1, "payments", captured("p-pair-1", "r-pair", 10), captured("p-pair-2", "r-pair", 10));
        matrix.deliver(3, "payments", row("d-double", "disputed", "-10", "p-double-2"));
        matrix.deliver(4, "payments", row("d-double", "reinstated", "10", "p-double-2"));
        matrix.row(BreakCode.PAYMENT_DUPLICATE)
                .life("p-double-2", "2026-11", RISES_AND_RETURNS)
                .near("r-pair is paid twice for two credits");
    }

    private void reversals() {
        matrix.deliver(
                1, "credits", grant("c-back", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-back", "card"));
        matrix.deliver(
                1, "credits", grant("c-right", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-right", "card"));
        matrix.deliver(1, "payments", captured("p-back", "r-back", 10), captured("p-right", "r-right", 10));
        matrix.deliver(
                1,
                "payments",
                row("d-back", "disputed", "-10", "p-back"),
                row("d-right", "disputed", "-10", "p-right"));
        matrix.deliver(1, "credits", withdrawal("w-right", "c-right", "payer", "", "chargeback"));
        matrix.deliver(3, "payments", row("d-back", "reinstated", "10", "p-back"));
        matrix.deliver(4, "payments", row("d-back-2", "disputed", "-10", "p-back"));
        matrix.row(BreakCode.PAYMENT_REVERSED)
                .life("c-back", "2026-11", "payer", RISES_AND_RETURNS)
                .near("c-right was withdrawn");

        matrix.deliver(
                1,
                "credits",
                grant("c-declined", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-declined", "card"));
        matrix.deliver(
                1, "credits", grant("c-second", "payer", "purchase", 10, "2026-11-02T08:00:00Z", "r-second", "card"));
        matrix.deliver(1, "payments", declined("p-declined", "payer", "r-declined", 2));
        matrix.deliver(
                1, "payments", declined("p-second", "payer", "r-second", 2), captured("p-second-2", "r-second", 10));
        matrix.deliver(3, "payments", "p-declined-2,card,payer,r-declined,pending,10,EUR,2026-11-04T08:00:00Z,");
        matrix.deliver(4, "payments", "p-declined-2,card,payer,r-declined,failed,10,EUR,2026-11-05T08:00:00Z,");
        matrix.row(BreakCode.DECLINED_BUT_CREDITED)
                .life("c-declined", "2026-11", "payer", RISES_AND_RETURNS)
                .near("the second attempt for c-second took the money");
        matrix.rows()
                .get(BreakCode.PAYMENT_MISSING)
                .life("c-declined", "2026-11", "payer", "3 pending, 4 resolved auto");

        matrix.deliver(1, "payments", row("re-1", "refunded", "-5", "p-unknown"));
        matrix.deliver(1, "payments", "po-1,,,,movement,-5,EUR,2026-11-02T08:00:00Z,");
        matrix.deliver(3, "payments", captured("p-unknown", "r-right", 5));
        matrix.deliver(4, "payments", row("re-1", "mystery", "-5", "p-unknown"));
        matrix.row(BreakCode.PAYMENT_UNCLASSIFIED)
                .life("re-1", "2026-11", RISES_AND_RETURNS)
                .near("a payout is known, and about no customer");

        matrix.payg("poor").payg("lucky");
        for (int day = 1; day <= 3; day++) {
            matrix.deliver(1, "payments", declined("poor-" + day, "poor", "r-poor-" + day, 2));
        }
        matrix.deliver(
                1,
                "payments",
                declined("lucky-1", "lucky", "r-lucky-1", 1),
                declined("lucky-2", "lucky", "r-lucky-2", 2));
        matrix.deliver(4, "payments", declined("poor-4", "poor", "r-poor-4", 5));
        matrix.row(BreakCode.DECLINES_EXCESSIVE)
                .life("poor + card", "2026-11", "1 pending, 2 open, accept, 4 open")
                .near("lucky: as many declines as the limit")
                .stays(HAPPENED);
    }

    private void credits() {
        matrix.payg("spender");
        matrix.deliver(1, "credits", grant("c-spent", "spender", "purchase", 5, "2026-11-02T00:00:00Z", "", "invoice"));
        matrix.deliver(1, "credits", grant("c-whole", "spender", "purchase", 5, "2026-11-02T23:00:00Z", "", "invoice"));
        matrix.deliver(1, "usage", "spent-1,2026-11-02T08:00:00Z,spender,,p,m,3000");
        matrix.deliver(1, "credits", withdrawal("w-spent", "c-spent", "spender", "4", "chargeback"));
        matrix.deliver(1, "credits", withdrawal("w-whole", "c-whole", "spender", "", "chargeback"));
        matrix.deliver(4, "credits", withdrawal("w-spent-2", "c-spent", "spender", "1", "chargeback"));
        matrix.row(BreakCode.CREDIT_WITHDRAWN_AFTER_USE)
                .life("c-spent", "2026-11", "spender", "1 pending, 2 open, accept, 4 open")
                .near("c-whole was not used when it was withdrawn")
                .stays(HAPPENED);

        matrix.payg("backdated");
        matrix.deliver(0, "usage", event("backdated-0", "2026-10-05", "backdated"));
        matrix.deliver(
                1, "credits", "e-back,e-back,backdated,grant,promo,5,2026-11-02T08:00:00Z,2026-10-31T23:59:59Z,,,");
        matrix.deliver(
                1, "credits", "e-first,e-first,backdated,grant,promo,5,2026-11-02T08:00:00Z,2026-11-01T00:00:00Z,,,");
        matrix.row(BreakCode.CREDIT_BACKDATED)
                .life("e-back", "2026-11", "backdated", "1 pending, 2 open, resolve, 3 open")
                .near("e-first begins with the oldest open month")
                .stays(HAPPENED);
    }

    /** What is wrong in a month that is closed, and is put right afterwards. */
    private void closedMonth() {
        matrix.payg("settled");
        matrix.deliver(0, "usage", event("settled-0", "2026-10-05", "settled"));
        matrix.deliver(
                0,
                "credits",
                grant("c-october", "settled", "purchase", 10, "2026-10-05T08:00:00Z", "r-october", "card"));
        matrix.deliver(
                0,
                "payments",
                ofOctober(captured("p-october-1", "r-october", 10)),
                ofOctober(captured("p-october-2", "r-october", 10)));
        matrix.deliver(3, "payments", row("re-october", "refunded", "-10", "p-october-2"));
        matrix.rows()
                .get(BreakCode.PAYMENT_DUPLICATE)
                .life("p-october-2", "2026-10", "0 pending, 1 open, 3 resolved auto");

        matrix.deliver(
                1,
                "credits",
                "c-settled,c-settled,settled,grant,purchase,10,2026-10-20T08:00:00Z,2026-11-01T00:00:00Z,r-settled,card,");
        matrix.deliver(3, "payments", captured("p-settled", "r-settled", 10));
        matrix.rows().get(BreakCode.PAYMENT_MISSING).life("c-settled", "2026-10", "settled", OF_A_DAY);

        matrix.deliver(1, "usage", "held-october,2026-10-20T08:00:00Z,,key-2,p,m,1000");
        matrix.edit(3, "account-keys.csv", "settled,2026-11-03T00:00:00Z", "settled,2026-10-01T00:00:00Z");
        matrix.rows().get(BreakCode.RECORDS_HELD).life("key-2", "2026-10", OF_A_DAY);
        matrix.rows().get(BreakCode.USAGE_LATE).life("settled", "2026-10", "3 pending, 4 open");
    }

    private static String ofOctober(String payment) {
        return payment.replace("payer", "settled").replace("2026-11-02", "2026-10-05");
    }

    private void providers() {
        matrix.payg("user");
        matrix.before(0, home -> {
            home.configure(
                    "price-books.csv",
                    "price_book,extends,currency,description\nlist,,EUR,\nfrozen,,EUR,\ncost,,USD,\n");
            home.configure("prices/cost.csv", """
                    price_book,provider,model,meter,unit_price,per_units,effective_from
                    cost,billing,m,input,1,1000,2026-01-01
                    cost,billing,n,input,1,1000,2026-01-01
                    list,*,n,input,1,1000,2026-01-01
                    """);
        });
        String used = "%s,2026-11-02T10:00:00Z,user,,%s,%s,%s";
        matrix.deliver(
                1,
                "usage",
                used.formatted("counted-m", "counting", "m", 1000),
                used.formatted("counted-n", "counting", "n", 1000));
        String counted = "2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,%s,%s";
        matrix.deliver(1, "counted", counted.formatted("m", 1500), counted.formatted("n", 1001));
        matrix.deliver(3, "usage", used.formatted("counted-m-2", "counting", "m", 500));
        matrix.deliver(4, "counted", counted.formatted("m", 1498), counted.formatted("n", 1001));
        matrix.row(BreakCode.PROVIDER_USAGE_DIFFERS)
                .life("counting + m", "2026-11-02", RISES_AND_RETURNS)
                .near("of n the provider counted one more, which is the tolerance");

        matrix.deliver(
                1,
                "usage",
                used.formatted("billed-m", "billing", "m", 1000),
                used.formatted("billed-n", "billing", "n", 1000));
        String billed = "2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,%s,%s";
        matrix.deliver(1, "billed", billed.formatted("m", "1.02"), billed.formatted("n", "1.01"));
        matrix.deliver(3, "billed", billed.formatted("m", "1"), billed.formatted("n", "1"));
        matrix.deliver(4, "billed", billed.formatted("m", "0.98"), billed.formatted("n", "1"));
        matrix.row(BreakCode.PROVIDER_COST_DIFFERS)
                .life("billing + m", "2026-11-02", RISES_AND_RETURNS)
                .near("of n the bill differs by the tolerance");
    }

    /** What persons decide: between the second night and the third, and between the fourth and the same date again. */
    private void decisions() {
        matrix.before(3, home -> decide(home, "accept", ", accept"));
        matrix.before(3, home -> decide(home, "resolve", "2 open, resolve"));
        matrix.before(5, home -> decide(home, "resolve", "4 pending, resolve"));
    }

    private void decide(SmallHome home, String decision, String inLife) {
        List<String> words = new ArrayList<>(List.of("breaks", decision));
        List<String> ids = home.books("SELECT break_id FROM break_case");
        matrix.rows().forEach((code, row) -> row.lives.stream()
                .filter(each -> each.life().contains(inLife))
                .map(each -> BreakIdentity.of(code, each.subject(), each.period(), each.accountId()))
                .filter(ids::contains)
                .forEach(words::add));
        words.addAll(List.of("--by", "Ann", "--note", "looked at it", "--date", "2026-11-05"));
        Program program = home.run(words.toArray(String[]::new));
        if (program.code() != 0) {
            throw new AssertionError(program.err());
        }
    }

    private static String event(String id, String date, String account) {
        return id + "," + date + "T08:00:00Z," + account + ",,p,m,1000";
    }

    private static String grant(
            String id, String account, String kind, int amount, String bookedAt, String reference, String method) {
        return String.join(
                ",", id, id, account, "grant", kind, Integer.toString(amount), bookedAt, "", reference, method, "");
    }

    private static String withdrawal(String id, String credit, String account, String amount, String reason) {
        return String.join(
                ",", id, credit, account, "withdraw", "", amount, "2026-11-02T23:30:00Z", "", "", "", reason);
    }

    private static String captured(String id, String reference, Object amount) {
        return id + ",card,payer," + reference + ",captured," + amount + ",EUR,2026-11-02T08:00:00Z,";
    }

    private static String row(String id, String status, String amount, String parent) {
        return id + ",card,payer,," + status + "," + amount + ",EUR,2026-11-02T12:00:00Z," + parent;
    }

    private static String declined(String id, String account, String reference, int day) {
        return id + ",card," + account + "," + reference + ",declined,10,EUR,2026-11-0" + day + "T08:00:00Z,";
    }

    private static String balance(String account, int night, String balance) {
        return account + ",2026-11-0" + (night + 2) + "T00:00:00Z," + balance + ",EUR";
    }
}
