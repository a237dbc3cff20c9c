package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A close of more accounts than it decides on at a time, which are 1,000. */
class ManyAccountsTest {
    private static final int ACCOUNTS = 1_003;
    private static final List<String> OPEN = List.of("a-0999", "a-1001");

    @TempDir
    Path folder;

    private static String usage(int number) {
        String account = "a-%04d".formatted(number);
        String model = OPEN.contains(account) ? "without-price" : "m";
        return "o-%d,2026-10-10T00:00:00Z,%s,,openai,%s,2000".formatted(number, account, model);
    }

    @Test
    void eachIsClosedOnceOrToldWhyNot() throws IOException {
        SmallHome home = SmallHome.create(
                folder.resolve("home"),
                IntStream.range(0, ACCOUNTS).mapToObj("a-%04d"::formatted).toList());
        home.deliverUsage(
                "october.csv",
                IntStream.range(0, ACCOUNTS).mapToObj(ManyAccountsTest::usage).toArray(String[]::new));
        home.night("2026-10-31");
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-11-01");
        assertThat(close.code()).as(close.out() + close.err()).isEqualTo(3);
        assertThat(home.books("SELECT COUNT(*), COUNT(DISTINCT account_id), MIN(account_id), MAX(account_id)"
                        + " FROM account_month_close"))
                .containsExactly("1001 1001 a-0000 a-1002");
        assertThat(home.books("SELECT COUNT(*), COUNT(DISTINCT account_id) FROM invoice WHERE net_document = 2"))
                .containsExactly("1001 1001");
        assertThat(Files.readAllLines(home.root().resolve("out/closes/2026-10/open-accounts.csv")))
                .hasSize(1 + OPEN.size())
                .anyMatch(line -> line.startsWith("a-0999,"))
                .anyMatch(line -> line.startsWith("a-1001,"));
    }

    @Test
    void aStatementThatCannotBeComputedAgainKeepsItsAccountOpenAlone() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-0001", "a-0002"));
        home.deliverUsage("october.csv", usage(1), usage(2));
        home.night("2026-10-31");
        home.books("UPDATE statement_revision SET result_sha256 = REPEAT('0', 64) WHERE account_id = 'a-0001'");
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-11-01");
        assertThat(close.code()).as(close.out() + close.err()).isEqualTo(3);
        assertThat(home.books("SELECT account_id FROM account_month_close")).containsExactly("a-0002");
        assertThat(Files.readString(home.root().resolve("out/closes/2026-10/open-accounts.csv")))
                .contains("a-0001", "STM-001");
    }
}
