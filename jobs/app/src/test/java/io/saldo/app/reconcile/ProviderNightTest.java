package io.saldo.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights that compare our usage with what a provider counted and billed. */
class ProviderNightTest {
    // 2026-10-05 and the day after it.
    private static final String BUCKET =
            "{\"object\":\"bucket\",\"start_time\":1791158400,\"end_time\":1791244800," + "\"results\":[%s]}";

    @TempDir
    Path folder;

    private SmallHome home() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("acme", "zeta"));
        home.configure(
                "price-books.csv",
                "price_book,extends,currency,description\nlist,,EUR,\nopenai-cost,,USD,what OpenAI takes\n");
        home.configure("prices/cost.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from
                openai-cost,openai,m,input,0.5,1000,2026-01-01
                openai-cost,openai,m,cached_input,0.05,1000,2026-01-01
                openai-cost,openai,m,output,2,1000,2026-01-01
                """);
        home.configure("reconciliation.yml", "cost-books:\n  openai: openai-cost\n");
        return home;
    }

    private static String result(String model, long input, long cached, long output) {
        return "{\"object\":\"organization.usage.completions.result\",\"model\":\"" + model + "\",\"input_tokens\":"
                + input + ",\"input_cached_tokens\":" + cached + ",\"output_tokens\":" + output
                + ",\"num_model_requests\":1}";
    }

    private static String page(String... results) {
        return "{\"object\":\"page\",\"data\":[" + BUCKET.formatted(String.join(",", results)) + "]}";
    }

    private static String cost(String lineItem, String amount) {
        return "{\"object\":\"organization.costs.result\",\"amount\":{\"value\":" + amount
                + ",\"currency\":\"usd\"},\"line_item\":\"" + lineItem + "\"}";
    }

    private static List<String> breaks(SmallHome home) {
        return DemoRun.rows(home.export().resolve("breaks.csv")).stream()
                .filter(row -> row.get("code").startsWith("PROVIDER_"))
                .map(row -> String.join(
                                " ",
                                row.get("code"),
                                row.get("subject"),
                                row.get("period"),
                                row.get("difference"),
                                row.get("state"),
                                row.get("resolution"))
                        .strip())
                .sorted()
                .toList();
    }

    @Test
    void whatTheProviderCountedIsComparedUntilItAgrees() throws IOException {
        SmallHome home = home();
        home.configure("sources/openai.yml", "profile: openai-provider-usage\nformat: json\n");
        home.deliverUsage("usage-05.csv", "e-1,2026-10-05T08:00:00Z,acme,k,openai,m,1000");
        home.deliverFile("openai", "page-05.json", page(result("m", 1500, 0, 0)));
        home.night("2026-10-05");
        // The window ends with the day, so it is over.
        assertThat(breaks(home)).containsExactly("PROVIDER_USAGE_DIFFERS openai + m 2026-10-05 500 open");
        // A night about which nothing is new leaves the break as it is.
        home.night("2026-10-06");
        assertThat(breaks(home)).hasSize(1).allMatch(each -> each.endsWith("open"));
        // What was lost on the way arrives.
        home.deliverUsage("usage-05-rest.csv", "e-2,2026-10-05T09:00:00Z,zeta,k,openai,m,500");
        home.night("2026-10-07");
        assertThat(breaks(home)).containsExactly("PROVIDER_USAGE_DIFFERS openai + m 2026-10-05 500 resolved auto");
        // OpenAI restates the day, and now has less.
        home.deliverFile("openai", "page-05-again.json", page(result("m", 1499, 0, 0)));
        home.night("2026-10-08");
        assertThat(breaks(home)).containsExactly("PROVIDER_USAGE_DIFFERS openai + m 2026-10-05 -1 open");
        // With other bytes than the first time: the same file again would be skipped.
        home.deliverFile("openai", "page-05-third.json", page(result("m", 1500, 0, 0)) + "\n");
        home.night("2026-10-09");
        assertThat(breaks(home)).hasSize(1).allMatch(each -> each.endsWith("resolved auto"));
    }

    @Test
    void aGapThatIsFilledWithFinerWindowsGivesWayToThem() throws IOException {
        SmallHome home = home();
        home.configure("sources/openai.yml", "profile: openai-provider-usage\nformat: json\n");
        home.deliverUsage(
                "usage-05.csv",
                "e-1,2026-10-05T01:00:00Z,acme,k,openai,m,10",
                "e-2,2026-10-05T08:00:00Z,acme,k,openai,m,1000",
                "e-3,2026-10-05T13:00:00Z,acme,k,openai,m,10");
        home.deliverFile("openai", "page-05.json", hours(0, 6, 10) + hours(12, 18, 10));
        home.night("2026-10-05");
        assertThat(breaks(home))
                .containsExactly("PROVIDER_USAGE_DIFFERS openai + m 2026-10-05T06:00:00Z/PT6H -1000 open");
        home.deliverFile("openai", "page-05-part.json", hours(6, 8, 0) + hours(8, 9, 900));
        home.night("2026-10-06");
        assertThat(breaks(home))
                .containsExactly(
                        "PROVIDER_USAGE_DIFFERS openai + m 2026-10-05T06:00:00Z/PT6H -1000 resolved auto",
                        "PROVIDER_USAGE_DIFFERS openai + m 2026-10-05T08:00:00Z/PT1H -100 open");
        home.deliverFile("openai", "page-05-rest.json", hours(9, 12, 0));
        home.night("2026-10-07");
        assertThat(breaks(home))
                .containsExactly(
                        "PROVIDER_USAGE_DIFFERS openai + m 2026-10-05T06:00:00Z/PT6H -1000 resolved auto",
                        "PROVIDER_USAGE_DIFFERS openai + m 2026-10-05T08:00:00Z/PT1H -100 open");
    }

    /** A page about these hours of 2026-10-05. */
    private static String hours(int from, int to, long input) {
        return page(result("m", input, 0, 0))
                .replace("1791158400", Integer.toString(1791158400 + from * 3600))
                .replace("1791244800", Integer.toString(1791158400 + to * 3600));
    }

    @Test
    void aWindowThatIsNotOverIsNotCompared() throws IOException {
        SmallHome home = home();
        home.configure("sources/openai.yml", "profile: openai-provider-usage\nformat: json\n");
        home.configure("application.yml", "saldo:\n  billing-zone: Europe/Berlin\n");
        home.deliverUsage("usage-05.csv", "e-1,2026-10-05T08:00:00Z,acme,k,openai,m,1000");
        home.deliverFile("openai", "page-05.json", page(result("m", 900, 0, 0)));
        // In Berlin the night ends two hours before the day of UTC.
        home.night("2026-10-05");
        assertThat(breaks(home)).isEmpty();
        home.deliverFile("openai", "page-05-whole.json", page(result("m", 900, 0, 0)) + "\n");
        home.night("2026-10-06");
        assertThat(breaks(home)).containsExactly("PROVIDER_USAGE_DIFFERS openai + m 2026-10-05 -100 open");
    }

    @Test
    void theBillIsComparedAtThePricesOfTheCostBook() throws IOException {
        SmallHome home = home();
        home.configure("sources/bill.yml", "profile: openai-costs\nformat: json\n");
        home.deliverUsage("usage-05.csv", "e-1,2026-10-05T08:00:00Z,acme,k,openai,m,1000");
        home.deliverFile("bill", "costs-05.json", page(cost("m, input", "0.500000000000000000000000000000")));
        home.night("2026-10-05");
        assertThat(breaks(home)).isEmpty();
        home.deliverFile(
                "bill",
                "costs-05-restated.json",
                page(cost("m, input", "0.75"), cost("web search tool calls", "0.01")));
        home.night("2026-10-06");
        assertThat(breaks(home))
                .containsExactly(
                        "PROVIDER_COST_DIFFERS openai + m 2026-10-05 0.25 open",
                        "PROVIDER_COST_DIFFERS openai + web search tool calls 2026-10-05 0.01 open");
    }

    /**
     * What LiteLLM logged and its provider did not bill: cached tokens that it did not count as cached (litellm#16341), and
     * a request logged twice under two ids (litellm#15740).
     */
    @Test
    void defectsOfLitellmAreFoundByTheBill() throws IOException {
        SmallHome home = home();
        home.configure("account-keys.csv", "api_key_id,account_id\nk,acme\n");
        home.configure("sources/litellm.yml", "profile: litellm-spendlogs\nformat: jsonl\nidentity: event-id\n");
        home.configure("sources/bill.yml", "profile: openai-costs\nformat: json\n");
        String row = "{\"request_id\":\"%s\",\"startTime\":\"2026-10-05T08:00:00\",\"api_key\":\"k\",\"model\":\"%s\","
                + "\"custom_llm_provider\":\"openai\",\"prompt_tokens\":%d,\"completion_tokens\":%d,\"spend\":0.0,"
                + "\"status\":\"success\",\"cache_hit\":\"False\",\"metadata\":{\"usage_object\":{}}}\n";
        home.deliverFile(
                "litellm",
                "spend-05.jsonl",
                row.formatted("cached-not-counted", "m", 1000, 100)
                        + row.formatted("twice-1", "twin", 100, 10)
                        + row.formatted("twice-2", "twin", 100, 10));
        home.configure("models.csv", "provider,alias,model\n");
        home.configure("prices/twin.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from
                openai-cost,openai,twin,input,1,1000,2026-01-01
                openai-cost,openai,twin,output,1,1000,2026-01-01
                """);
        home.deliverFile(
                "bill",
                "costs-05.json",
                page(
                        cost("m, input", "0.1"),
                        cost("m, cached input", "0.04"),
                        cost("m, output", "0.2"),
                        cost("twin, input", "0.1"),
                        cost("twin, output", "0.01")));
        home.night("2026-10-05");
        Map<String, Map<String, String>> found = new TreeMap<>();
        DemoRun.rows(home.export().resolve("breaks.csv")).stream()
                .filter(each -> each.get("code").equals("PROVIDER_COST_DIFFERS"))
                .forEach(each -> found.put(each.get("subject"), each));
        assertThat(found).containsOnlyKeys("openai + m", "openai + twin");
        assertThat(found.get("openai + m")).containsEntry("expected", "0.7").containsEntry("actual", "0.34");
        assertThat(found.get("openai + twin")).containsEntry("expected", "0.22").containsEntry("actual", "0.11");
    }

    /**
     * LiteLLM's own spend of a day as the bill. It logged 0 for streamed calls whose tokens, and whose cost_breakdown, are
     * right (litellm#40100).
     */
    @Test
    void aSpendOfNothingIsNoAgreement() throws IOException {
        SmallHome home = home();
        home.configure("account-keys.csv", "api_key_id,account_id\nk,acme\n");
        home.configure("sources/litellm.yml", "profile: litellm-spendlogs\nformat: jsonl\nidentity: event-id\n");
        home.configure("sources/spend.yml", """
                profile: provider-cost
                format: jsonl
                zone: UTC
                mapping:
                  provider: /custom_llm_provider
                  window_start: "/date & 'T00:00:00'"
                  window_end: ""
                  category: ""
                  line_item: ""
                  meter: ""
                  quantity: ""
                  amount: /spend
                  currency: "'USD'"
                """);
        String call = "{\"request_id\":\"%s\",\"startTime\":\"%sT08:00:00\",\"api_key\":\"k\",\"model\":\"m\","
                + "\"custom_llm_provider\":\"openai\",\"prompt_tokens\":1000,\"completion_tokens\":100,\"spend\":%s,"
                + "\"status\":\"success\",\"cache_hit\":\"False\",\"metadata\":{\"usage_object\":{},\"cost_breakdown\":"
                + "{\"input_cost\":0.5,\"output_cost\":0.2,\"total_cost\":0.7}}}\n";
        home.deliverFile(
                "litellm",
                "spend-05.jsonl",
                call.formatted("streamed", "2026-10-05", "0.0") + call.formatted("whole", "2026-10-06", "0.7"));
        home.deliverFile("spend", "daily.jsonl", """
                {"date":"2026-10-05","model":"m","custom_llm_provider":"openai","spend":0.0}
                {"date":"2026-10-06","model":"m","custom_llm_provider":"openai","spend":0.7}
                """);
        home.night("2026-10-06");
        assertThat(home.books("SELECT period, CAST(expected AS DECIMAL(9, 2)), CAST(actual AS DECIMAL(9, 2)), cause"
                        + " FROM break_case WHERE code = 'PROVIDER_COST_DIFFERS'"))
                .containsExactly("2026-10-05 0.70 0.00 billed at zero");
    }

    /** What we did not take, and the provider counted and billed. */
    @Test
    void heldAndRejectedUsageIsTheCause() throws IOException {
        SmallHome home = home();
        home.configure("prices/cost.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from
                openai-cost,openai,m,input,0.5,1000,2026-01-01
                openai-cost,openai,n,input,1,1000,2026-01-01
                list,*,n,input,1,1000,2026-01-01
                """);
        home.configure("sources/openai.yml", "profile: openai-provider-usage\nformat: json\n");
        home.configure("sources/bill.yml", "profile: openai-costs\nformat: json\n");
        home.deliverUsage(
                "usage-05.csv",
                "e-1,2026-10-05T08:00:00Z,acme,k,openai,m,1000",
                "e-2,2026-10-05T09:00:00Z,nobody,k,openai,m,500",
                "e-3,2026-10-05T08:00:00Z,acme,k,openai,n,1000",
                ",2026-10-05T09:00:00Z,acme,k,openai,n,200");
        home.deliverFile("openai", "page-05.json", page(result("m", 1500, 0, 0), result("n", 1200, 0, 0)));
        home.deliverFile("bill", "costs-05.json", page(cost("m, input", "0.75"), cost("n, input", "1.2")));
        home.night("2026-10-05");
        String held = "delivered to us and not taken: held: usage/usage-05.csv:3";
        String rejected = "delivered to us and not taken: rejected USG-005: usage/usage-05.csv:5";
        assertThat(home.books("SELECT code, subject, cause FROM break_case WHERE code LIKE 'PROVIDER%'"
                        + " ORDER BY code, subject"))
                .containsExactly(
                        "PROVIDER_COST_DIFFERS openai + m " + held,
                        "PROVIDER_COST_DIFFERS openai + n " + rejected,
                        "PROVIDER_USAGE_DIFFERS openai + m " + held,
                        "PROVIDER_USAGE_DIFFERS openai + n " + rejected);
    }
}
