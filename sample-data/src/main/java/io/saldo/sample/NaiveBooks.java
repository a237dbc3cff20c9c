package io.saldo.sample;

import static io.saldo.sample.NaiveAccount.plain;
import static io.saldo.sample.NaiveIntake.column;

import io.saldo.sample.NaiveAccount.Coverage;
import io.saldo.sample.NaiveAccount.Kind;
import io.saldo.sample.NaiveAccount.LineKey;
import io.saldo.sample.NaiveAccount.MonthTotals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A second, naive reading of the contract: every balance, statement and break recomputed from the raw deliveries and
 * the reference tables in plain {@link BigDecimal}, all in memory, one account after the other.
 *
 * <p>It is the product's oracle and shares nothing with it. It knows what the sample needs: CSV and JSONL, event-id
 * identity, flat, graduated and package prices, months that are all open. It refuses volume prices, context thresholds and
 * openings instead of reading past them.
 *
 * <p>Rows carry the columns of the export contract, in its order and sorted by its leading columns, without
 * {@code revision} and {@code status}; amounts are plain text without trailing zeros.
 */
public final class NaiveBooks {

    private final NaiveIntake intake;
    private final ZoneId billingZone;
    private final List<Map<String, String>> accountRows;
    private final Map<String, NaiveAccount> accounts = new TreeMap<>(Utf8Order.BY_BYTES);

    private NaiveBooks(Path deliveries, Path config, LocalDate lastNight) {
        PlainYaml application = PlainYaml.read(config.resolve("application.yml"));
        this.billingZone = ZoneId.of(application.text("saldo.billing-zone", "UTC"));
        int horizonDays = Integer.parseInt(application.text("saldo.identity-horizon", "400"));
        if (Files.exists(config.resolve("openings.csv"))) {
            throw new IllegalArgumentException("the naive books know no openings");
        }
        this.intake = new NaiveIntake(config, billingZone, horizonDays);
        intake.takeAll(deliveries, lastNight);
        this.accountRows = CsvText.table(config.resolve("accounts.csv"));
        NaivePrices prices = new NaivePrices(config, billingZone);
        Map<String, List<Map<String, String>>> terms = byAccount(CsvText.table(config.resolve("terms.csv")));
        Map<String, List<Map<String, String>>> credits = byAccount(intake.creditEntries);
        Map<String, List<NaiveIntake.Event>> events = new HashMap<>();
        for (NaiveIntake.Event event : intake.events) {
            events.computeIfAbsent(event.account(), key -> new ArrayList<>()).add(event);
        }
        for (Map<String, String> row : accountRows) {
            String id = column(row, "account_id");
            if (!accounts.containsKey(id)) {
                NaiveAccount account = new NaiveAccount(id, billingZone, prices, terms.getOrDefault(id, List.of()));
                account.live(events.getOrDefault(id, List.of()), credits.getOrDefault(id, List.of()));
                accounts.put(id, account);
            }
        }
    }

    /** The books of all nights in a deliveries folder ({@code <night>/<source>/<file>}). */
    public static NaiveBooks read(Path deliveries, Path config) {
        return read(deliveries, config, LocalDate.MAX);
    }

    /** The books as they stood when the last night's deliveries had been taken; later nights are not looked at. */
    public static NaiveBooks read(Path deliveries, Path config, LocalDate lastNight) {
        return new NaiveBooks(deliveries, config, lastNight);
    }

    /** The credit balance less the carried debt, counting everything before this instant. */
    public BigDecimal balanceAt(String accountId, Instant at) {
        NaiveAccount account = account(accountId);
        return account.balanceAt(at).subtract(account.debtAt(at));
    }

    /** What each event before this instant cost, whoever paid. */
    public List<BigDecimal> chargesBefore(String accountId, Instant at) {
        return account(accountId).charges.stream()
                .filter(charge -> charge.at().isBefore(at))
                .map(NaiveAccount.Charge::amount)
                .toList();
    }

    /** What of one grant expired before this instant. */
    public BigDecimal expiredBefore(String accountId, String creditId, Instant at) {
        return account(accountId).sum(Instant.MIN, at, creditId, Kind.EXPIRED);
    }

    /** The accounts under prepaid terms at this instant, in byte order. */
    public List<String> prepaidAccountsAt(Instant at) {
        List<String> prepaid = new ArrayList<>();
        for (NaiveAccount account : accounts.values()) {
            Optional<Map<String, String>> terms = account.termsAt(at);
            if (terms.isPresent() && column(terms.get(), "billing_mode").equals("prepaid")) {
                prepaid.add(account.account);
            }
        }
        return prepaid;
    }

    /** The currency of the account's newest row. */
    public String currency(String accountId) {
        String currency = "";
        for (Map<String, String> row : accountRows) {
            currency = column(row, "account_id").equals(accountId) ? column(row, "currency") : currency;
        }
        return currency;
    }

    /** {@code statements.csv} without revision and status. */
    public List<Map<String, String>> statements(YearMonth month) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (NaiveAccount account : accountsWithStatement(month)) {
            Instant from = start(month.atDay(1));
            Instant to = start(month.plusMonths(1).atDay(1));
            MonthTotals totals = account.months.getOrDefault(month, new MonthTotals());
            Coverage all = new Coverage();
            account.lines.forEach((key, line) -> {
                if (key.month().equals(month)) {
                    all.amount = all.amount.add(line.amount);
                    all.credit = all.credit.add(line.credit);
                    all.payAsYouGo = all.payAsYouGo.add(line.payAsYouGo);
                    all.overage = all.overage.add(line.overage);
                    all.carried = all.carried.add(line.carried);
                    all.unfunded = all.unfunded.add(line.unfunded);
                }
            });
            Map<String, String> row = new LinkedHashMap<>();
            row.put("account_id", account.account);
            row.put("month", month.toString());
            row.put("currency", currency(account.account));
            row.put("events", Long.toString(totals.events));
            row.put("usage_amount", plain(all.amount));
            row.put("credit_amount", plain(all.credit));
            row.put("payg_amount", plain(all.payAsYouGo));
            row.put("overage_amount", plain(all.overage));
            row.put("surcharge_amount", plain(totals.surcharge));
            row.put("carried_amount", plain(all.carried));
            row.put("unfunded_amount", plain(all.unfunded));
            row.put("unpriced_quantity", totals.unpriced.toString());
            row.put("receivable_amount", plain(account.sum(from, to, "", Kind.CLAIMED)));
            row.put("opening_balance", plain(account.balanceAt(from)));
            row.put("granted_amount", plain(account.sum(from, to, "", Kind.GRANTED)));
            row.put("restored_amount", "0");
            row.put("drawn_amount", plain(account.sum(from, to, "", Kind.DRAWN_FOR_USAGE, Kind.DRAWN_FOR_DEBT)));
            row.put("expired_amount", plain(account.sum(from, to, "", Kind.EXPIRED)));
            row.put("withdrawn_amount", plain(account.sum(from, to, "", Kind.WITHDRAWN)));
            row.put("closing_balance", plain(account.balanceAt(to)));
            row.put("opening_debt", plain(account.debtAt(from)));
            row.put("settled_debt", plain(account.sum(from, to, "", Kind.DRAWN_FOR_DEBT)));
            row.put("closing_debt", plain(account.debtAt(to)));
            rows.add(row);
        }
        return rows;
    }

    /** {@code statement_lines.csv}. */
    public List<Map<String, String>> statementLines(YearMonth month) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (NaiveAccount account : accounts.values()) {
            for (Map.Entry<LineKey, Coverage> entry : account.lines.entrySet()) {
                LineKey key = entry.getKey();
                Coverage line = entry.getValue();
                if (!key.month().equals(month)) {
                    continue;
                }
                Map<String, String> row = new LinkedHashMap<>();
                row.put("account_id", account.account);
                row.put("month", month.toString());
                row.put("usage_month", month.toString());
                row.put("provider", key.provider());
                row.put("model", key.model());
                row.put("service_tier", key.serviceTier());
                row.put("meter", key.meter());
                row.put("unit_price", key.unitPrice());
                row.put("per_units", key.perUnits());
                row.put("quantity", line.quantity.toString());
                row.put("amount", plain(line.amount));
                row.put("credit_amount", plain(line.credit));
                row.put("payg_amount", plain(line.payAsYouGo));
                row.put("overage_amount", plain(line.overage));
                row.put("carried_amount", plain(line.carried));
                row.put("unfunded_amount", plain(line.unfunded));
                rows.add(row);
            }
        }
        return sorted(
                rows,
                List.of("account_id", "month", "usage_month", "provider", "model", "service_tier", "meter"),
                List.of("unit_price", "per_units"));
    }

    /** {@code drawdowns.csv}; a debt's drawdown stands on the date on which a grant settled it. */
    public List<Map<String, String>> drawdowns(YearMonth month) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (NaiveAccount account : accounts.values()) {
            account.drawdowns(month).forEach((key, amount) -> {
                Map<String, String> row = new LinkedHashMap<>();
                row.put("account_id", account.account);
                row.put("credit_id", key.get(0));
                row.put("usage_date", key.get(1));
                row.put("purpose", key.get(2));
                row.put("amount", plain(amount));
                rows.add(row);
            });
        }
        return sorted(rows, List.of("account_id", "credit_id", "usage_date", "purpose"), List.of());
    }

    /** {@code grants.csv}: cumulative, every grant effective before the month's end. */
    public List<Map<String, String>> grants(YearMonth month) {
        Instant to = start(month.plusMonths(1).atDay(1));
        List<Map<String, String>> rows = new ArrayList<>();
        for (NaiveAccount account : accounts.values()) {
            for (NaiveGrant grant : account.grants) {
                if (!grant.effectiveAt.isBefore(to)) {
                    continue;
                }
                String credit = grant.creditId();
                BigDecimal drawn = account.sum(Instant.MIN, to, credit, Kind.DRAWN_FOR_USAGE, Kind.DRAWN_FOR_DEBT);
                BigDecimal expired = account.sum(Instant.MIN, to, credit, Kind.EXPIRED);
                BigDecimal withdrawn = account.sum(Instant.MIN, to, credit, Kind.WITHDRAWN);
                Map<String, String> row = new LinkedHashMap<>();
                row.put("account_id", account.account);
                row.put("credit_id", credit);
                row.put("kind", column(grant.entry, "kind"));
                row.put("amount", plain(grant.amount));
                row.put("drawn_amount", plain(drawn));
                row.put("expired_amount", plain(expired));
                row.put("withdrawn_amount", plain(withdrawn));
                row.put("restored_amount", "0");
                row.put(
                        "remaining_amount",
                        plain(grant.amount.subtract(drawn).subtract(expired).subtract(withdrawn)));
                rows.add(row);
            }
        }
        return sorted(rows, List.of("account_id", "credit_id"), List.of());
    }

    /** {@code daily_balances.csv}: every day of the month, of every account that has a statement in it. */
    public List<Map<String, String>> dailyBalances(YearMonth month) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (NaiveAccount account : accountsWithStatement(month)) {
            for (int day = 1; day <= month.lengthOfMonth(); day++) {
                Instant from = start(month.atDay(day));
                Instant to = start(month.atDay(day).plusDays(1));
                Map<String, String> row = new LinkedHashMap<>();
                row.put("account_id", account.account);
                row.put("date", month.atDay(day).toString());
                row.put("usage_amount", plain(account.sum(from, to, "", Kind.CHARGED)));
                row.put("closing_balance", plain(account.balanceAt(to)));
                row.put("closing_debt", plain(account.debtAt(to)));
                rows.add(row);
            }
        }
        return rows;
    }

    /** {@code deliveries.csv}; a file whose bytes were delivered before has no row. */
    public List<Map<String, String>> deliveries() {
        return sorted(intake.deliveries, List.of("source", "file_name", "sha256"), List.of());
    }

    /**
     * The breaks that stand after the last night, as code, account_id, subject, period: of intake, identity, price,
     * account, balance and payment; nothing about missing or silent deliveries.
     */
    public List<Map<String, String>> breaks() {
        List<Map<String, String>> rows =
                new NaiveBreaks(intake, billingZone, accounts.values(), this::balanceAt).rows();
        return sorted(rows, List.of("code", "account_id", "subject", "period"), List.of());
    }

    private List<NaiveAccount> accountsWithStatement(YearMonth month) {
        List<NaiveAccount> found = new ArrayList<>();
        for (NaiveAccount account : accounts.values()) {
            Instant from = start(month.atDay(1));
            Instant to = start(month.plusMonths(1).atDay(1));
            boolean any = account.months.containsKey(month)
                    || account.balanceAt(from).signum() != 0
                    || account.debtAt(from).signum() != 0
                    || account.sum(from, to, "", Kind.CLAIMED).signum() != 0;
            if (any) {
                found.add(account);
            }
        }
        return found;
    }

    private NaiveAccount account(String accountId) {
        NaiveAccount account = accounts.get(accountId);
        if (account == null) {
            throw new IllegalArgumentException("no account " + accountId);
        }
        return account;
    }

    private Instant start(LocalDate date) {
        return date.atStartOfDay(billingZone).toInstant();
    }

    private static Map<String, List<Map<String, String>>> byAccount(List<Map<String, String>> rows) {
        Map<String, List<Map<String, String>>> byAccount = new HashMap<>();
        for (Map<String, String> row : rows) {
            byAccount
                    .computeIfAbsent(column(row, "account_id"), key -> new ArrayList<>())
                    .add(row);
        }
        return byAccount;
    }

    /** Texts by their bytes, numbers numerically, empty first. */
    private static List<Map<String, String>> sorted(
            List<Map<String, String>> rows, List<String> texts, List<String> numbers) {
        Comparator<Map<String, String>> order =
                Comparator.comparing(row -> column(row, texts.get(0)), Utf8Order.BY_BYTES);
        for (String name : texts.subList(1, texts.size())) {
            order = order.thenComparing(row -> column(row, name), Utf8Order.BY_BYTES);
        }
        for (String name : numbers) {
            order = order.thenComparing(row -> number(column(row, name)));
        }
        List<Map<String, String>> sorted = new ArrayList<>(rows);
        sorted.sort(order);
        return sorted;
    }

    private static BigDecimal number(String text) {
        return text.isEmpty() ? new BigDecimal(BigInteger.ONE.negate()) : new BigDecimal(text);
    }
}
