package io.saldo.app.pricelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.money.Amount;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceSpan;
import io.saldo.pricelist.PriceTimeline;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import makes of the files of a configuration. */
class PriceImportTest {
    private static final String HEADER = "price_book,provider,model,service_tier,meter,unit_price,per_units,"
            + "effective_from,effective_to,context_over,tier_mode,tier_up_to,tier_flat_fee,package_size\n";
    private static final PriceKey INPUT = new PriceKey("p", "m", "standard", Meter.INPUT, 0);

    private final TreeMap<String, byte[]> files = new TreeMap<>();

    @TempDir
    Path folder;

    PriceImportTest() throws IOException {
        ConfigurationSnapshot right = ConfigurationSnapshot.read(Path.of("src/test/resources/config/right"));
        right.files().forEach(name -> files.put(name, right.content(name)));
        put("application.yml", "saldo:\n  billing-zone: UTC\n");
    }

    private void put(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private static PriceList list(Map<PriceKey, String> perMillion) {
        TreeMap<PriceKey, PriceTimeline> prices = new TreeMap<>();
        perMillion.forEach((key, price) -> prices.put(
                key,
                new PriceTimeline(List.of(new PriceSpan(Instants.MIN, Instants.MAX, Amount.parse(price), 1_000_000)))));
        return new PriceList(prices.size(), prices, List.of(), Set.of());
    }

    private PriceImport plan(PriceList list, String start, Map<String, YearMonth> closed) {
        return PriceImport.plan(
                ConfigurationSnapshot.of(files),
                new PriceImport.Request(
                        "public",
                        list,
                        PriceList.Scope.ALL,
                        start.isEmpty()
                                ? OptionalLong.empty()
                                : OptionalLong.of(Instants.toMicros(Instant.parse(start + "T00:00:00Z"))),
                        Currency.getInstance("USD"),
                        "Imported, from a test",
                        closed));
    }

    /** Takes a list and keeps what it makes of the files. */
    private void take(PriceList list, String start) {
        PriceImport plan = plan(list, start, Map.of());
        assertThat(plan.problems()).isEmpty();
        files.putAll(plan.files());
    }

    @Test
    void aNewBookGetsItsRowAndItsFile() {
        String before = text("price-books.csv");
        take(list(Map.of(INPUT, "2.5", INPUT.over(200_000), "5")), "2026-01-01");
        assertThat(text("price-books.csv")).isEqualTo(before + "public,,USD,\"Imported, from a test\"\n");
        assertThat(text("prices/public.csv")).isEqualTo(HEADER + """
                public,p,m,,input,2.5,1000000,2026-01-01,,,,,,
                public,p,m,,input,5,1000000,2026-01-01,,200000,,,,
                """);
    }

    @Test
    void aChangedPriceEndsItsRowAndBeginsAnother() {
        take(list(Map.of(INPUT, "2.5")), "2026-01-01");
        take(list(Map.of(INPUT, "3")), "2026-12-01");
        take(list(Map.of(INPUT, "3")), "2026-12-24");
        assertThat(text("prices/public.csv")).isEqualTo(HEADER + """
                public,p,m,,input,2.5,1000000,2026-01-01,2026-12-01,,,,,
                public,p,m,,input,3,1000000,2026-12-01,,,,,,
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input_cost_per_token_above_200k_tokens\": 0.0000050000000000001",
                "\"input_cost_per_token_above_200k_tokens\": -1",
                "\"input_cost_per_token_above_200k_tokens\": \"5e-06\"",
                "\"tiered_pricing\": []"
            })
    void aThresholdWhoseFigureIsLeftOutKeepsItsPrice(String figure) throws IOException {
        take(list(Map.of(INPUT, "2.5", INPUT.over(200_000), "5")), "2026-01-01");
        Path file = folder.resolve("list.json");
        Files.writeString(
                file, "{\"m\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": 3e-06, " + figure + "}}");
        PriceList list = PriceList.read(PriceList.Form.LITELLM, file, PriceList.Scope.ALL);
        PriceImport plan = plan(list, "2026-12-01", Map.of());
        assertThat(plan.unlisted()).containsExactly(INPUT.over(200_000));
        assertThat(plan.leftOut()).hasSize(1);
        files.putAll(plan.files());
        assertThat(text("prices/public.csv")).isEqualTo(HEADER + """
                public,p,m,,input,2.5,1000000,2026-01-01,2026-12-01,,,,,
                public,p,m,,input,3,1000000,2026-12-01,,,,,,
                public,p,m,,input,5,1000000,2026-01-01,,200000,,,,
                """);
    }

    @Test
    void whatIsNotConcernedKeepsItsBytes() {
        take(list(Map.of(INPUT, "2.5")), "2026-01-01");
        put("prices/public.csv", windows("""
                model,price_book,provider,meter,unit_price,per_units,effective_from,effective_to
                "m",public,"p",input,2.50,1000000,2026-01-01,

                "by, hand",public,*,output,0.00000100,,2026-01-01,
                n,public,p,input,2.500,1000000,2026-01-01T00:00:00+00:00,"""));
        PriceKey other = new PriceKey("p", "n", "standard", Meter.INPUT, 0);
        PriceKey added = new PriceKey("p", "o\"1", "standard", Meter.INPUT, 0);
        take(list(Map.of(INPUT, "3", other, "2.5", added, "4")), "2026-12-01");
        assertThat(text("prices/public.csv")).isEqualTo(windows("""
                model,price_book,provider,meter,unit_price,per_units,effective_from,effective_to
                m,public,p,input,2.50,1000000,2026-01-01,2026-12-01
                m,public,p,input,3,1000000,2026-12-01,

                "by, hand",public,*,output,0.00000100,,2026-01-01,
                n,public,p,input,2.500,1000000,2026-01-01T00:00:00+00:00,
                "o""1",public,p,input,4,1000000,2026-12-01,
                """));
    }

    /** With a byte order mark and two characters at each line's end, as spreadsheets write it. */
    private static String windows(String text) {
        return "\uFEFF" + text.replace("\n", "\r\n");
    }

    @Test
    void anInstantThatIsNoDatesBeginningInTheZoneStaysAnInstant() {
        put("application.yml", "saldo:\n  billing-zone: Europe/Berlin\n");
        take(list(Map.of(INPUT, "2.5")), "2026-01-01");
        assertThat(text("prices/public.csv")).contains("public,p,m,,input,2.5,1000000,2026-01-01T00:00:00Z,,");
        take(list(Map.of(INPUT, "3")), "2026-12-01");
        assertThat(text("prices/public.csv")).contains("2026-01-01T00:00:00Z,2026-12-01T00:00:00Z,");
    }

    @ParameterizedTest
    @EnumSource(PriceList.Form.class)
    void aRealListMakesARightConfigurationAndTwiceIsOnce(PriceList.Form form) throws IOException {
        PriceList list = PriceList.read(form, PublicLists.write(form, folder), PriceList.Scope.ALL);
        String start = form.hasDates() ? "" : "2026-01-01";
        int before = ConfigurationLoader.load(ConfigurationSnapshot.of(files))
                .problems()
                .size();
        PriceImport first = plan(list, start, Map.of());
        assertThat(first.update().jumps(new TreeSet<>())).isEmpty();
        take(list, start);
        assertThat(ConfigurationLoader.load(ConfigurationSnapshot.of(files)).problems())
                .hasSize(before);
        assertThat(text("prices/public.csv").lines().count()).isGreaterThan(3_000);
        for (String again : List.of(start, "2026-07-01", "2027-06-01")) {
            PriceImport second = plan(list, again, Map.of());
            assertThat(second.update().moves()).as(again).isEmpty();
            assertThat(second.files()).as(again).isEmpty();
            assertThat(second.problems()).as(again).isEmpty();
        }
    }

    @Test
    void aChangeWithoutADateNeedsOne() {
        take(list(Map.of(INPUT, "2.5")), "");
        assertThat(text("prices/public.csv")).contains("public,p,m,,input,2.5,1000000,,,");
        PriceImport undated = plan(list(Map.of(INPUT, "3")), "", Map.of());
        assertThat(undated.problems()).singleElement().asString().startsWith("PRL-003");
        assertThatThrownBy(() -> undated.write(folder)).isInstanceOf(ProblemException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aClosedMonthOfAnAccountOfTheBookIsNotTouched() {
        take(list(Map.of(INPUT, "2.5")), "2026-01-01");
        Map<String, YearMonth> closed = Map.of("a1", YearMonth.of(2026, 10), "a2", YearMonth.of(2026, 9));
        // Nobody uses the book.
        assertThat(plan(list(Map.of(INPUT, "3")), "2026-10-15", closed).problems())
                .isEmpty();
        String book = text("price-books.csv");
        put("price-books.csv", book + "special,public,USD,\n");
        put(
                "accounts.csv",
                "account_id,name,country,currency,tax_profile\na1,N,DE,USD,standard\na2,N,DE,USD,standard\n");
        put("terms.csv", "account_id,billing_mode,price_book\na1,payg,special\na2,payg,public\n");
        put("account-keys.csv", "api_key_id,account_id\n");
        files.remove("openings.csv");
        assertThat(plan(list(Map.of(INPUT, "3")), "2026-10-15", closed).problems())
                .singleElement()
                .asString()
                .startsWith("PRL-003")
                .contains("2026-11-01");
        assertThat(plan(list(Map.of(INPUT, "3")), "2026-11-01", closed).problems())
                .isEmpty();
        assertThat(plan(list(Map.of(INPUT, "2.5")), "2026-10-15", closed).problems())
                .isEmpty();
    }

    @Test
    void whatTheBookPricesByTheMonthsQuantityStays() {
        take(list(Map.of(INPUT, "2.5")), "2026-01-01");
        put("prices/public.csv", HEADER + "public,p,m,,input,2.5,1000000,2026-01-01,,,volume,,,\n");
        PriceImport plan = plan(list(Map.of(INPUT, "3")), "2026-12-01", Map.of());
        assertThat(plan.update().moves()).isEmpty();
        assertThat(plan.leftOut()).singleElement().satisfies(each -> assertThat(each.reason())
                .contains("by the month's quantity"));
    }

    @Test
    void aBookInAnotherCurrencyIsRefused() {
        put("price-books.csv", text("price-books.csv") + "public,,EUR,\n");
        assertThatThrownBy(() -> plan(list(Map.of(INPUT, "3")), "2026-12-01", Map.of()))
                .hasMessageStartingWith("RUN-005")
                .hasMessageContaining("EUR");
    }

    @Test
    void aBookWithPricesInAnotherFileIsRefused() {
        take(list(Map.of(INPUT, "2.5")), "2026-01-01");
        files.put("prices/elsewhere.csv", files.remove("prices/public.csv"));
        assertThatThrownBy(() -> plan(list(Map.of(INPUT, "3")), "2026-12-01", Map.of()))
                .hasMessageStartingWith("RUN-005  prices/elsewhere.csv:2");
    }

    @Test
    void aColumnThatIsMissingIsNamed() {
        take(list(Map.of(INPUT, "2.5")), "2026-01-01");
        put(
                "prices/public.csv",
                "price_book,provider,model,meter,unit_price,per_units\npublic,p,m,input,2.5,1000000\n");
        assertThatThrownBy(() -> plan(list(Map.of(INPUT, "3")), "2026-12-01", Map.of()))
                .hasMessageStartingWith("CFG-007  prices/public.csv:1")
                .hasMessageContaining("effective_to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"public,p,m,input,x,", "public,p,m,smell,1,", "public,p,m,input,1,7", "public,p,m,input,-1,1"})
    void aWrongRowOfTheBookStopsTheImport(String row) {
        put("price-books.csv", text("price-books.csv") + "public,,USD,\n");
        put("prices/public.csv", "price_book,provider,model,meter,unit_price,per_units\n" + row + "\n");
        assertThatThrownBy(() -> plan(list(Map.of(INPUT, "3")), "2026-12-01", Map.of()))
                .hasMessageStartingWith("CFG-005  prices/public.csv:2");
    }

    @Test
    void twoRowsAtTheSameTimeStopTheImport() {
        put("price-books.csv", text("price-books.csv") + "public,,USD,\n");
        put(
                "prices/public.csv",
                "price_book,provider,model,meter,unit_price\npublic,p,m,input,1\npublic,p,m,input,2\n");
        assertThatThrownBy(() -> plan(list(Map.of(INPUT, "3")), "2026-12-01", Map.of()))
                .hasMessageStartingWith("CFG-010");
    }

    @Test
    void writingLeavesNoUnfinishedFile() throws IOException {
        ConfigurationSnapshot.of(files).writeTo(folder);
        PriceImport plan = plan(list(Map.of(INPUT, "2.5")), "2026-01-01", Map.of());
        plan.write(folder);
        files.putAll(plan.files());
        ConfigurationSnapshot written = ConfigurationSnapshot.read(folder);
        assertThat(written.sha256()).isEqualTo(ConfigurationSnapshot.of(files).sha256());
        try (var paths = Files.walk(folder)) {
            assertThat(paths.filter(path -> path.toString().endsWith(".part"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", ".x", "a/b", "a b", "-x"})
    void aNameThatIsNoFileNameIsRefused(String name) {
        assertThatThrownBy(() -> PriceImport.plan(
                        ConfigurationSnapshot.of(files),
                        new PriceImport.Request(
                                name,
                                list(Map.of()),
                                PriceList.Scope.ALL,
                                OptionalLong.empty(),
                                Currency.getInstance("USD"),
                                "",
                                Map.of())))
                .hasMessageStartingWith("RUN-001");
    }

    @Test
    void booksAreComparedWithWhatTheyExtendAndAThresholdOfTheNearerOneHidesHigherOnes() {
        put("price-books.csv", "price_book,extends,currency\nbase,,USD\nnear,base,USD\n");
        put("prices/near.csv", """
                price_book,provider,model,meter,unit_price,effective_from,context_over
                near,p,m,input,7,2026-01-01,100
                near,p,n,input,1,2026-01-01,
                """);
        put("prices/base.csv", """
                price_book,provider,model,meter,unit_price,effective_from,context_over
                base,p,m,input,5,2025-01-01,
                base,p,m,input,9,2025-01-01,200
                base,p,n,input,2,2025-01-01,200
                """);
        files.remove("prices/usd.csv");
        files.remove("prices/eur.csv");
        BookVersions versions = new BookVersions(ConfigurationSnapshot.of(files), new BillingZone(ZoneOffset.UTC));
        long at = Instants.toMicros(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(versions.between("base", at, "near", at).moves())
                .extracting(move -> move.kind().word() + " " + move.key())
                .containsExactly(
                        "added p/m/standard/input/over-100",
                        "added p/n/standard/input",
                        "removed p/m/standard/input/over-200",
                        "removed p/n/standard/input/over-200");
        assertThat(versions.between("near", Instants.toMicros(Instant.parse("2025-06-01T00:00:00Z")), "base", at)
                        .moves())
                .isEmpty();
        assertThat(versions.history("near", "m")).hasSize(3);
    }

    @Test
    void aTieredPriceHidesThatOfTheBookItExtendsAndIsToldNotCompared() {
        put("price-books.csv", "price_book,extends,currency\nbase,,USD\nnear,base,USD\n");
        put("prices/near.csv", HEADER + """
                near,p,m,,input,3,1000000,2026-01-01,,,graduated,,,
                near,p,m,,input,4,1000000,2026-01-01,,,graduated,1000,49,
                near,p,m,,request,5,,2026-01-01,,,package,,,100
                near,p,m,,output,8,1000000,2026-01-01,,,flat,,,
                """);
        put("prices/base.csv", """
                price_book,provider,model,meter,unit_price,per_units,effective_from,context_over
                base,p,m,input,5,1000000,2025-01-01,
                base,p,m,input,9,1000000,2025-01-01,200
                base,p,m,output,9,1000000,2025-01-01,
                """);
        files.remove("prices/usd.csv");
        files.remove("prices/eur.csv");
        BookVersions versions = new BookVersions(ConfigurationSnapshot.of(files), new BillingZone(ZoneOffset.UTC));
        long before = Instants.toMicros(Instant.parse("2025-06-01T00:00:00Z"));
        long at = Instants.toMicros(Instant.parse("2026-06-01T00:00:00Z"));

        BookVersions.Comparison now = versions.between("near", before, "near", at);
        assertThat(now.moves())
                .extracting(move -> move.kind().word() + " " + move.key())
                .containsExactlyInAnyOrder("removed p/m/standard/input/over-200", "lowered p/m/standard/output");
        assertThat(now.tiered())
                .extracting(PriceKey::toString)
                .containsExactly("p/m/standard/input", "p/m/standard/request");
        assertThat(versions.between("near", before, "base", before).tiered()).isEmpty();
        assertThat(versions.history("near", "m"))
                .extracting(each -> each.book() + " " + each.key().meter().word() + " "
                        + each.span().unitPrice() + " " + each.tier().mode() + ","
                        + each.tier().upTo() + ","
                        + each.tier().flatFee() + "," + each.tier().packageSize())
                .containsExactly(
                        "near input 4 graduated,1000,49,",
                        "near input 3 graduated,,,",
                        "near output 8 ,,,",
                        "near request 5 package,,,100",
                        "base input 5 ,,,",
                        "base input 9 ,,,",
                        "base output 9 ,,,");
    }
}
