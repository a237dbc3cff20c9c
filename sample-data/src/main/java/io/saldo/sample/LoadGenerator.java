package io.saldo.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes load: canonical deliveries of any size, with the configuration to run them, from a seed.
 *
 * <p>Accounts have a heavy tail (the n-th sends 1/n of the first's requests), days a working week, hours a working
 * day, and token counts the traces' quantiles. Prepaid accounts get promo and adjustment credit on the first day, which
 * needs no payments; there are no payments and no balances to reconcile, so a correct system finds no break.
 *
 * <p>Memory depends on the number of accounts only. A day is a function of the plan and its own number, so days may be
 * written at the same time and still come out the same.
 */
public final class LoadGenerator {

    private static final String SOURCE = "usage";
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final int[] WEEKDAY_WEIGHTS = {100, 108, 110, 107, 95, 45, 40};
    private static final int[] HOUR_WEIGHTS = {
        12, 9, 7, 6, 6, 9, 18, 38, 70, 95, 104, 100, 82, 92, 105, 103, 96, 82, 62, 52, 46, 38, 28, 18
    };
    private static final String CSV_HEADER = "event_id,occurred_at,account_id,project_id,api_key_id,provider,model,"
            + "service_tier,status,input_tokens,cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens,"
            + "audio_input_tokens,audio_output_tokens,units,requests\n";

    /** Provider, model as logged, and the service whose token counts it has (0 code, 1 conversation, 2 retrieval). */
    private record Model(String provider, String name, int service) {}

    private static final List<Model> MODELS = List.of(
            new Model("openai", "gpt-4o-2024-08-06", 2),
            new Model("openai", "gpt-4o-mini", 2),
            new Model("openai", "gpt-4.1", 1),
            new Model("openai", "o4-mini", 0),
            new Model("azure", "code-o4mini-swc", 0),
            new Model("azure", "chat-gpt4o-weu", 1),
            new Model("azure", "chat-gpt35-eus", 1),
            new Model("azure", "chat-gpt4o-mini-swc", 1));

    private final LoadPlan plan;
    private final boolean csv;
    private final long[] cumulativeWeights;
    private final int[] firstAccountOfBucket;
    private final byte[][] accountIds;
    private final byte[][] beforeModel;
    private final int[][] quantiles = TokenQuantiles.load();

    private LoadGenerator(LoadPlan plan) {
        this.plan = plan;
        this.csv = plan.format().equals("csv");
        this.cumulativeWeights = new long[plan.accounts()];
        this.accountIds = new byte[plan.accounts()][];
        long sum = 0;
        for (int account = 0; account < plan.accounts(); account++) {
            sum += weight(account);
            cumulativeWeights[account] = sum;
            accountIds[account] = ascii(accountId(account));
        }
        this.firstAccountOfBucket = new int[BUCKETS + 1];
        for (int bucket = 0; bucket <= BUCKETS; bucket++) {
            firstAccountOfBucket[bucket] = accountAbove(boundary(bucket), 0, plan.accounts() - 1);
        }
        this.beforeModel = new byte[MODELS.size()][];
        for (int model = 0; model < MODELS.size(); model++) {
            String provider = MODELS.get(model).provider();
            String name = MODELS.get(model).name();
            beforeModel[model] = ascii(
                    csv
                            ? ",,," + provider + "," + name + ",,"
                            : "\",\"provider\":\"" + provider + "\",\"model\":\"" + name + "\",\"status\":\"");
        }
    }

    /** See {@link LoadPlan} for the options. */
    public static void main(String[] arguments) throws Exception {
        LoadPlan.OPTIONS.start(arguments, given -> generate(LoadPlan.of(given)));
    }

    /** Writes the plan's configuration and deliveries; files that are there already are replaced. */
    public static void generate(LoadPlan plan) {
        LoadGenerator generator = new LoadGenerator(plan);
        try {
            generator.writeConfiguration();
            generator.writeCredits();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        generator.writeDays();
    }

    private void writeDays() {
        long[] eventsPerDay = eventsPerDay(plan);
        ExecutorService threads = Executors.newFixedThreadPool(plan.threads());
        try {
            List<Future<?>> days = new ArrayList<>();
            long firstEvent = 0;
            for (int day = 0; day < plan.days(); day++) {
                DayOfEvents events = new DayOfEvents(plan.from().plusDays(day), firstEvent, eventsPerDay[day]);
                days.add(threads.submit(() -> writeDay(events)));
                firstEvent += eventsPerDay[day];
            }
            for (Future<?> day : days) {
                day.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before all days were written", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a day could not be written", failure);
        } finally {
            threads.shutdownNow();
        }
    }

    private record DayOfEvents(LocalDate date, long firstEvent, long count) {}

    /** How many events each day has: the week's rhythm, and the plan's total exactly. */
    static long[] eventsPerDay(LoadPlan plan) {
        int[] weights = new int[plan.days()];
        for (int day = 0; day < weights.length; day++) {
            weights[day] =
                    WEEKDAY_WEIGHTS[plan.from().plusDays(day).getDayOfWeek().getValue() - 1];
        }
        return apportioned(plan.events(), weights);
    }

    /** Shares by weight that sum to the total: each is the difference of two rounded-down running totals. */
    private static long[] apportioned(long total, int[] weights) {
        long sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        long[] shares = new long[weights.length];
        long running = 0;
        long given = 0;
        for (int index = 0; index < weights.length; index++) {
            running += weights[index];
            long upToHere = BigInteger.valueOf(total)
                    .multiply(BigInteger.valueOf(running))
                    .divide(BigInteger.valueOf(sum))
                    .longValueExact();
            shares[index] = upToHere - given;
            given = upToHere;
        }
        return shares;
    }

    private void writeDay(DayOfEvents day) {
        Path folder = plan.out().resolve("deliveries/" + day.date() + "/" + SOURCE);
        try {
            Files.createDirectories(folder);
            try (OutputStream out =
                    Files.newOutputStream(folder.resolve(SOURCE + "-" + day.date() + "." + plan.format()))) {
                LoadLines lines = new LoadLines(out);
                if (csv) {
                    lines.put(ascii(CSV_HEADER));
                }
                Draws draws =
                        new Draws(Draws.mix(plan.seed() ^ Draws.mix(day.date().toEpochDay())));
                byte[] date = ascii(day.date() + "T");
                long[] eventsPerHour = apportioned(day.count(), HOUR_WEIGHTS);
                long number = day.firstEvent();
                for (int hour = 0; hour < eventsPerHour.length; hour++) {
                    long count = eventsPerHour[hour];
                    for (long event = 0; event < count; event++) {
                        long start = event * HOUR_MICROS / count;
                        long end = (event + 1) * HOUR_MICROS / count;
                        long micros = hour * HOUR_MICROS + start + draws.below(Math.max(1, end - start));
                        writeEvent(lines, draws, date, micros, number++);
                    }
                }
                lines.flush();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void writeEvent(LoadLines lines, Draws draws, byte[] date, long micros, long number) throws IOException {
        int account = account(draws);
        // An account keeps to two models: one by its own number, one for every fifth request.
        int model = (account * 3 + (draws.below(5) == 0 ? 1 : 0)) % MODELS.size();
        int service = MODELS.get(model).service();
        int input = tokens(quantiles[service * 2], draws);
        int output = tokens(quantiles[service * 2 + 1], draws);
        int cached = input >= 1024 && draws.below(4) == 0 ? input / 2 / 128 * 128 : 0;
        byte[] status = draws.below(200) == 0 ? STATUS_ERROR : STATUS_OK;
        lines.room();
        if (csv) {
            lines.putHexadecimal(Draws.mix(plan.seed() + number));
            lines.put(',');
            lines.putTime(date, micros);
            lines.put(',');
            lines.put(accountIds[account]);
            lines.put(beforeModel[model]);
            lines.put(status);
            lines.put(',');
            lines.putDecimal(input);
            lines.put(',');
            lines.putDecimal(cached);
            lines.put(CSV_BEFORE_OUTPUT);
            lines.putDecimal(output);
            lines.put(CSV_AFTER_OUTPUT);
        } else {
            lines.put(JSON_ID);
            lines.putHexadecimal(Draws.mix(plan.seed() + number));
            lines.put(JSON_TIME);
            lines.putTime(date, micros);
            lines.put(JSON_ACCOUNT);
            lines.put(accountIds[account]);
            lines.put(beforeModel[model]);
            lines.put(status);
            lines.put(JSON_INPUT);
            lines.putDecimal(input);
            lines.put(JSON_CACHED);
            lines.putDecimal(cached);
            lines.put(JSON_OUTPUT);
            lines.putDecimal(output);
            lines.put(JSON_END);
        }
    }

    private static final byte[] STATUS_OK = ascii("ok");
    private static final byte[] STATUS_ERROR = ascii("error");
    private static final byte[] CSV_BEFORE_OUTPUT = ascii(",,");
    private static final byte[] CSV_AFTER_OUTPUT = ascii(",,,,,\n");
    private static final byte[] JSON_ID = ascii("{\"event_id\":\"");
    private static final byte[] JSON_TIME = ascii("\",\"occurred_at\":\"");
    private static final byte[] JSON_ACCOUNT = ascii("\",\"account_id\":\"");
    private static final byte[] JSON_INPUT = ascii("\",\"input_tokens\":");
    private static final byte[] JSON_CACHED = ascii(",\"cached_input_tokens\":");
    private static final byte[] JSON_OUTPUT = ascii(",\"output_tokens\":");
    private static final byte[] JSON_END = ascii("}\n");

    // ---- draws ----

    private static final int BUCKETS = 1 << 12;

    /** The n-th account's weight is 1/n of the first's. */
    private static long weight(int account) {
        return 1_000_000_000_000L / (account + 1);
    }

    /** First a bucket, each as likely as the other, then a place in it: a search among few accounts. */
    private int account(Draws draws) {
        int bucket = (int) draws.below(BUCKETS);
        long from = boundary(bucket);
        long at = from + draws.below(boundary(bucket + 1) - from);
        return accountAbove(at, firstAccountOfBucket[bucket], firstAccountOfBucket[bucket + 1]);
    }

    private long boundary(int bucket) {
        return cumulativeWeights[cumulativeWeights.length - 1] / BUCKETS * bucket;
    }

    /** The first account in {@code [from, to]} whose cumulative weight is above {@code at}. */
    private int accountAbove(long at, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulativeWeights[middle] > at) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** A count between two neighbouring percentiles. */
    private static int tokens(int[] percentiles, Draws draws) {
        long draw = draws.below(100L << 16);
        int percent = (int) (draw >> 16);
        long fraction = draw & 0xFFFF;
        int low = percentiles[percent];
        return low + (int) (((percentiles[percent + 1] - low) * fraction) >> 16);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    // ---- configuration and credit ----

    /** The id of an account; 0 is the largest. */
    public static String accountId(int account) {
        return String.format(Locale.ROOT, "acc-%07d", account + 1);
    }

    private static boolean prepaid(int account) {
        return account % 10 != 9;
    }

    private void writeConfiguration() throws IOException {
        for (String file : Arrays.asList(
                "issuer.yml", "tax.yml", "ledger.yml", "reconciliation.yml", "models.csv", "prices/standard-usd.csv")) {
            write("config/" + file, Resources.bytes("config/" + file));
        }
        write("config/application.yml", ascii("saldo:\n  billing-zone: UTC\n"));
        write(
                "config/sources/" + SOURCE + ".yml",
                ascii("profile: saldo\nformat: " + plan.format() + "\nidentity: event-id\nbillable-statuses: [ok]\n"));
        write("config/sources/billing-credits.yml", ascii("profile: credits\nformat: csv\n"));
        write(
                "config/price-books.csv",
                ascii("price_book,extends,currency,description\nstandard-usd,,USD,List prices in US dollars\n"));
        write("config/account-keys.csv", ascii("api_key_id,account_id,effective_from,effective_to\n"));
        write("config/fx.csv", ascii("date,currency,rate_per_eur\n2026-01-02,USD,1.1721\n"));
        LocalDate opened = plan.from().minusYears(1);
        try (BufferedWriter accounts = writer("config/accounts.csv");
                BufferedWriter terms = writer("config/terms.csv")) {
            accounts.write("account_id,effective_from,name,legal_name,address,postal_code,city,country,vat_id,email,"
                    + "currency,locale,tax_profile,e_invoice,buyer_reference,opened_on,closed_on\n");
            terms.write(
                    "account_id,effective_from,billing_mode,price_book,overage_policy,overage_multiplier,"
                            + "monthly_overage_cap,recharge_threshold,recharge_amount,recharge_monthly_cap,payment_terms_days\n");
            for (int account = 0; account < plan.accounts(); account++) {
                String id = accountId(account);
                accounts.write(id + "," + opened + ",Load " + id + ",Load " + id + " Inc.,1 Generated Road,99999,"
                        + "Loadville,US,,,USD,en,export,none,," + opened + ",\n");
                String policy = account % 5 == 3 ? "carry,," : "invoice,1.2,";
                terms.write(id + "," + opened + ","
                        + (prepaid(account) ? "prepaid,standard-usd," + policy : "payg,standard-usd,,,")
                        + ",,,,14\n");
            }
        }
    }

    /** To each prepaid account about three quarters of its expected usage, in two grants; one of them expires. */
    private void writeCredits() throws IOException {
        String name = "deliveries/" + plan.from() + "/billing-credits/credits-" + plan.from() + ".csv";
        BigDecimal total = BigDecimal.valueOf(cumulativeWeights[cumulativeWeights.length - 1]);
        try (BufferedWriter credits = writer(name)) {
            credits.write("entry_id,credit_id,account_id,entry,kind,amount,tax_amount,currency,booked_at,effective_at,"
                    + "expires_at,priority,payment_reference,payment_method,purchase_invoice,reason,scope_provider,"
                    + "scope_model\n");
            for (int account = 0; account < plan.accounts(); account++) {
                if (!prepaid(account)) {
                    continue;
                }
                String id = accountId(account);
                BigDecimal expected = BigDecimal.valueOf(plan.events())
                        .multiply(BigDecimal.valueOf(weight(account)))
                        .multiply(new BigDecimal("0.001"))
                        .divide(total, 2, RoundingMode.UP);
                String amounts =
                        expected.max(new BigDecimal("0.01")).toPlainString() + ",0,USD," + plan.from() + "T00:00:00Z,,";
                credits.write("E-1," + id + "-promo," + id + ",grant,promo," + amounts
                        + plan.from().plusDays(plan.days() / 2 + 1) + "T00:00:00Z,,,,,,,\n");
                credits.write("E-2," + id + "-credit," + id + ",grant,adjustment," + amounts + ",,,,,,,\n");
            }
        }
    }

    private BufferedWriter writer(String name) throws IOException {
        return Files.newBufferedWriter(file(name));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(file(name), bytes);
    }

    private Path file(String name) throws IOException {
        Path file = plan.out().resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return file;
    }
}
