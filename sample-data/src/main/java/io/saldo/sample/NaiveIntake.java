package io.saldo.sample;

import io.saldo.sample.NaiveRecords.Raw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes raw deliveries, by night, source, file and line, and puts each record in exactly one place. Only plain CSV and
 * JSONL, and only event-id identity: that is all the sample uses.
 */
final class NaiveIntake {

    static final List<String> METERS =
            List.of("input", "cached_input", "cache_write", "output", "audio_input", "audio_output", "unit", "request");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d+(\\.0+)?");
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** An accepted event, its quantities disjoint, by meter. */
    record Event(
            String namespace,
            String eventId,
            Instant occurredAt,
            String account,
            String provider,
            String model,
            String serviceTier,
            boolean billable,
            Map<String, BigInteger> quantities) {}

    /** Something the intake itself must report. */
    record Finding(String code, String account, String subject, String period) {}

    private final Path config;
    private final ZoneId billingZone;
    private final int horizonDays;
    private final Set<String> accounts = new HashSet<>();
    private final List<Map<String, String>> keys;
    private final Set<String> hashes = new HashSet<>();
    private final Map<String, String> identities = new HashMap<>();
    private final Map<String, String> entryIdentities = new HashMap<>();
    private final Map<String, String> accountOfIdentity = new HashMap<>();

    final List<Event> events = new ArrayList<>();
    final List<Map<String, String>> creditEntries = new ArrayList<>();
    final List<Map<String, String>> recordedBalances = new ArrayList<>();
    final List<Map<String, String>> payments = new ArrayList<>();
    final List<Map<String, String>> deliveries = new ArrayList<>();
    final Set<Finding> findings = new LinkedHashSet<>();

    NaiveIntake(Path config, ZoneId billingZone, int horizonDays) {
        this.config = config;
        this.billingZone = billingZone;
        this.horizonDays = horizonDays;
        this.keys = Files.exists(config.resolve("account-keys.csv"))
                ? CsvText.table(config.resolve("account-keys.csv"))
                : List.of();
        for (Map<String, String> row : CsvText.table(config.resolve("accounts.csv"))) {
            accounts.add(column(row, "account_id"));
        }
    }

    void takeAll(Path deliveriesFolder, LocalDate lastNight) {
        for (Path night : children(deliveriesFolder)) {
            LocalDate businessDate = LocalDate.parse(name(night));
            if (businessDate.isAfter(lastNight)) {
                continue;
            }
            for (Path source : children(night)) {
                for (Path file : children(source)) {
                    take(businessDate, name(source), file);
                }
            }
        }
    }

    private void take(LocalDate night, String source, Path file) {
        byte[] bytes = CsvText.bytes(file);
        String hash = sha256(bytes);
        if (!hashes.add(hash)) {
            return;
        }
        PlainYaml settings = PlainYaml.read(config.resolve("sources").resolve(source + ".yml"));
        String profile = settings.text("profile", "saldo");
        Map<String, Long> counts = new HashMap<>();
        BigInteger inputTokens = BigInteger.ZERO;
        BigInteger outputTokens = BigInteger.ZERO;
        for (Raw raw : NaiveRecords.read(bytes, settings)) {
            String place =
                    switch (profile) {
                        case "saldo" -> takeUsage(raw, night, source, name(file), settings);
                        case "credits" -> takeCredit(raw);
                        case "balances" -> takeInto(recordedBalances, raw);
                        case "payments" -> takeInto(payments, raw);
                        default -> throw new IllegalArgumentException("unknown profile " + profile);
                    };
            counts.merge(place, 1L, Long::sum);
            counts.merge("records", 1L, Long::sum);
            if (place.equals("not_billable")) {
                counts.merge("accepted", 1L, Long::sum);
            }
            if (profile.equals("saldo") && !place.equals("rejected")) {
                inputTokens = inputTokens.add(
                        quantity(column(raw.columns(), "input_tokens")).orElseThrow());
                outputTokens = outputTokens.add(
                        quantity(column(raw.columns(), "output_tokens")).orElseThrow());
            }
        }
        if (profile.equals("saldo") && counts.getOrDefault("duplicate", 0L) > 0) {
            findings.add(new Finding("USAGE_DUPLICATE", "", source + "/" + name(file), night.toString()));
        }
        Map<String, String> row = new LinkedHashMap<>();
        row.put("source", source);
        row.put("file_name", name(file));
        row.put("sha256", hash);
        row.put("night", night.toString());
        for (String place :
                List.of("records", "accepted", "duplicate", "conflict", "rejected", "held", "not_billable")) {
            row.put(place, Long.toString(counts.getOrDefault(place, 0L)));
        }
        row.put("input_tokens", inputTokens.toString());
        row.put("output_tokens", outputTokens.toString());
        deliveries.add(row);
    }

    private static String takeInto(List<Map<String, String>> rows, Raw raw) {
        if (!raw.problem().isEmpty()) {
            throw new IllegalArgumentException("a balance or payment that cannot be read: " + raw);
        }
        rows.add(raw.columns());
        return "accepted";
    }

    private String takeCredit(Raw raw) {
        if (!raw.problem().isEmpty()) {
            throw new IllegalArgumentException("a credit entry that cannot be read: " + raw);
        }
        Map<String, String> entry = raw.columns();
        if (!accounts.contains(column(entry, "account_id"))) {
            return "held";
        }
        if (!column(entry, "priority").isEmpty() && Integer.parseInt(column(entry, "priority")) > 100) {
            return "rejected";
        }
        String identity = column(entry, "account_id") + "\u001F" + column(entry, "entry_id");
        String known = entryIdentities.putIfAbsent(identity, entry.toString());
        if (known != null) {
            return known.equals(entry.toString()) ? "duplicate" : "conflict";
        }
        creditEntries.add(entry);
        return "accepted";
    }

    private String takeUsage(Raw raw, LocalDate night, String source, String file, PlainYaml settings) {
        String problem = raw.problem().isEmpty() ? problem(raw.columns(), night, settings) : raw.problem();
        if (!problem.isEmpty()) {
            findings.add(new Finding("RECORDS_REJECTED", "", source + "/" + file + "#" + problem, night.toString()));
            return "rejected";
        }
        Map<String, String> columns = raw.columns();
        Instant occurredAt = instant(columns, settings).orElseThrow();
        String logged =
                column(columns, "account_id").isEmpty() ? column(columns, "api_key_id") : column(columns, "account_id");
        Optional<String> account = account(columns, occurredAt);
        if (account.isEmpty()) {
            String month = YearMonth.from(occurredAt.atZone(billingZone)).toString();
            findings.add(new Finding("RECORDS_HELD", "", logged, month));
            return "held";
        }
        String namespace = settings.text("namespace", source);
        String identity = namespace + "/" + column(columns, "event_id");
        String content = content(columns, occurredAt);
        String known = identities.putIfAbsent(identity, content);
        if (known != null && known.equals(content)) {
            return "duplicate";
        }
        if (known != null) {
            String month = YearMonth.from(occurredAt.atZone(billingZone)).toString();
            findings.add(new Finding("USAGE_CONFLICT", accountOfIdentity.getOrDefault(identity, ""), identity, month));
            return "conflict";
        }
        accountOfIdentity.put(identity, account.get());
        List<String> billableStatuses = settings.list("billable-statuses");
        String status = column(columns, "status");
        boolean billable = billableStatuses.isEmpty() || status.isEmpty() || billableStatuses.contains(status);
        String tier = column(columns, "service_tier");
        events.add(new Event(
                namespace,
                column(columns, "event_id"),
                occurredAt,
                account.get(),
                column(columns, "provider"),
                column(columns, "model"),
                tier.isEmpty() ? "standard" : tier,
                billable,
                disjoint(columns, inclusive(settings))));
        return billable ? "accepted" : "not_billable";
    }

    /** The checks in the contract's order; the first that fails names the record. */
    private String problem(Map<String, String> columns, LocalDate night, PlainYaml settings) {
        for (String required : List.of("event_id", "occurred_at", "provider", "model")) {
            if (column(columns, required).isEmpty()) {
                return "USG-005";
            }
        }
        if (column(columns, "account_id").isEmpty()
                && column(columns, "api_key_id").isEmpty()) {
            return "USG-005";
        }
        Optional<Instant> occurredAt = instant(columns, settings);
        if (occurredAt.isEmpty()) {
            return "USG-004";
        }
        LocalDate tomorrow = night.plusDays(1);
        Instant end = tomorrow.atStartOfDay(billingZone).toInstant();
        if (occurredAt.get().isAfter(end.plus(Duration.ofHours(1)))) {
            return "USG-007";
        }
        if (occurredAt
                .get()
                .isBefore(tomorrow.minusDays(horizonDays)
                        .atStartOfDay(billingZone)
                        .toInstant())) {
            return "USG-008";
        }
        for (String quantity : NaiveRecords.QUANTITIES) {
            if (quantity(column(columns, quantity)).isEmpty()) {
                return "USG-003";
            }
        }
        for (BigInteger part : disjoint(columns, inclusive(settings)).values()) {
            if (part.signum() < 0) {
                return "USG-006";
            }
        }
        return "";
    }

    private Optional<String> account(Map<String, String> columns, Instant occurredAt) {
        String account = column(columns, "account_id");
        if (!account.isEmpty()) {
            return accounts.contains(account) ? Optional.of(account) : Optional.empty();
        }
        for (Map<String, String> key : keys) {
            boolean valid = column(key, "api_key_id").equals(column(columns, "api_key_id"))
                    && !occurredAt.isBefore(Instants.bound(column(key, "effective_from"), billingZone, Instant.MIN))
                    && occurredAt.isBefore(Instants.bound(column(key, "effective_to"), billingZone, Instant.MAX));
            if (valid && accounts.contains(column(key, "account_id"))) {
                return Optional.of(column(key, "account_id"));
            }
        }
        return Optional.empty();
    }

    private static boolean inclusive(PlainYaml settings) {
        return settings.text("token-semantics", "inclusive").equals("inclusive");
    }

    private static Map<String, BigInteger> disjoint(Map<String, String> columns, boolean inclusive) {
        Map<String, BigInteger> logged = new HashMap<>();
        for (String name : NaiveRecords.QUANTITIES) {
            logged.put(name, quantity(column(columns, name)).orElseThrow());
        }
        BigInteger requests = column(columns, "requests").isEmpty() ? BigInteger.ONE : value(logged, "requests");
        BigInteger input = value(logged, "input_tokens");
        BigInteger cachedInput = value(logged, "cached_input_tokens");
        BigInteger cacheWrite = value(logged, "cache_write_tokens");
        BigInteger output = value(logged, "output_tokens");
        BigInteger audioInput = value(logged, "audio_input_tokens");
        BigInteger audioOutput = value(logged, "audio_output_tokens");
        Map<String, BigInteger> meters = new LinkedHashMap<>();
        meters.put(
                "input",
                inclusive ? input.subtract(cachedInput).subtract(cacheWrite).subtract(audioInput) : input);
        meters.put("cached_input", cachedInput);
        meters.put("cache_write", cacheWrite);
        meters.put("output", inclusive ? output.subtract(audioOutput) : output);
        meters.put("audio_input", audioInput);
        meters.put("audio_output", audioOutput);
        meters.put("unit", value(logged, "units"));
        meters.put("request", requests);
        return meters;
    }

    private static BigInteger value(Map<String, BigInteger> quantities, String name) {
        return quantities.getOrDefault(name, BigInteger.ZERO);
    }

    private String content(Map<String, String> columns, Instant occurredAt) {
        StringBuilder content = new StringBuilder();
        for (String name : NaiveRecords.TEXTS) {
            content.append(name.equals("occurred_at") ? occurredAt.toString() : column(columns, name))
                    .append('\u001F');
        }
        for (String name : NaiveRecords.QUANTITIES) {
            String text = column(columns, name);
            boolean oneRequest = name.equals("requests") && text.isEmpty();
            content.append(oneRequest ? BigInteger.ONE : quantity(text).orElseThrow())
                    .append('\u001F');
        }
        return content.toString();
    }

    private static Optional<BigInteger> quantity(String text) {
        if (text.isEmpty()) {
            return Optional.of(BigInteger.ZERO);
        }
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        BigInteger quantity = new BigDecimal(text).toBigIntegerExact();
        return quantity.compareTo(MOST) > 0 ? Optional.empty() : Optional.of(quantity);
    }

    private static Optional<Instant> instant(Map<String, String> columns, PlainYaml settings) {
        String zone = settings.text("zone", "");
        return Instants.logged(
                column(columns, "occurred_at"), zone.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(zone)));
    }

    static String column(Map<String, String> row, String name) {
        return row.getOrDefault(name, "");
    }

    static List<Path> children(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted((left, right) -> Utf8Order.BY_BYTES.compare(name(left), name(right)))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String name(Path path) {
        Path fileName = path.getFileName();
        return fileName == null ? "" : fileName.toString();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
