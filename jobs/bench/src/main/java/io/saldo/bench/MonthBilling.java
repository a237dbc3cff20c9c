package io.saldo.bench;

import io.saldo.app.command.Saldo;
import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.sample.Options;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A month of many accounts, from delivered usage to published invoices, by the commands that a person types: how many
 * accounts a second are rated, stored, closed to drafts, issued and published. All of it counts, the start of each command
 * and the books too.
 */
public final class MonthBilling {
    private static final LocalDate NIGHT = LocalDate.of(2026, 10, 31);
    private static final String MONTH = "2026-10";
    private static final int METERS = 3;
    private static final Options OPTIONS = Options.NONE
            .and("--out", "DIR", "", "the home, which is not there yet")
            .and("--accounts", "N", "20000", "how many are billed")
            .and("--lines", "N", "12", "usage lines of each invoice");

    private final Path home;
    private final int accounts;
    private final int lines;
    private final Consumer<String> report;

    private MonthBilling(Path home, int accounts, int lines, Consumer<String> report) {
        this.home = home;
        this.accounts = accounts;
        this.lines = lines;
        this.report = report;
    }

    /** {@code --help} tells the options. */
    public static void main(String[] arguments) throws Exception {
        OPTIONS.start(
                arguments,
                given -> run(
                        given.path("--out"), given.number("--accounts"), given.number("--lines"), System.out::println));
    }

    /**
     * Generates the home and bills its month; a line for each command goes to the report.
     *
     * @throws IllegalArgumentException when the folder is there already
     * @throws IllegalStateException when a command does not end well, or an account has no document
     */
    static void run(Path home, int accounts, int lines, Consumer<String> report) throws IOException {
        if (Files.exists(home)) {
            throw new IllegalArgumentException(home + " is there already");
        }
        MonthBilling billing = new MonthBilling(home, accounts, lines, report);
        billing.generate();
        billing.time("rated and stored", "nightly", "--date", NIGHT.toString());
        billing.time("closed to drafts", "close", "--month", MONTH, "--date", "2026-11-02");
        billing.time("approved", "invoices", "approve", "--month", MONTH, "--by", "benchmark", "--date", "2026-11-02");
        billing.time("issued and published", "invoices", "issue", "--month", MONTH, "--date", "2026-11-02");
        billing.prove();
    }

    private void generate() throws IOException {
        LoadGenerator.generate(new LoadPlan(1, accounts, 0, NIGHT, 1, "csv", 1, home));
        write("config/price-books.csv", out -> out.write("price_book,extends,currency,description\nlist,,USD,\n"));
        write("config/models.csv", out -> out.write("provider,alias,model\n"));
        Files.delete(home.resolve("config/prices/standard-usd.csv"));
        write("config/prices/list.csv", out -> {
            out.write("price_book,provider,model,meter,unit_price,per_units,effective_from\n");
            for (int line = 0; line < lines; line += METERS) {
                for (String meter : List.of("input", "cached_input", "output")) {
                    out.write("list,openai," + model(line) + "," + meter + ",2.5,1000000,2026-01-01\n");
                }
            }
        });
        write("config/terms.csv", out -> {
            out.write("account_id,billing_mode,price_book,payment_terms_days\n");
            for (int account = 1; account <= accounts; account++) {
                out.write(id(account) + ",payg,list,14\n");
            }
        });
        write("inbox/usage/usage-" + NIGHT + ".csv", this::usage);
        command("init");
        Files.delete(home.resolve("config/sources/example.yml"));
    }

    private void usage(BufferedWriter out) throws IOException {
        out.write(
                "event_id,occurred_at,account_id,project_id,api_key_id,provider,model,service_tier,status,input_tokens,"
                        + "cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens,audio_input_tokens,"
                        + "audio_output_tokens,units,requests\n");
        for (int account = 1; account <= accounts; account++) {
            for (int line = 0; line < lines; line += METERS) {
                long tokens = 1_000_000L + 977L * account + 31L * line;
                out.write("e-" + account + "-" + line + "," + day(line) + "T10:00:00Z," + id(account) + ",,,openai,"
                        + model(line) + ",,ok," + tokens + "," + (lines - line > 1 ? tokens / 2 : 0) + ",,"
                        + (lines - line > 2 ? tokens / 4 : 0) + ",,,,,\n");
            }
        }
    }

    private static LocalDate day(int line) {
        return NIGHT.withDayOfMonth(1 + line / METERS % NIGHT.lengthOfMonth());
    }

    private static String model(int line) {
        return "model-" + line / METERS;
    }

    private static String id(int account) {
        return String.format(Locale.ROOT, "acc-%07d", account);
    }

    private interface Content {
        void to(BufferedWriter out) throws IOException;
    }

    private void write(String name, Content content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            content.to(out);
        }
    }

    private void command(String... command) {
        String[] arguments = Stream.concat(Stream.of("--home", home.toString()), Stream.of(command))
                .toArray(String[]::new);
        int code = Saldo.run(arguments);
        if (code != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
        }
    }

    private void time(String what, String... command) {
        long start = System.nanoTime();
        command(command);
        long millis = (System.nanoTime() - start) / 1_000_000;
        report.accept(what + ": " + accounts + " accounts of " + lines + " lines in " + millis / 1000 + "."
                + String.format(Locale.ROOT, "%03d", millis % 1000) + " s, " + accounts * 1000L / Math.max(1, millis)
                + " a second");
    }

    private void prove() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("out/invoices").resolve(MONTH))) {
            long invoices = files.filter(file -> file.getFileName().toString().startsWith("INV-"))
                    .count();
            if (invoices != accounts) {
                throw new IllegalStateException(accounts + " accounts have " + invoices + " invoices");
            }
        }
    }
}
