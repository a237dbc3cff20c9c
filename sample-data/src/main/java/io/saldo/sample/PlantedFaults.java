package io.saldo.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Plants faults into the load of {@link LoadGenerator}: differences between what a live prepaid system did and what it delivered.
 *
 * <p>Two sets of books are made. {@code live} is what the live system knew, charged and booked; its balances are what the naive
 * books make of that. The deliveries beside it are what arrives of it. Without a fault both are the same, but for decoys:
 * records that come twice, cannot be taken or come late, and that the live system treated as it should. A fault is on an account
 * with three charged events or more on its day. It costs the live balance something, or gives it something, that a record or
 * an entry can be named for; except a lost event and a correction by hand, of which nothing arrives.
 */
public final class PlantedFaults {
    /** What is planted. */
    public enum Kind {
        /** A record is logged twice, and charged twice. */
        DUPLICATE,
        /** A record comes again with more output, and both are charged. */
        CONFLICT,
        /** The same, and the second is charged in place of the first. */
        CONFLICT_INSTEAD,
        /** A record without its id is charged. */
        REJECTED,
        /** A record of a key that ran out is charged. */
        HELD,
        /** An event that comes with the next night is never charged. */
        LATE,
        /** A promotion that expired is still spent. */
        EXPIRED,
        /** A top-up is not booked. */
        TOP_UP_MISSING,
        /** A top-up is booked twice. */
        TOP_UP_DOUBLED,
        /** A withdrawal is not booked. */
        WITHDRAWAL_MISSING,
        /** A payment is booked as credit, of which no entry is delivered. */
        TOP_UP_UNKNOWN,
        /** The prices before a change are charged after it. */
        PRICE,
        /** Every charge is rounded to cents. */
        ROUNDING,
        /** An event is not charged that was delivered in time: nobody can tell which. */
        LOST,
        /** Somebody corrected the balance by hand. */
        CORRECTION;

        /** Whether something arrives by which it can be named. */
        public boolean isExplainable() {
            return this != LOST && this != CORRECTION;
        }
    }

    /**
     * A fault.
     *
     * @param tells what names it: the place of a record, the id of an entry or credit; of prices and rounding empty
     */
    public record Fault(String accountId, Kind kind, LocalDate date, String tells) {}

    /**
     * What was planted.
     *
     * @param faults every fault that has an effect
     * @param differences by account, recorded less delivered balance at the end, where they are not equal
     */
    public record Planted(List<Fault> faults, Map<String, BigDecimal> differences) {}

    private static final List<String> CHANGED_MODELS = List.of("gpt-4o", "gpt-4o-mini");
    private static final String CREDIT_COLUMNS = "entry_id,credit_id,account_id,entry,kind,amount,tax_amount,currency,"
            + "booked_at,effective_at,expires_at,priority,payment_reference,payment_method,purchase_invoice,reason,"
            + "scope_provider,scope_model\n";
    private static final int EVENTS_AT_LEAST = 3;

    private final LoadPlan plan;
    private final Random random;
    private final Path live;
    private final List<LocalDate> days = new ArrayList<>();
    private final Map<LocalDate, List<String>> logged = new TreeMap<>();
    private final Map<String, Map<LocalDate, List<String>>> charged = new TreeMap<>();
    private final List<Fault> planted = new ArrayList<>();
    /** By event id, what happens to the record. */
    private final Map<String, Kind> touched = new HashMap<>();

    private final Map<String, Set<Kind>> ofAccount = new HashMap<>();

    private PlantedFaults(LoadPlan plan) {
        this.plan = plan;
        random = new Random(plan.seed());
        live = plan.out().resolve("live");
        for (int day = 0; day < plan.days(); day++) {
            days.add(plan.from().plusDays(day));
        }
    }

    /** Makes the plan's load with so many faults, recorded balances of every night and {@code live}. */
    public static Planted generate(LoadPlan plan, int faults) {
        PlantedFaults planting = new PlantedFaults(plan);
        try {
            LoadGenerator.generate(plan);
            planting.read();
            planting.choose(faults);
            planting.configure();
            planting.writeUsage();
            planting.writeCredits();
            planting.writeBalances();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return planting.planted(
                NaiveBooks.read(plan.out().resolve("deliveries"), plan.out().resolve("config")));
    }

    /** The faults, and what differs at the end. */
    private Planted planted(NaiveBooks ours) {
        // A promotion that was spent before it expired leaves nothing to be spent after.
        planted.removeIf(fault -> fault.kind() == Kind.EXPIRED
                && ours.expiredBefore(fault.accountId(), fault.accountId() + "-promo", Instant.MAX)
                                .signum()
                        == 0);
        LocalDate last = days.get(days.size() - 1);
        Map<String, BigDecimal> differences = new TreeMap<>();
        for (Map<String, String> row : CsvText.table(balances(plan.out(), last))) {
            String account = row.getOrDefault("account_id", "");
            BigDecimal difference = new BigDecimal(row.getOrDefault("balance", ""))
                    .subtract(ours.balanceAt(account, start(last.plusDays(1))));
            if (difference.signum() != 0) {
                differences.put(account, difference);
            }
        }
        return new Planted(List.copyOf(planted), differences);
    }

    private void read() throws IOException {
        for (LocalDate day : days) {
            List<String> lines = Files.readAllLines(usage(plan.out(), day), StandardCharsets.UTF_8);
            logged.put(day, lines);
            for (String line : lines.subList(1, lines.size())) {
                String[] fields = line.split(",", -1);
                if (fields[8].equals("ok")) {
                    charged.computeIfAbsent(fields[2], account -> new HashMap<>())
                            .computeIfAbsent(day, date -> new ArrayList<>())
                            .add(line);
                }
            }
        }
    }

    // ---- which faults ----

    private void choose(int faults) {
        List<String> accounts =
                charged.keySet().stream().filter(this::isPrepaid).toList();
        List<String> faulty = new ArrayList<>();
        int chosen = 0;
        while (chosen < faults) {
            // One of eight comes to an account that has one already.
            boolean again = !faulty.isEmpty() && random.nextInt(8) == 0;
            String account =
                    again ? faulty.get(random.nextInt(faulty.size())) : accounts.get(random.nextInt(accounts.size()));
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            LocalDate day = kind == Kind.EXPIRED ? expiryDay() : days.get(random.nextInt(days.size()));
            List<String> events = charged.getOrDefault(account, Map.of()).getOrDefault(day, List.of());
            boolean possible = events.size() >= EVENTS_AT_LEAST
                    && !(kind == Kind.LATE && day.equals(days.get(days.size() - 1)))
                    && (again || !ofAccount.containsKey(account))
                    && (kind != Kind.PRICE || usesChangedPrices(account));
            Set<Kind> kinds = ofAccount.getOrDefault(account, Set.of());
            // Where each charge is rounded, a small one that is missing or twice makes no difference.
            possible &= kinds.isEmpty() || (kind != Kind.ROUNDING && !kinds.contains(Kind.ROUNDING));
            if (possible && !kinds.contains(kind) && plant(account, kind, day, events)) {
                ofAccount.computeIfAbsent(account, id -> new HashSet<>()).add(kind);
                faulty.add(account);
                chosen++;
            }
        }
    }

    private boolean plant(String account, Kind kind, LocalDate day, List<String> events) {
        switch (kind) {
            case DUPLICATE, CONFLICT, CONFLICT_INSTEAD, REJECTED, HELD, LATE, LOST -> {
                String id = field(events.get(random.nextInt(events.size())), 0);
                if (touched.putIfAbsent(id, kind) != null) {
                    return false;
                }
                if (kind == Kind.LOST) {
                    planted.add(new Fault(account, kind, day, ""));
                }
            }
            default ->
                planted.add(new Fault(
                        account,
                        kind,
                        day,
                        switch (kind) {
                            case EXPIRED -> "credit " + account + "-promo expired with ";
                            case TOP_UP_MISSING -> "entry X-MISSING-" + day + ", ";
                            case TOP_UP_DOUBLED -> "entry X-DOUBLED-" + day + ", ";
                            case WITHDRAWAL_MISSING -> "entry X-WITHDRAWAL-" + day + ", ";
                            case TOP_UP_UNKNOWN -> "payment pay-" + account + "-" + day + " ";
                            default -> "";
                        }));
        }
        return true;
    }

    private boolean isPrepaid(String account) {
        return (Integer.parseInt(account.substring(4)) - 1) % 10 != 9;
    }

    /** Whether an event of the last day is of a model whose price changes: then the fault is seen. */
    private boolean usesChangedPrices(String account) {
        return charged.getOrDefault(account, Map.of()).getOrDefault(days.get(days.size() - 1), List.of()).stream()
                .anyMatch(line ->
                        field(line, 6).contains("gpt-4o") || field(line, 6).contains("gpt4o"));
    }

    private LocalDate expiryDay() {
        return days.get(days.size() / 2);
    }

    // ---- configuration ----

    private void configure() throws IOException {
        Path config = plan.out().resolve("config");
        Files.writeString(config.resolve("sources/balances.yml"), "profile: balances\nformat: csv\n");
        Files.writeString(config.resolve("sources/payments.yml"), "profile: payments\nformat: csv\n");
        StringBuilder rows = new StringBuilder("api_key_id,account_id,effective_from,effective_to\n");
        charged.keySet().forEach(account -> rows.append("key-" + account + "," + account + ",," + plan.from() + "\n"));
        Files.writeString(config.resolve("account-keys.csv"), rows);
        copy(config, live.resolve("config"));
        List<String> before = Files.readAllLines(config.resolve("prices/standard-usd.csv"));
        List<String> after = new ArrayList<>(List.of(before.get(0)));
        List<String> old = new ArrayList<>(List.of(before.get(0)));
        String change = days.get(1) + "T08:00:00Z";
        for (String row : before.subList(1, before.size())) {
            String[] fields = row.split(",", -1);
            old.add(row.replaceFirst("standard-usd", "old"));
            if (CHANGED_MODELS.contains(fields[2])) {
                String[] next = fields.clone();
                fields[8] = change;
                next[5] =
                        new BigDecimal(next[5]).multiply(new BigDecimal("0.83")).toPlainString();
                next[7] = change;
                after.add(String.join(",", next));
            }
            after.add(String.join(",", fields));
        }
        Files.write(config.resolve("prices/standard-usd.csv"), after);
        Files.write(live.resolve("config/prices/standard-usd.csv"), after);
        Files.write(live.resolve("config/prices/old.csv"), old);
        Files.writeString(
                live.resolve("config/price-books.csv"),
                Files.readString(config.resolve("price-books.csv")) + "old,,USD,before the change\n");
        Set<String> unchanged = accountsWith(Kind.PRICE);
        Files.write(
                live.resolve("config/terms.csv"),
                Files.readAllLines(config.resolve("terms.csv")).stream()
                        .map(row -> unchanged.contains(field(row, 0)) ? row.replace("standard-usd", "old") : row)
                        .toList());
    }

    private Set<String> accountsWith(Kind kind) {
        Set<String> accounts = new TreeSet<>();
        ofAccount.forEach((account, kinds) -> {
            if (kinds.contains(kind)) {
                accounts.add(account);
            }
        });
        return accounts;
    }

    // ---- usage ----

    private void writeUsage() throws IOException {
        List<String> delayed = new ArrayList<>();
        for (LocalDate day : days) {
            List<String> all = logged.getOrDefault(day, List.of());
            Log log = new Log(day, all.get(0));
            delayed.forEach(line -> log.late(line));
            delayed.clear();
            for (String line : all.subList(1, all.size())) {
                Kind kind = touched.get(field(line, 0));
                if (kind == null) {
                    decoy(line, log, delayed);
                } else if (kind == Kind.LATE) {
                    delayed.add(line);
                } else {
                    log.faulty(line, kind);
                }
            }
            Files.write(usage(plan.out(), day), log.delivered);
            Path file = usage(live, day);
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, log.charged);
        }
    }

    /** Records that the live system treated as it should: once, and in their own time. */
    private void decoy(String line, Log log, List<String> delayed) {
        int draw = random.nextInt(400);
        if (draw == 0 && !log.day.equals(days.get(days.size() - 1))) {
            delayed.add("decoy" + line);
            log.charged.add(line);
            return;
        }
        log.both(line);
        if (draw <= 4) {
            log.delivered.add(line);
        } else if (draw <= 6) {
            log.delivered.add(with(line, 0, ""));
        } else if (draw == 7) {
            log.delivered.add(with(line, 9, "12.5"));
        } else if (draw == 8 && isPrepaid(field(line, 2))) {
            log.delivered.add(with(with(with(line, 0, "k" + field(line, 0)), 2, ""), 4, "key-" + field(line, 2)));
        }
    }

    /** What a day delivers, and what it was charged for. */
    private final class Log {
        private final LocalDate day;
        private final List<String> delivered = new ArrayList<>();
        private final List<String> charged = new ArrayList<>();

        Log(LocalDate day, String header) {
            this.day = day;
            delivered.add(header);
            charged.add(header);
        }

        void both(String line) {
            delivered.add(line);
            charged.add(line);
        }

        /** Comes with this day, and is of the one before; a decoy was charged then, a fault never. */
        void late(String line) {
            if (line.startsWith("decoy")) {
                delivered.add(line.substring("decoy".length()));
            } else {
                delivered.add(line);
                planted.add(new Fault(
                        field(line, 2),
                        Kind.LATE,
                        LocalDate.parse(field(line, 1).substring(0, 10)),
                        "late event " + place() + " of night " + day));
            }
        }

        void faulty(String line, Kind kind) {
            String again = with(line, 0, "again" + field(line, 0));
            String more = with(line, 12, Integer.toString(Integer.parseInt(field(line, 12)) + 1 + random.nextInt(900)));
            String tells = "";
            switch (kind) {
                case DUPLICATE -> {
                    both(line);
                    delivered.add(line);
                    charged.add(again);
                    tells = "duplicate " + place();
                }
                case CONFLICT -> {
                    both(line);
                    delivered.add(more);
                    charged.add(with(more, 0, "again" + field(line, 0)));
                    tells = "contradicting record " + place();
                }
                case CONFLICT_INSTEAD -> {
                    delivered.add(line);
                    delivered.add(more);
                    charged.add(more);
                    tells = "contradicting record " + place() + " in place of what stands";
                }
                case REJECTED -> {
                    delivered.add(with(line, 0, ""));
                    charged.add(line);
                    tells = "rejected record " + place() + " (USG-005)";
                }
                case HELD -> {
                    delivered.add(with(with(line, 2, ""), 4, "key-" + field(line, 2)));
                    charged.add(line);
                    tells = "held record " + place();
                }
                case LOST -> delivered.add(line);
                default -> throw new IllegalStateException(kind + " is of no record");
            }
            if (kind != Kind.LOST) {
                planted.add(new Fault(field(line, 2), kind, day, tells));
            }
        }

        /** Where the record is that was delivered last. */
        private String place() {
            return "usage/usage-" + day + ".csv:" + delivered.size();
        }
    }

    // ---- credit, payments, balances ----

    private void writeCredits() throws IOException {
        StringBuilder ours = new StringBuilder(CREDIT_COLUMNS);
        StringBuilder theirs = new StringBuilder(CREDIT_COLUMNS);
        Set<String> unexpired = accountsWith(Kind.EXPIRED);
        for (String account : charged.keySet()) {
            if (isPrepaid(account)) {
                both(ours, theirs, grant("E-1", account + "-credit", account, "5000", plan.from() + "T00:00:00Z", ""));
                String promo = "," + amount(300, 60_000) + ",0,USD," + plan.from() + "T00:00:00Z,,";
                String start = "E-2," + account + "-promo," + account + ",grant,promo" + promo;
                // Spent last, so that what was charged otherwise before does not expire with it.
                ours.append(start).append(expiryDay()).append("T12:00:00Z,90,,,,,,\n");
                theirs.append(start)
                        .append(unexpired.contains(account) ? "" : expiryDay() + "T12:00:00Z")
                        .append(",90,,,,,,\n");
            }
        }
        Map<LocalDate, StringBuilder> oursByDay = new HashMap<>(Map.of(days.get(0), ours));
        Map<LocalDate, StringBuilder> theirsByDay = new HashMap<>(Map.of(days.get(0), theirs));
        StringBuilder payments = new StringBuilder("payment_id,processor,method,account_id,reference,status,amount,fee,"
                + "currency,created_at,settled_at,decline_code,parent_payment_id\n");
        for (LocalDate day : days) {
            StringBuilder here = oursByDay.computeIfAbsent(day, each -> new StringBuilder(CREDIT_COLUMNS));
            StringBuilder there = theirsByDay.computeIfAbsent(day, each -> new StringBuilder(CREDIT_COLUMNS));
            for (String account : charged.keySet()) {
                if (isPrepaid(account) && random.nextInt(25) == 0) {
                    String topUp = String.valueOf(List.of(10, 20, 25, 50, 100).get(random.nextInt(5)));
                    both(here, there, grant("T-" + day, account + "-top-" + day, account, topUp, noon(day), ""));
                }
            }
            for (Fault fault : planted) {
                if (fault.date().equals(day)) {
                    creditFault(fault, here, there, payments);
                }
            }
            write(plan.out(), day, here);
            write(live, day, there);
        }
        Path file = plan.out().resolve("deliveries/" + days.get(days.size() - 1) + "/payments/payments.csv");
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
            case CORRECTION ->
                there.append(
                        grant("X-CORRECTION-" + day, credit + "-c", account, amount(1, 9_999) + "7", noon(day), ""));
            default -> {}
        }
    }

    private void writeBalances() throws IOException {
        NaiveBooks books = NaiveBooks.read(live.resolve("deliveries"), live.resolve("config"));
        Map<String, BigDecimal> rounded = new HashMap<>();
        NaivePrices prices = new NaivePrices(live.resolve("config"), ZoneOffset.UTC);
        Set<String> rounding = accountsWith(Kind.ROUNDING);
        Set<String> old = accountsWith(Kind.PRICE);
        for (LocalDate day : days) {
            for (Map<String, String> event : CsvText.table(usage(live, day))) {
                String account = event.getOrDefault("account_id", "");
                if (rounding.contains(account) && "ok".equals(event.get("status"))) {
                    BigDecimal charge = charge(prices, old.contains(account) ? "old" : "standard-usd", event);
                    rounded.merge(account, charge.subtract(charge.setScale(2, RoundingMode.HALF_UP)), BigDecimal::add);
                }
            }
            Instant end = start(day.plusDays(1));
            StringBuilder rows = new StringBuilder("account_id,as_of,balance,currency\n");
            for (String account : books.prepaidAccountsAt(end)) {
                if (charged.containsKey(account)) {
                    BigDecimal balance =
                            books.balanceAt(account, end).add(rounded.getOrDefault(account, BigDecimal.ZERO));
                    rows.append(account + "," + end + "," + balance.toPlainString() + ",USD\n");
                }
            }
            Path file = balances(plan.out(), day);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, rows);
        }
    }

    private static BigDecimal charge(NaivePrices prices, String book, Map<String, String> event) {
        String provider = event.getOrDefault("provider", "");
        String model = prices.model(provider, event.getOrDefault("model", ""));
        Instant at = Instant.parse(event.getOrDefault("occurred_at", ""));
        BigInteger cached = new BigInteger("0" + event.getOrDefault("cached_input_tokens", ""));
        Map<String, BigInteger> quantities = Map.of(
                "input",
                new BigInteger("0" + event.getOrDefault("input_tokens", "")).subtract(cached),
                "cached_input",
                cached,
                "output",
                new BigInteger("0" + event.getOrDefault("output_tokens", "")));
        BigDecimal charge = BigDecimal.ZERO;
        for (Map.Entry<String, BigInteger> each : quantities.entrySet()) {
            if (each.getValue().signum() > 0) {
                NaivePrices.Price price = prices.price(book, provider, model, "standard", each.getKey(), at)
                        .orElseThrow();
                charge = charge.add(price.unitPrice()
                        .multiply(new BigDecimal(each.getValue()))
                        .divide(price.perUnits(), 30, RoundingMode.UNNECESSARY));
            }
        }
        return charge;
    }

    // ---- text ----

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
        int cents = fromCents + random.nextInt(toCents - fromCents);
        return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }

    private static String noon(LocalDate day) {
        return day + "T12:00:00Z";
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String field(String line, int index) {
        return line.split(",", -1)[index];
    }

    private static String with(String line, int index, String value) {
        String[] fields = line.split(",", -1);
        fields[index] = value;
        return String.join(",", fields);
    }

    private static Path usage(Path out, LocalDate day) {
        return out.resolve("deliveries/" + day + "/usage/usage-" + day + ".csv");
    }

    private static Path balances(Path out, LocalDate day) {
        return out.resolve("deliveries/" + day + "/balances/balances-" + day + ".csv");
    }

    private static void write(Path out, LocalDate day, StringBuilder credits) throws IOException {
        Path file = out.resolve("deliveries/" + day + "/billing-credits/credits-" + day + ".csv");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, credits);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
