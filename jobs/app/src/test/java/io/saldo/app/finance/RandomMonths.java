package io.saldo.app.finance;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A home with two random months, closed, invoiced and partly paid: credit bought with tax, given, expired and refunded,
 * usage beyond it that is invoiced, carried or paid by nobody, and usage without credit at all. Of the first, an event of each of
 * two accounts is disputed in the second.
 */
final class RandomMonths {
    static final List<String> MONTHS = List.of("2026-10", "2026-11");
    private static final int ACCOUNTS = 8;

    private final SmallHome home;
    /** What was exported since the books changed last. */
    private final Set<Path> written = new HashSet<>();

    private RandomMonths(SmallHome home) {
        this.home = home;
    }

    static RandomMonths of(long seed, Path folder) throws IOException {
        Random random = new Random(seed);
        List<String> accounts = new ArrayList<>();
        StringBuilder rows = new StringBuilder("account_id,name,country,currency,tax_profile,locale\n");
        StringBuilder terms = new StringBuilder(
                "account_id,effective_from,billing_mode,price_book,overage_policy,overage_multiplier,monthly_overage_cap,"
                        + "payment_terms_days\n");
        for (int number = 1; number <= ACCOUNTS; number++) {
            String account = "a-" + number;
            accounts.add(account);
            boolean dollars = number % 4 == 0;
            rows.append(account).append(",Name ").append(number).append(",DE,").append(dollars ? "USD" : "EUR");
            rows.append(",standard,en\n");
            String policy = List.of("invoice", "invoice", "carry", "block").get(number % 4);
            terms.append(account).append(",2026-01-01,").append(number == 5 ? "payg" : "prepaid");
            terms.append(dollars ? ",dollars," : ",list,").append(number == 5 ? "" : policy);
            terms.append(number % 4 <= 1 && number != 5 ? ",1.25," : ",,")
                    .append(number == 1 ? "3" : "")
                    .append(",14\n");
        }
        SmallHome home = SmallHome.create(folder, accounts);
        home.configure("accounts.csv", rows.toString());
        home.configure("terms.csv", terms.toString());
        home.configure("price-books.csv", "price_book,extends,currency,description\nlist,,EUR,\ndollars,,USD,\n");
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from
                list,*,m,input,1.37,1000,2026-01-01
                dollars,*,m,input,0.93,1000,2026-01-01
                """);
        home.configure("fx.csv", "date,currency,rate_per_eur\n2026-10-01,USD,1.0842\n2026-11-02,USD,1.0911\n");
        home.configure("sources/payments.yml", "profile: payments\nformat: csv\n");
        Path ledger = home.root().resolve("config/ledger.yml");
        Files.writeString(
                ledger, Files.readString(ledger) + "\ndatev:\n  consultant: 29098\n  client: 55003\n  chart: \"04\"\n");
        RandomMonths months = new RandomMonths(home);
        months.run(random, accounts);
        return months;
    }

    private void run(Random random, List<String> accounts) throws IOException {
        for (String month : MONTHS) {
            boolean first = month.equals(MONTHS.get(0));
            List<String> credits = new ArrayList<>();
            List<String> usage = new ArrayList<>();
            for (String account : accounts) {
                String currency = Integer.parseInt(account.substring(2)) % 4 == 0 ? "USD" : "EUR";
                if (!account.equals("a-5")) {
                    credit(random, month, account, currency, first, credits);
                }
                for (int event = 0; event < 12; event++) {
                    usage.add(String.format(
                            Locale.ROOT,
                            "%s-%s-%d,%s-%02dT%02d:00:00Z,%s,,openai,m,%d",
                            account,
                            month,
                            event,
                            month,
                            1 + random.nextInt(28),
                            random.nextInt(24),
                            account,
                            1 + random.nextInt(3_000)));
                }
            }
            home.deliverCredits(month + ".csv", credits.toArray(String[]::new));
            home.deliverUsage(month + ".csv", usage.toArray(String[]::new));
            String end = first ? "2026-10-31" : "2026-11-30";
            home.night(end);
            String closed = first ? "2026-11-01" : "2026-12-01";
            Program close = home.run(
                    "close",
                    "--month",
                    month,
                    "--date",
                    closed,
                    "--waive",
                    "PAYMENT_MISSING",
                    "--waive",
                    "SERVED_WITHOUT_CREDIT",
                    "--waive",
                    "OVERAGE_CAP_EXCEEDED");
            assertThat(close.code()).as(close.out() + close.err()).isZero();
            done("invoices", "approve", "--month", month, "--by", "me", "--date", closed);
            done("invoices", "issue", "--month", month, "--date", first ? "2026-11-02" : "2026-12-02");
            if (first) {
                pay(random);
                dispute(1, "a-5", random);
                dispute(2, "a-8", random);
            }
        }
        written.clear();
    }

    private static void credit(
            Random random, String month, String account, String currency, boolean first, List<String> credits) {
        String id = account + (first ? "-o" : "-n");
        int amount = 3 + random.nextInt(15);
        String expires = first && random.nextBoolean() ? "2026-11-10T00:00:00Z" : "";
        credits.add(String.format(
                Locale.ROOT,
                "e-%s,%s,%s,grant,purchase,%d,%s,%s,%s-0%dT00:00:00Z,,%s,50,",
                id,
                id,
                account,
                amount,
                tax(amount),
                currency,
                month,
                1 + random.nextInt(5),
                expires));
        if (random.nextInt(3) == 0) {
            credits.add(String.format(
                    Locale.ROOT,
                    "e-%s-p,%s-p,%s,grant,promo,%d.5,,%s,%s-01T00:00:00Z,,%s-20T00:00:00Z,10,",
                    id,
                    id,
                    account,
                    random.nextInt(4),
                    currency,
                    month,
                    month));
        }
        if (random.nextInt(2) == 0) {
            // Of a large one, part was mostly used by then.
            boolean large = random.nextBoolean();
            credits.add(String.format(
                    Locale.ROOT,
                    "w-%s,%s,%s,withdraw,purchase,%s,%s,%s-28T00:00:00Z,,,,%s",
                    id,
                    id,
                    account,
                    large ? amount + "," + tax(amount) : "1,0.19",
                    currency,
                    month,
                    random.nextBoolean() ? "refund" : "chargeback"));
        }
    }

    private static String tax(int amount) {
        return String.format(Locale.ROOT, "%.2f", amount * 19 / 100.0);
    }

    private void pay(Random random) throws IOException {
        StringBuilder rows = new StringBuilder("payment_id,processor,method,account_id,reference,status,amount,fee,"
                + "currency,created_at,settled_at,decline_code,parent_payment_id\n");
        int number = 0;
        for (Map<String, String> invoice : rows("2026-10", "invoices")) {
            number++;
            String pay = random.nextBoolean() ? invoice.get("total_document") : "1";
            rows.append(String.format(
                    Locale.ROOT,
                    "p%d,bank,bank_transfer,%s,%s,captured,%s,0,%s,2026-11-05T00:00:00Z,,,%n",
                    number,
                    invoice.get("account_id"),
                    invoice.get("number"),
                    pay,
                    invoice.get("currency")));
            if (random.nextInt(3) == 0) {
                rows.append(String.format(
                        Locale.ROOT,
                        "r%d,bank,bank_transfer,%s,%s,refunded,1,0,%s,2026-11-06T00:00:00Z,,,p%d%n",
                        number,
                        invoice.get("account_id"),
                        invoice.get("number"),
                        invoice.get("currency"),
                        number));
            }
        }
        home.deliverFile("payments", "payments.csv", rows.toString());
    }

    private void dispute(int number, String account, Random random) {
        String event = account + "-2026-10-" + random.nextInt(12);
        done(
                "rerun",
                "--account",
                account,
                "--month",
                "2026-10",
                "--reason",
                "ticket",
                "--exclude",
                event,
                "--date",
                "2026-11-03");
        done("rerun", "approve", String.valueOf(number), "--by", "me", "--date", "2026-11-03");
    }

    private void done(String... arguments) {
        Program program = home.run(arguments);
        assertThat(program.code()).as(program.out() + program.err()).isZero();
    }

    SmallHome home() {
        return home;
    }

    /** An export of the month, made anew. */
    Path export(String month, String what, String format) {
        Path folder = home.root().resolve("out/exports/" + month + "-" + what + "-" + format);
        if (!written.add(folder)) {
            return folder;
        }
        if (what.equals("datev")) {
            done("export", "--month", month, "--to", folder.toString(), "--what", what);
        } else {
            done("export", "--month", month, "--to", folder.toString(), "--what", what, "--format", format);
        }
        return folder;
    }

    List<Map<String, String>> rows(String month, String table) {
        return DemoRun.rows(export(month, "books", "csv").resolve(table + ".csv"));
    }

    List<Map<String, String>> finance(String month, String table) {
        if (written.add(home.root().resolve("out/finance/" + month))) {
            done("report", "--month", month);
        }
        return DemoRun.rows(home.root().resolve("out/finance/" + month + "/" + table + ".csv"));
    }
}
