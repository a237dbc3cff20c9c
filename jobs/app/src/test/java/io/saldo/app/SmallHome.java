package io.saldo.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.home.Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A home with the default configuration, one price book (input tokens at 1 EUR each thousand) and the sources {@code
 * usage}, {@code credits}, {@code balances} and {@code payments} with canonical columns.
 */
public final class SmallHome {
    private static final String USAGE_COLUMNS =
            "event_id,occurred_at,account_id,api_key_id,provider,model,input_tokens";
    private static final String CREDIT_COLUMNS = "entry_id,credit_id,account_id,entry,kind,amount,tax_amount,currency,"
            + "booked_at,effective_at,expires_at,priority,reason";

    private static final String SETTINGS = "application.yml";

    private final Path root;
    private final @Nullable String postgresql;

    private SmallHome(Path root, @Nullable String postgresql) {
        this.root = root;
        this.postgresql = postgresql;
    }

    /** Makes one with these prepaid accounts; what they use beyond their credit is invoiced. */
    public static SmallHome create(Path root, List<String> accounts) throws IOException {
        Program init = Program.in(root, "init");
        assertThat(init.code()).as(init.err()).isZero();
        SmallHome home = new SmallHome(
                root,
                OnEveryDatabase.Database.inUse() == OnEveryDatabase.Database.H2 ? null : TestPostgresql.newBooks());
        home.configure(SETTINGS, Files.readString(root.resolve("config").resolve(SETTINGS)));
        StringBuilder rows = new StringBuilder("account_id,name,country,currency,tax_profile,locale\n");
        StringBuilder terms = new StringBuilder("account_id,billing_mode,price_book,overage_policy\n");
        for (String account : accounts) {
            rows.append(account).append(",Name,DE,EUR,standard,en\n");
            terms.append(account).append(",prepaid,list,invoice\n");
        }
        home.configure("accounts.csv", rows.toString());
        home.configure("terms.csv", terms.toString());
        home.configure("price-books.csv", "price_book,extends,currency,description\nlist,,EUR,\n");
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from
                list,*,m,input,1,1000,2026-01-01
                """);
        home.configure(
                "sources/usage.yml",
                "profile: saldo\nformat: csv\nidentity: event-id\nmapping:\n"
                        + unmapped(
                                "project_id",
                                "service_tier",
                                "status",
                                "cached_input_tokens",
                                "cache_write_tokens",
                                "output_tokens",
                                "reasoning_tokens",
                                "audio_input_tokens",
                                "audio_output_tokens",
                                "units",
                                "requests"));
        home.configure(
                "sources/credits.yml",
                "profile: credits\nformat: csv\nmapping:\n"
                        + unmapped(
                                "payment_reference",
                                "payment_method",
                                "purchase_invoice",
                                "scope_provider",
                                "scope_model"));
        Files.delete(root.resolve("config/sources/example.yml"));
        return home;
    }

    /** Copies it, with the database that has its books. */
    SmallHome copyTo(Path target) throws IOException {
        Folders.copy(root, target);
        if (postgresql == null) {
            return new SmallHome(target, null);
        }
        String copy = TestPostgresql.newDatabase("TEMPLATE " + TestPostgresql.name(postgresql));
        Folders.edit(target.resolve("config").resolve(SETTINGS), postgresql, copy);
        return new SmallHome(target, copy);
    }

    private static String unmapped(String... columns) {
        StringBuilder mapping = new StringBuilder();
        for (String column : columns) {
            mapping.append("  ").append(column).append(": \"\"\n");
        }
        return mapping.toString();
    }

    /** Writes a file of the configuration. */
    public void configure(String name, String text) throws IOException {
        boolean namesDatabase = postgresql != null && name.equals(SETTINGS);
        Files.writeString(
                root.resolve("config").resolve(name),
                namesDatabase ? text + "\n" + TestPostgresql.section(postgresql) : text);
    }

    /** The address of the database with the books; null where they are in H2. */
    public @Nullable String postgresql() {
        return postgresql;
    }

    /** Puts a usage log into the inbox. */
    public void deliverUsage(String name, String... rows) throws IOException {
        deliver("usage", name, USAGE_COLUMNS, rows);
    }

    /** Puts credit entries into the inbox. */
    public void deliverCredits(String name, String... rows) throws IOException {
        deliver("credits", name, CREDIT_COLUMNS, rows);
    }

    private void deliver(String source, String name, String header, String... rows) throws IOException {
        deliverFile(source, name, header + "\n" + String.join("\n", rows) + "\n");
    }

    /** Puts any file into the inbox. */
    public void deliverFile(String source, String name, String text) throws IOException {
        Path folder = root.resolve("inbox").resolve(source);
        Folder.create(folder);
        Files.writeString(folder.resolve(name), text);
    }

    /** A usage log as {@link #deliverUsage} writes it. */
    public static String usage(String... rows) {
        return USAGE_COLUMNS + "\n" + String.join("\n", rows) + "\n";
    }

    /** Adds keys to the source {@code usage}. */
    public void configureUsage(String keys) throws IOException {
        configure("sources/usage.yml", keys + Files.readString(root.resolve("config/sources/usage.yml")));
    }

    /** Runs a query on the books, and gives its rows, values joined by blanks. */
    public List<String> books(String sql) {
        try (Connection books = postgresql == null
                ? DriverManager.getConnection(
                        "jdbc:h2:file:" + root.toAbsolutePath().resolve("db/books") + ";NON_KEYWORDS=MONTH",
                        "saldo",
                        "")
                : DriverManager.getConnection(postgresql, "postgres", "")) {
            return TestPostgresql.rows(books, sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Runs a command. */
    public Program run(String... arguments) {
        return Program.in(root, arguments);
    }

    /** Runs a night that must not fail. */
    public Program night(String date) {
        Program night = run("nightly", "--date", date);
        assertThat(night.code()).as(night.out() + night.err()).isIn(0, 3, 4);
        return night;
    }

    /** Where it lies. */
    public Path root() {
        return root;
    }

    /** Exports October 2026 and gives the folder. */
    public Path export() {
        Path folder = root.resolve("out/exports/test");
        Program export = run("export", "--month", "2026-10", "--to", folder.toString());
        assertThat(export.code()).as(export.err()).isZero();
        return folder;
    }

    /** What became of each delivered file: accepted, duplicate, conflict, rejected, held, by file name. */
    public static Map<String, String> outcomes(Path export) {
        Map<String, String> outcomes = new TreeMap<>();
        for (Map<String, String> row : DemoRun.rows(export.resolve("deliveries.csv"))) {
            long sum = 0;
            StringBuilder outcome = new StringBuilder();
            for (String place : List.of("accepted", "duplicate", "conflict", "rejected", "held")) {
                long records = Long.parseLong(row.get(place));
                sum += records;
                if (records > 0) {
                    outcome.append(outcome.isEmpty() ? "" : ", ")
                            .append(records)
                            .append(' ')
                            .append(place);
                }
            }
            assertThat(sum).as(row.toString()).isEqualTo(Long.parseLong(row.get("records")));
            outcomes.put(row.get("file_name"), outcome.toString());
        }
        return outcomes;
    }

    /** The breaks as {@code code subject state resolution}. */
    public static List<String> breaks(Path export) {
        return DemoRun.rows(export.resolve("breaks.csv")).stream()
                .map(row -> String.join(
                                " ", row.get("code"), row.get("subject"), row.get("state"), row.get("resolution"))
                        .strip())
                .toList();
    }

    /** The row of an account's statement. */
    public static Map<String, String> statement(Path export, String account) {
        return DemoRun.rows(export.resolve("statements.csv")).stream()
                .filter(row -> row.get("account_id").equals(account))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no statement of " + account));
    }
}
