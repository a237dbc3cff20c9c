package io.saldo.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
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
        /** A promotion is taken for expired that is not. */
        EXPIRED_EARLY,
        /** A top-up is not booked. */
        TOP_UP_MISSING,
        /** A top-up is booked twice. */
        TOP_UP_DOUBLED,
        /** A withdrawal is not booked. */
        WITHDRAWAL_MISSING,
        /** A payment is booked as credit, of which no entry is delivered. */
        TOP_UP_UNKNOWN,
        /** A top-up is booked whose entry is delivered with a priority that there is not. */
        ENTRY_REJECTED,
        /** A withdrawal is booked whose entry is delivered with a credit that there is not. */
        ENTRY_HELD,
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
    private static final int EVENTS_AT_LEAST = 3;

    final LoadPlan plan;
    final Random random;
    final Path live;
    final List<LocalDate> days = new ArrayList<>();
    final Map<LocalDate, List<String>> logged = new TreeMap<>();
    final Map<String, Map<LocalDate, List<String>>> charged = new TreeMap<>();
    final List<Fault> planted = new ArrayList<>();
    /** By event id, what happens to the record. */
    final Map<String, Kind> touched = new HashMap<>();

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
            new FaultyUsage(planting).write();
            new FaultyCredit(planting).write();
            new LiveBalances(planting).write();
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
            LocalDate day = kind == Kind.EXPIRED || kind == Kind.EXPIRED_EARLY
                    ? expiryDay()
                    : days.get(random.nextInt(days.size()));
            List<String> events = charged.getOrDefault(account, Map.of()).getOrDefault(day, List.of());
            boolean possible = events.size() >= EVENTS_AT_LEAST
                    && !(kind == Kind.LATE && day.equals(days.get(days.size() - 1)))
                    && (again || !ofAccount.containsKey(account))
                    && (kind != Kind.PRICE || usesChangedPrices(account));
            Set<Kind> kinds = ofAccount.getOrDefault(account, Set.of());
            // Where each charge is rounded, a small one that is missing or twice makes no difference.
            possible &= kinds.isEmpty() || (kind != Kind.ROUNDING && !kinds.contains(Kind.ROUNDING));
            possible &= !(kind == Kind.EXPIRED && kinds.contains(Kind.EXPIRED_EARLY))
                    && !(kind == Kind.EXPIRED_EARLY && kinds.contains(Kind.EXPIRED));
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
                            case EXPIRED_EARLY -> "credit " + account + "-promo with ";
                            case ENTRY_REJECTED -> "rejected entry X-REJECTED-" + day + " at ";
                            case ENTRY_HELD -> "held entry X-HELD-" + day + " at ";
                            case TOP_UP_MISSING -> "entry X-MISSING-" + day + ", ";
                            case TOP_UP_DOUBLED -> "entry X-DOUBLED-" + day + ", ";
                            case WITHDRAWAL_MISSING -> "entry X-WITHDRAWAL-" + day + ", ";
                            case TOP_UP_UNKNOWN -> "payment pay-" + account + "-" + day + " ";
                            default -> "";
                        }));
        }
        return true;
    }

    boolean isPrepaid(String account) {
        return (Integer.parseInt(account.substring(4)) - 1) % 10 != 9;
    }

    /** Whether an event of the last day is of a model whose price changes: then the fault is seen. */
    private boolean usesChangedPrices(String account) {
        return charged.getOrDefault(account, Map.of()).getOrDefault(days.get(days.size() - 1), List.of()).stream()
                .anyMatch(line ->
                        field(line, 6).contains("gpt-4o") || field(line, 6).contains("gpt4o"));
    }

    LocalDate expiryDay() {
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
        List<String> before = new ArrayList<>();
        for (String row : Files.readAllLines(config.resolve("prices/standard-usd.csv"))) {
            before.addAll(tiers(row));
        }
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

    /** A row of the price list, or the tiers that stand in its place: low ends, so that most accounts pass some of them. */
    private static List<String> tiers(String row) {
        String price = field(row, 5);
        return switch (field(row, 2) + " " + field(row, 4)) {
            case "gpt-4o-mini input" ->
                field(row, 3).isEmpty()
                        ? List.of(
                                tier(row, "graduated", price, "3000", ""),
                                tier(row, "graduated", price + "7", "9001", "0.013"),
                                tier(row, "graduated", "0.11", "", "0.002"))
                        : List.of(row);
            case "o4-mini output" ->
                List.of(
                        tier(row, "graduated", price, "1500", "0.05"),
                        tier(row, "graduated", "3.3", "20000", ""),
                        tier(row, "graduated", "2.9", "", ""));
            case "gpt-4.1 output" -> List.of(with(with(tier(row, "package", "0.0043", "", ""), 6, ""), 13, "500"));
            default -> List.of(row);
        };
    }

    private static String tier(String row, String mode, String price, String upTo, String fee) {
        return with(with(with(with(row, 5, price), 10, mode), 11, upTo), 12, fee);
    }

    Set<String> accountsWith(Kind kind) {
        Set<String> accounts = new TreeSet<>();
        ofAccount.forEach((account, kinds) -> {
            if (kinds.contains(kind)) {
                accounts.add(account);
            }
        });
        return accounts;
    }

    // ---- text ----

    static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static String field(String line, int index) {
        return line.split(",", -1)[index];
    }

    static String with(String line, int index, String value) {
        String[] fields = line.split(",", -1);
        fields[index] = value;
        return String.join(",", fields);
    }

    static Path usage(Path out, LocalDate day) {
        return out.resolve("deliveries/" + day + "/usage/usage-" + day + ".csv");
    }

    static Path balances(Path out, LocalDate day) {
        return out.resolve("deliveries/" + day + "/balances/balances-" + day + ".csv");
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
