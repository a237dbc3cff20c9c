package io.saldo.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.OnEveryDatabase;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceCheck;
import io.saldo.reconcile.BalanceReading;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Balances are read account by account; what nights tell of them is what all of them together tell. */
@OnEveryDatabase
class BalanceFindingsTest {
    private static final BillingZone UTC = new BillingZone(ZoneOffset.UTC);
    private static final List<String> ACCOUNTS =
            IntStream.range(0, 8).mapToObj(each -> "a-" + each).toList();
    private static final int[] GAPS = {0, 0, -2, 3};

    private final Random random = new Random(20261102);
    private final Map<String, Integer> gaps = new HashMap<>();

    @TempDir
    Path folder;

    private SmallHome home;

    @Test
    void accountByAccountTellsWhatAllTogetherTellAlsoAfterAClose() throws IOException {
        home = SmallHome.create(folder.resolve("home"), ACCOUNTS);
        home.configure("sources/balances.yml", "profile: balances\nformat: csv\n");
        home.deliverCredits(
                "credits.csv",
                ofEach(each -> "e-%1$s,c-%1$s,%1$s,grant,promo,100,,EUR,2026-10-01T00:00:00Z,,,50,".formatted(each)));
        home.deliverUsage("october.csv", ofEach(each -> "o-%1$s,2026-10-30T08:00:00Z,%1$s,,p,m,1000".formatted(each)));
        recorded("2026-10-30", 99);
        recorded("2026-10-31", 99);
        home.night("2026-10-31");
        assertThat(told()).isNotEmpty().isEqualTo(togetherTold());

        run("breaks", "accept", "--code", "BALANCE_DIFFERS", "--by", "me", "--note", "known", "--date", "2026-10-31");
        run("close", "--month", "2026-10", "--date", "2026-11-01");
        home.deliverUsage("november.csv", ofEach(each -> "n-%1$s,2026-11-02T08:00:00Z,%1$s,,p,m,2000".formatted(each)));
        recorded("2026-11-01", 99);
        recorded("2026-11-02", 97);
        home.deliverFile("balances", "late.csv", "account_id,as_of,balance,currency\na-0,2026-10-15T12:00:00Z,5,EUR\n");
        home.night("2026-11-02");
        assertThat(told()).isEqualTo(togetherTold()).anyMatch(each -> each.contains("2026-11"));
    }

    private interface Line {
        String of(String account);
    }

    private static String[] ofEach(Line line) {
        return ACCOUNTS.stream().map(line::of).toArray(String[]::new);
    }

    /** Records what is left to each account at the end of a day, with a gap that sometimes changes. */
    private void recorded(String date, int left) throws IOException {
        StringBuilder rows = new StringBuilder("account_id,as_of,balance,currency\n");
        for (String account : ACCOUNTS) {
            if (random.nextInt(2) == 0) {
                gaps.put(account, GAPS[random.nextInt(GAPS.length)]);
            }
            rows.append(account)
                    .append(',')
                    .append(LocalDate.parse(date).plusDays(1))
                    .append("T00:00:00Z,")
                    .append(left + gaps.getOrDefault(account, 0))
                    .append(",EUR\n");
        }
        home.deliverFile("balances", date + ".csv", rows.toString());
    }

    private void run(String... arguments) {
        Program program = home.run(arguments);
        assertThat(program.code()).as(program.out() + program.err()).isZero();
    }

    private List<String> told() {
        return home
                .books("SELECT account_id, period, expected, actual FROM break_case"
                        + " WHERE code = 'BALANCE_DIFFERS' AND resolution <> 'AUTO'")
                .stream()
                .map(row -> row.split(" "))
                .map(row -> String.join(" ", row[0], row[1], amount(row[2]), amount(row[3])))
                .sorted()
                .toList();
    }

    private List<String> togetherTold() {
        List<BalanceReading> readings = new ArrayList<>();
        for (String row : home.books("SELECT r.account_id, r.as_of, r.balance, c.balance FROM recorded_balance r"
                + " JOIN computed_balance c ON c.account_id = r.account_id AND c.as_of = r.as_of")) {
            String[] values = row.split(" ");
            long asOf = Long.parseLong(values[1]);
            readings.add(new BalanceReading(
                    values[0],
                    asOf,
                    UTC.dateOf(asOf - 1),
                    Amount.parse(values[2]),
                    "EUR",
                    Amount.parse(values[3]),
                    "EUR"));
        }
        Map<String, SortedMap<String, Amount>> accepted = new HashMap<>();
        for (String row : home.books("SELECT account_id, period, difference FROM break_case"
                + " WHERE code = 'BALANCE_DIFFERS' AND resolution = 'ACCEPTED'")) {
            String[] values = row.split(" ");
            accepted.computeIfAbsent(values[0], account -> new TreeMap<>()).put(values[1], Amount.parse(values[2]));
        }
        return BalanceCheck.differences(readings, List.of(), accepted, Amount.ZERO, LocalDate.EPOCH).stream()
                .map(each -> String.join(
                        " ",
                        each.accountId(),
                        each.period(),
                        String.valueOf(each.expected()),
                        String.valueOf(each.actual())))
                .sorted()
                .toList();
    }

    private static String amount(String stored) {
        return Amount.parse(stored).toString();
    }
}
