package io.saldo.app.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is told of the books as a whole. */
class FigureStoreTest {
    @TempDir
    Path folder;

    private static void done(SmallHome home, String... arguments) {
        Program program = home.run(arguments);
        assertThat(program.code()).as(program.out() + program.err()).isIn(0, 3);
    }

    @Test
    void tellsWhatIsNotResolvedTheLastCloseOfItsTimeAndNoDisputes() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.deliverUsage("u.csv", "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,5000", "bad,x,a-1,,openai,m,1");
        home.night("2026-10-30");
        done(home, "breaks", "accept", "--code", "RECORDS_REJECTED", "--by", "me", "--note", "known");
        home.deliverUsage("v.csv", "r-2,2026-10-31T08:00:00Z,a-1,,openai,without-price,5000");
        home.night("2026-10-31");
        done(home, "close", "--month", "2026-10", "--date", "2026-11-02", "--waive", "USAGE_UNPRICED");
        done(home, "close", "--month", "2026-09", "--date", "2026-11-05");
        done(home, "rerun", "--account", "a-1", "--month", "2026-10", "--reason", "asked", "--date", "2026-11-06");

        FigureStore store = new FigureStore(JdbcClient.create(new DriverManagerDataSource(
                "jdbc:h2:file:" + home.root().toAbsolutePath().resolve("db/books") + ";NON_KEYWORDS=MONTH",
                "saldo",
                "")));
        assertThat(home.books("SELECT code, state FROM break_case ORDER BY code"))
                .containsExactly("RECORDS_REJECTED RESOLVED", "USAGE_UNPRICED OPEN");
        assertThat(store.unresolvedBreaks()).containsExactly(Map.entry("USAGE_UNPRICED", 1L));
        assertThat(store.figures().lastClose()).isEqualTo(LocalDate.parse("2026-11-02"));
        assertThat(store.completedAfter(0, 100)).containsExactly(1L, 2L, 3L, 4L);
    }
}
