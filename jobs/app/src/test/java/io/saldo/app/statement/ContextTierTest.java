package io.saldo.app.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights over logs of summed requests, under prices that depend on the context of one. */
class ContextTierTest {
    private static final String COLUMNS =
            "event_id,occurred_at,account_id,project_id,api_key_id,provider,model,service_tier,status,input_tokens,"
                    + "cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens,audio_input_tokens,"
                    + "audio_output_tokens,units,requests\n";

    @TempDir
    Path folder;

    /** A thousand input tokens cost 1 EUR, and 2 EUR in requests with more than 200,000 of them. */
    private SmallHome home() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("prices/list.csv", """
                price_book,provider,model,meter,unit_price,per_units,context_over
                list,*,m,input,1,1000,
                list,*,m,input,2,1000,200000
                """);
        home.configure("sources/short.yml", "profile: saldo\nformat: csv\nidentity: event-id\n");
        home.configure("sources/long.yml", "profile: saldo\nformat: csv\nidentity: event-id\n");
        return home;
    }

    private static void deliver(SmallHome home, String source, String name, String... events) throws IOException {
        StringBuilder rows = new StringBuilder(COLUMNS);
        for (String event : events) {
            String[] words = event.split(" ");
            rows.append(words[0])
                    .append(',')
                    .append(words[1])
                    .append(",a-1,,,openai,m,,,")
                    .append(words[2])
                    .append(",,,,,,,,")
                    .append(words[3])
                    .append('\n');
        }
        home.deliverFile(source, name, rows.toString());
    }

    private static void declare(SmallHome home, String source, long contextTier) throws IOException {
        Folders.edit(
                home.root().resolve("config/sources/" + source + ".yml"),
                "profile: saldo",
                "context-tier: " + contextTier + "\nprofile: saldo");
    }

    private static List<String> lines(SmallHome home, String month) {
        Path export = home.root().resolve("out/exports/" + month);
        Program program = home.run("export", "--month", month, "--to", export.toString());
        assertThat(program.code()).as(program.err()).isZero();
        return DemoRun.rows(export.resolve("statement_lines.csv")).stream()
                .filter(row -> row.get("meter").equals("input"))
                .map(row -> String.join(
                        " ", row.get("usage_month"), row.get("unit_price"), row.get("quantity"), row.get("amount")))
                .toList();
    }

    private static void close(SmallHome home, String month, String date) {
        Program close = home.run("close", "--month", month, "--date", date);
        assertThat(close.code()).as(close.out() + close.err()).isZero();
    }

    @Test
    void whatWasUnpricedIsPricedOnceItsSourceDeclaresTheContext() throws IOException {
        SmallHome home = home();
        deliver(
                home,
                "short",
                "short-05.csv",
                "s-1 2026-10-05T08:00:00Z 300000 4",
                "s-2 2026-10-05T08:00:00Z 300000 1");
        deliver(home, "long", "long-05.csv", "l-1 2026-10-05T08:00:00Z 500000 2");
        home.night("2026-10-05");
        assertThat(lines(home, "2026-10"))
                .as("only of the single request the context is known")
                .containsExactly("2026-10  800000 0", "2026-10 2 300000 600");
        assertThat(SmallHome.breaks(home.export())).contains("USAGE_UNPRICED a-1 + m + standard + input open");

        declare(home, "short", 0);
        home.night("2026-10-06");
        assertThat(lines(home, "2026-10"))
                .as("what its source declares decides for every record of it")
                .containsExactly("2026-10  500000 0", "2026-10 1 600000 600");
        declare(home, "long", 200_000);
        home.night("2026-10-07");
        assertThat(lines(home, "2026-10")).containsExactly("2026-10 1 600000 600", "2026-10 2 500000 1000");
        assertThat(SmallHome.breaks(home.export())).contains("USAGE_UNPRICED a-1 + m + standard + input resolved auto");

        deliver(home, "long", "long-08.csv", "l-2 2026-10-08T08:00:00Z 400000 2");
        home.night("2026-10-08");
        deliver(home, "short", "short-09.csv", "s-3 2026-10-09T08:00:00Z 1000 3");
        home.night("2026-10-09");
        assertThat(lines(home, "2026-10"))
                .as("also where a night goes on from a checkpoint")
                .containsExactly("2026-10 1 601000 601", "2026-10 2 900000 1800");
    }

    @Test
    void lateUsageAndItsExplanationSeeTheContextToo() throws IOException {
        SmallHome home = home();
        declare(home, "short", 0);
        declare(home, "long", 200_000);
        deliver(home, "short", "short-05.csv", "s-1 2026-10-05T08:00:00Z 1000 4");
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01");
        deliver(home, "long", "late.csv", "l-1 2026-10-20T08:00:00Z 5000 2");
        deliver(home, "short", "late.csv", "s-2 2026-10-20T08:00:00Z 7000 2");
        home.night("2026-11-30");
        assertThat(lines(home, "2026-11")).containsExactly("2026-10 1 7000 7", "2026-10 2 5000 10");
        Program told = home.run("explain", "--account", "a-1", "--month", "2026-11", "--event", "l-1");
        assertThat(told.out())
                .contains(
                        "reproduced            yes",
                        "more than 200000 input tokens a request, as source long declares",
                        "5000 x 2 / 1000 = 10");
        close(home, "2026-11", "2026-12-01");
    }

    @Test
    void aProvidersBillIsComparedByTheContextThatTheSourceDeclares() throws IOException {
        SmallHome home = home();
        declare(home, "short", 0);
        declare(home, "long", 200_000);
        home.configure("reconciliation.yml", "cost-books:\n  openai: list\n");
        home.configure("sources/bill.yml", "profile: provider-cost\nformat: csv\n");
        deliver(home, "short", "short-05.csv", "s-1 2026-10-05T08:00:00Z 1000 4");
        deliver(home, "long", "long-05.csv", "l-1 2026-10-05T08:00:00Z 5000 4");
        home.deliverFile("bill", "bill-05.csv", """
                provider,window_start,window_end,model,category,line_item,meter,quantity,amount,currency
                openai,2026-10-05T00:00:00Z,2026-10-06T00:00:00Z,m,,,,,12,EUR
                """);
        home.night("2026-10-05");
        List<Map<String, String>> found = DemoRun.rows(home.export().resolve("breaks.csv")).stream()
                .filter(row -> row.get("code").equals("PROVIDER_COST_DIFFERS"))
                .toList();
        assertThat(found).hasSize(1);
        assertThat(found.get(0)).containsEntry("expected", "11").containsEntry("actual", "12");
    }
}
