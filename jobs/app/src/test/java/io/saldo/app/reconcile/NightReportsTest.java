package io.saldo.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report says of a break from night to night. */
class NightReportsTest {
    private static final String CODE = "SERVED_WITHOUT_CREDIT";

    @Test
    void aBreakIsNewThenCarriedThenChangedThenResolvedByAPerson(@TempDir Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("terms.csv", "account_id,billing_mode,price_book,overage_policy\na-1,prepaid,list,block\n");
        home.deliverUsage("one.csv", "e-1,2026-10-05T10:00:00Z,a-1,,p,m,1000");
        home.night("2026-10-05");
        assertThat(told(home, "2026-10-05")).containsExactly("new||0|");
        home.night("2026-10-06");
        assertThat(told(home, "2026-10-06")).containsExactly("carried||1|");
        decide(home, "ack");
        home.deliverUsage("two.csv", "e-2,2026-10-07T10:00:00Z,a-1,,p,m,500");
        home.night("2026-10-07");
        assertThat(told(home, "2026-10-07")).containsExactly("changed|difference was 1|2|2026-10-06 ack by Ann");
        decide(home, "waive", "--note", "our outage");
        home.night("2026-10-08");
        assertThat(told(home, "2026-10-08"))
                .containsExactly("resolved||3|2026-10-06 ack by Ann; 2026-10-06 waive by Ann: our outage");
        home.night("2026-10-09");
        assertThat(told(home, "2026-10-09")).isEmpty();
    }

    private static List<String> told(SmallHome home, String night) {
        return DemoRun.rows(home.root().resolve("out/nights/" + night + "/night-report.csv")).stream()
                .filter(row -> CODE.equals(row.get("code")))
                .map(row -> String.join(
                        "|", row.get("change"), row.get("change_note"), row.get("age_days"), row.get("decisions")))
                .toList();
    }

    private static void decide(SmallHome home, String decision, String... more) {
        String id = home.books("SELECT break_id FROM break_case WHERE code = '" + CODE + "'")
                .get(0)
                .strip();
        Stream<String> words = Stream.concat(
                Stream.of("breaks", decision, id, "--by", "Ann", "--date", "2026-10-06"), Stream.of(more));
        Program decided = home.run(words.toArray(String[]::new));
        assertThat(decided.code()).as(decided.err()).isZero();
    }
}
