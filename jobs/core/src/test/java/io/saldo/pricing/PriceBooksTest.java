package io.saldo.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SPEC 5, steps 1 to 5. */
class PriceBooksTest {
    private static final PriceBook LIST = book("list", "", "EUR");
    private static final PriceBook SPECIAL = book("special", "list", "EUR");
    private int line = 1;

    @Test
    void theExactProviderWinsOverAny() {
        PriceBooks books =
                books(row("list", "*", "gpt", Meter.INPUT, "1"), row("list", "openai", "gpt", Meter.INPUT, "2"));

        assertThat(price(books, "list", "openai", "gpt", Meter.INPUT, 10, 1)).isEqualTo("2");
        assertThat(price(books, "list", "azure", "gpt", Meter.INPUT, 10, 1)).isEqualTo("1");
    }

    @Test
    void theHighestThresholdThatFitsWinsAndTheThresholdItselfDoesNotFit() {
        PriceBooks books = books(
                row("list", "*", "gpt", Meter.INPUT, "1"),
                over(row("list", "*", "gpt", Meter.INPUT, "2"), 100),
                over(row("list", "*", "gpt", Meter.INPUT, "3"), 1_000));

        assertThat(price(books, "list", "openai", "gpt", Meter.INPUT, 100, 1)).isEqualTo("1");
        assertThat(price(books, "list", "openai", "gpt", Meter.INPUT, 101, 1)).isEqualTo("2");
        assertThat(price(books, "list", "openai", "gpt", Meter.INPUT, 1_001, 1)).isEqualTo("3");
        assertThat(price(books, "list", "openai", "gpt", Meter.INPUT, 10, 2)).isEqualTo("unpriced");
    }

    @Test
    void aBookAnswersBeforeTheOneItExtendsAndAMeterBeforeItsFallback() {
        PriceBooks books = books(
                row("special", "*", "gpt", Meter.INPUT, "1"),
                row("list", "*", "gpt", Meter.INPUT, "2"),
                row("list", "*", "gpt", Meter.CACHED_INPUT, "3"),
                row("list", "*", "gpt", Meter.OUTPUT, "4"));

        assertThat(price(books, "special", "openai", "gpt", Meter.INPUT, 1, 1)).isEqualTo("1");
        assertThat(price(books, "special", "openai", "gpt", Meter.CACHED_INPUT, 1, 1))
                .isEqualTo("3");
        assertThat(price(books, "special", "openai", "gpt", Meter.CACHE_WRITE, 1, 1))
                .isEqualTo("1");
        assertThat(price(books, "special", "openai", "gpt", Meter.AUDIO_INPUT, 1, 1))
                .isEqualTo("1");
        assertThat(price(books, "special", "openai", "gpt", Meter.AUDIO_OUTPUT, 1, 1))
                .isEqualTo("4");
        assertThat(price(books, "list", "openai", "gpt", Meter.CACHE_WRITE, 1, 1))
                .isEqualTo("2");
    }

    @Test
    void aServiceTierNeverFallsBack() {
        PriceBooks books = books(row("list", "*", "gpt", Meter.INPUT, "1"));

        assertThat(books.period("list", "openai", "gpt", "batch", Meter.INPUT, 0)
                        .lookup(1, 1))
                .isEqualTo(PriceLookup.UNPRICED);
    }

    @Test
    void unitsAndRequestsAreFreeOnlyWhereNothingSellsTheModelByThem() {
        PriceRow batch = row("list", "openai", "gpt", Meter.REQUEST, "1");
        PriceBooks books = books(new PriceRow(
                "list",
                "openai",
                "gpt",
                "batch",
                Meter.REQUEST,
                batch.unitPrice(),
                1,
                100,
                200,
                50,
                PriceTier.FLAT,
                batch.place()));

        assertThat(price(books, "special", "openai", "gpt", Meter.REQUEST, 1, 1))
                .isEqualTo("unpriced");
        assertThat(price(books, "special", "azure", "gpt", Meter.REQUEST, 1, 1)).isEqualTo("free");
        assertThat(price(books, "special", "openai", "gpt", Meter.UNIT, 1, 1)).isEqualTo("free");
        assertThat(price(books, "special", "openai", "gpt", Meter.INPUT, 1, 1)).isEqualTo("unpriced");
    }

    @Test
    void anAliasIsOneExactStep() {
        PriceBooks books = PriceBooks.of(
                List.of(LIST, SPECIAL),
                List.of(row("list", "*", "gpt", Meter.INPUT, "1")),
                List.of(alias("azure", "my-gpt", "gpt"), alias("azure", "other", "my-gpt")));

        assertThat(price(books, "list", "azure", "my-gpt", Meter.INPUT, 1, 1)).isEqualTo("1");
        assertThat(price(books, "list", "openai", "my-gpt", Meter.INPUT, 1, 1)).isEqualTo("unpriced");
        assertThat(price(books, "list", "azure", "other", Meter.INPUT, 1, 1)).isEqualTo("unpriced");
        assertThat(books.model("azure", "my-gpt")).isEqualTo("gpt");
    }

    @Test
    void aPeriodLastsUntilARowBeginsOrEnds() {
        PriceBooks books = books(
                during(row("list", "*", "gpt", Meter.INPUT, "1"), Instants.MIN, 100),
                during(row("list", "*", "gpt", Meter.INPUT, "2"), 100, 200));

        PricePeriod second = books.period("list", "openai", "gpt", "standard", Meter.INPUT, 150);
        PricePeriod after = books.period("list", "openai", "gpt", "standard", Meter.INPUT, 200);

        assertThat(second.from()).isEqualTo(100);
        assertThat(second.to()).isEqualTo(200);
        assertThat(second.preference()).hasSize(1);
        assertThat(after.preference()).isEmpty();
        assertThat(after.from()).isEqualTo(200);
        assertThat(after.to()).isEqualTo(Instants.MAX);
    }

    @Test
    void everyProblemIsToldAtOnceWithTheBookItHoldsUp() {
        List<PriceBook> books = List.of(
                LIST,
                SPECIAL,
                book("ring-a", "ring-b", "EUR"),
                book("ring-b", "ring-a", "EUR"),
                book("lost", "nowhere", "EUR"),
                book("dollar", "list", "USD"),
                book("sound", "", "EUR"));
        List<PriceRow> rows = List.of(
                during(row("list", "*", "gpt", Meter.INPUT, "1"), Instants.MIN, 100),
                during(row("list", "*", "gpt", Meter.INPUT, "2"), 99, 200),
                row("sound", "*", "gpt", Meter.INPUT, "1"),
                row("unknown", "*", "gpt", Meter.INPUT, "1"),
                row("special", "*", "gpt", Meter.OUTPUT, "-1"));

        List<Problem> problems = PriceBooks.problems(books, rows, List.of());

        assertThat(problems)
                .isSorted()
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        ProblemCode.BAD_VALUE, // two rings
                        ProblemCode.BAD_VALUE,
                        ProblemCode.UNKNOWN_REFERENCE,
                        ProblemCode.BAD_VALUE,
                        ProblemCode.AMBIGUOUS_PRICE,
                        ProblemCode.UNKNOWN_REFERENCE,
                        ProblemCode.BAD_VALUE);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.effect()).contains("price book"));
        assertThat(PriceBooks.heldUp(books, rows, List.of()))
                .containsExactly("dollar", "list", "lost", "ring-a", "ring-b", "special", "unknown");
        assertThat(price(PriceBooks.of(books, rows, List.of()), "sound", "x", "gpt", Meter.INPUT, 1, 1))
                .isEqualTo("1");
        assertThat(price(PriceBooks.of(books, rows, List.of()), "special", "x", "gpt", Meter.INPUT, 1, 1))
                .isEqualTo("unpriced");
    }

    @Test
    void anAliasWithTwoModelsLeavesItsUsageUnpriced() {
        List<ModelAlias> aliases = List.of(alias("azure", "gpt", "gpt"), alias("azure", "gpt", "mini"));
        List<PriceRow> rows = List.of(row("list", "*", "gpt", Meter.INPUT, "1"));

        assertThat(PriceBooks.problems(List.of(LIST), rows, aliases)).hasSize(1);
        assertThat(price(PriceBooks.of(List.of(LIST), rows, aliases), "list", "azure", "gpt", Meter.INPUT, 1, 1))
                .isEqualTo("unpriced");
    }

    private static String price(
            PriceBooks books, String book, String provider, String model, Meter meter, long input, long requests) {
        PriceLookup answer =
                books.period(book, provider, model, "standard", meter, 0).lookup(input, requests);
        if (answer instanceof PriceLookup.Priced priced) {
            return priced.set().tiers().get(0).unitPrice().toString();
        }
        return answer instanceof PriceLookup.Free ? "free" : "unpriced";
    }

    private static PriceBooks books(PriceRow... rows) {
        assertThat(PriceBooks.problems(List.of(LIST, SPECIAL), List.of(rows), List.of()))
                .isEmpty();
        return PriceBooks.of(List.of(LIST, SPECIAL), List.of(rows), List.of());
    }

    private static PriceBook book(String name, String extended, String currency) {
        return new PriceBook(name, extended, Currency.getInstance(currency), Place.line("price-books.csv", 2));
    }

    private ModelAlias alias(String provider, String name, String model) {
        return new ModelAlias(provider, name, model, Place.line("models.csv", ++line));
    }

    private PriceRow row(String book, String provider, String model, Meter meter, String price) {
        return new PriceRow(
                book,
                provider,
                model,
                "standard",
                meter,
                Amount.parse(price),
                1_000_000,
                Instants.MIN,
                Instants.MAX,
                0,
                PriceTier.FLAT,
                Place.line("prices.csv", ++line));
    }

    private static PriceRow during(PriceRow row, long from, long to) {
        return copy(row, from, to, row.contextOver());
    }

    private static PriceRow over(PriceRow row, long contextOver) {
        return copy(row, row.effectiveFrom(), row.effectiveTo(), contextOver);
    }

    private static PriceRow copy(PriceRow row, long from, long to, long contextOver) {
        return new PriceRow(
                row.priceBook(),
                row.provider(),
                row.model(),
                row.serviceTier(),
                row.meter(),
                row.unitPrice(),
                row.perUnits(),
                from,
                to,
                contextOver,
                row.tier(),
                row.place());
    }
}
