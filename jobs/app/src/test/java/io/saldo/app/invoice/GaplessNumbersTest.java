package io.saldo.app.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.OnEveryDatabase;
import io.saldo.app.Program;
import io.saldo.app.ProgramProcess;
import io.saldo.app.SmallHome;
import io.saldo.app.command.Session;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invoice numbers have no gap and no double, whoever issues at the same time and whatever kills them. */
@OnEveryDatabase
class GaplessNumbersTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final LocalDate ISSUED_ON = LocalDate.of(2026, 11, 2);
    private static final int THREADS = 8;

    /** More are issued with {@code -Dsaldo.invoices=N}. */
    private static final int INVOICES = Integer.getInteger("saldo.invoices", 40);

    private static final int KILLS = 2;

    @TempDir
    Path folder;

    /** Another seed is tried with {@code -Dsaldo.seed=N}. */
    private static Random random() {
        long seed = Long.getLong("saldo.seed", 20261101);
        System.out.println("saldo.seed=" + seed);
        return new Random(seed);
    }

    @Test
    void eightThreadsThatAreKilledLeaveNoGap() throws Exception {
        Random random = random();
        SmallHome home = approved();
        List<Integer> issued = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            // Somewhere in what is left, and before its end.
            int left = INVOICES - (issued.isEmpty() ? 0 : issued.get(kill - 1));
            killedAfter(home, 1 + random.nextInt(left / 2));
            issued.add(Integer.parseInt(
                    home.books("SELECT COUNT(*) FROM invoice_number").get(0)));
            assertThat(home.books("SELECT number FROM invoice_number ORDER BY number"))
                    .as("after kill %d", kill)
                    .isEqualTo(numbers(issued.get(kill)));
        }
        Program rest = home.run("invoices", "issue", "--month", MONTH.toString(), "--date", "2026-11-03");
        assertThat(rest.code()).as(rest.err()).isZero();

        assertThat(home.books("SELECT number FROM invoice_number ORDER BY number"))
                .isEqualTo(numbers(INVOICES));
        assertThat(home.books("SELECT last_number FROM number_series WHERE series LIKE 'INV-%'"))
                .containsExactly(Integer.toString(INVOICES));
        assertThat(home.books("SELECT DISTINCT issued_on FROM invoice_number ORDER BY issued_on"))
                .as("a later number has no earlier date")
                .containsExactly("2026-11-02", "2026-11-03");
        assertThat(home.books("SELECT a.number FROM invoice_number a JOIN invoice_number b ON a.number < b.number"
                        + " AND a.issued_on > b.issued_on"))
                .isEmpty();
        assertThat(home.books("SELECT COUNT(DISTINCT entry) FROM journal WHERE entry LIKE 'INV-%'"))
                .containsExactly(Integer.toString(INVOICES));
        assertThat(home.books("SELECT COUNT(*) FROM invoice_state WHERE state = 'PUBLISHED'"))
                .containsExactly(Integer.toString(INVOICES));
    }

    @Test
    void aStatementGivesTheSeriesNoDate() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("dates"), List.of("a-1", "a-2"));
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,promo,10,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,8000",
                "o-2,2026-10-10T00:00:00Z,a-2,,openai,m,8000");
        home.night("2026-10-31");
        assertThat(home.run("close", "--month", MONTH.toString(), "--date", "2026-11-01")
                        .code())
                .isZero();
        home.run("invoices", "approve", "--month", MONTH.toString(), "--by", "M. Weber");
        issue(home, "a-1", "2026-12-31");
        issue(home, "a-2", "2026-11-02");
        assertThat(home.books("SELECT number, issued_on FROM invoice_number"))
                .containsExactly("INV-2026-000001 2026-11-02");
    }

    private static void issue(SmallHome home, String account, String date) {
        Program issue =
                home.run("invoices", "issue", "--month", MONTH.toString(), "--account", account, "--date", date);
        assertThat(issue.code()).as(issue.err()).isZero();
    }

    private SmallHome approved() throws IOException {
        List<String> accounts = new ArrayList<>();
        List<String> usage = new ArrayList<>();
        for (int number = 1; number <= INVOICES; number++) {
            String account = String.format(Locale.ROOT, "a-%05d", number);
            accounts.add(account);
            usage.add("e-" + number + ",2026-10-10T00:00:00Z," + account + ",,openai,m,5000");
        }
        SmallHome home = SmallHome.create(folder.resolve("home"), accounts);
        home.deliverUsage("october.csv", usage.toArray(new String[0]));
        home.night("2026-10-31");
        Program close = home.run("close", "--month", MONTH.toString(), "--date", "2026-11-01");
        assertThat(close.code()).as(close.err()).isZero();
        Program approve = home.run("invoices", "approve", "--month", MONTH.toString(), "--by", "M. Weber");
        assertThat(approve.out()).contains(INVOICES + " invoices approved");
        return home;
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            numbers.add(String.format(Locale.ROOT, "INV-2026-%06d", number));
        }
        return numbers;
    }

    private static void killedAfter(SmallHome home, int invoices) throws Exception {
        Process process = ProgramProcess.of(
                        GaplessNumbersTest.class, List.of(), List.of(home.root().toString()))
                .start();
        List<String> printed = new ArrayList<>();
        int issued = 0;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null && issued < invoices; line = lines.readLine()) {
                printed.add(line);
                issued += line.startsWith("issued ") ? 1 : 0;
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(String.join("\n", printed)).isEqualTo(128 + 9);
    }

    /** Issues what is approved, by several threads in any order, as no command does. */
    public static void main(String[] arguments) throws Exception {
        Home home = new Home(Path.of(arguments[0]));
        try (Session session = Session.open(home, home.root().resolve("config"))) {
            Configuration configuration = session.configuration().configuration();
            InvoiceStore invoices = session.get(InvoiceStore.class);
            InvoiceBook book = session.get(InvoiceBook.class);
            List<Long> ids = new ArrayList<>(invoices.ids(MONTH, null, State.APPROVED));
            Collections.shuffle(ids);
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> all = new ArrayList<>();
            for (long id : ids) {
                all.add(threads.submit(() -> {
                    book.openSeries(configuration, ISSUED_ON);
                    book.issue(invoices.get(id), configuration, ISSUED_ON);
                    System.out.println("issued " + id);
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            threads.shutdown();
        }
    }
}
