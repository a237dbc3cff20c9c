package io.saldo.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which row wins. Book {@code special} extends {@code list}; {@code azure} calls {@code gpt} also {@code my-gpt} and
 * {@code my-gpt} also {@code ours}. Instants are small numbers.
 */
class RatingRulesTest {
    /** Rows: book provider model tier meter price, then any of over, from, to. Use: as a row without price. */
    private record Rule(String name, List<String> rows, List<String> answers) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule(
                        "an alias is one exact step of its own provider",
                        List.of("list * gpt standard input 1"),
                        List.of(
                                "list azure my-gpt standard input = 1",
                                "list azure ours standard input = unpriced",
                                "list openai my-gpt standard input = unpriced",
                                "list azure MY-GPT standard input = unpriced")),
                new Rule(
                        "the exact provider wins over any, also over a higher context",
                        List.of(
                                "list * gpt standard input 1",
                                "list * gpt standard input 2 over 100",
                                "list openai gpt standard input 3"),
                        List.of(
                                "list openai gpt standard input with 200 = 3",
                                "list azure gpt standard input with 200 = 2",
                                "list azure gpt standard input with 100 = 1")),
                new Rule(
                        "an exact provider whose context does not fit leaves the price to any",
                        List.of("list * gpt standard input 1", "list openai gpt standard input 3 over 100"),
                        List.of(
                                "list openai gpt standard input with 100 = 1",
                                "list openai gpt standard input with 101 = 3")),
                new Rule(
                        "the highest context below the event's total input wins, for output too",
                        List.of(
                                "list * gpt standard output 1",
                                "list * gpt standard output 2 over 100",
                                "list * gpt standard output 3 over 500"),
                        List.of(
                                "list openai gpt standard output with 0 = 1",
                                "list openai gpt standard output with 100 = 1",
                                "list openai gpt standard output with 101 = 2",
                                "list openai gpt standard output with 500 = 2",
                                "list openai gpt standard output with 501 = 3")),
                new Rule(
                        "the book that is extended answers only where no row of the account's book fits",
                        List.of(
                                "special * gpt standard input 1 over 100",
                                "list openai gpt standard input 2",
                                "list openai gpt standard input 3 over 50"),
                        List.of(
                                "special openai gpt standard input with 101 = 1",
                                "special openai gpt standard input with 100 = 3",
                                "special openai gpt standard input with 50 = 2",
                                "list openai gpt standard input with 101 = 3")),
                new Rule(
                        "a meter falls back after the root, and from the account's book again",
                        List.of(
                                "special * gpt standard input 1",
                                "list * gpt standard input 2",
                                "list * gpt standard cached_input 3",
                                "list * gpt standard output 4"),
                        List.of(
                                "special openai gpt standard cached_input = 3",
                                "special openai gpt standard cache_write = 1",
                                "special openai gpt standard audio_input = 1",
                                "special openai gpt standard audio_output = 4",
                                "list openai gpt standard cache_write = 2")),
                new Rule(
                        "a meter falls back where its own rows fit neither context nor instant",
                        List.of(
                                "list * gpt standard input 1",
                                "list * gpt standard input 5 over 500",
                                "list * gpt standard cached_input 2 over 100 to 50",
                                "list * gpt standard cached_input 3 over 500 from 50"),
                        List.of(
                                "list openai gpt standard cached_input with 100 at 49 = 1",
                                "list openai gpt standard cached_input with 101 at 49 = 2",
                                "list openai gpt standard cached_input with 101 at 50 = 1",
                                "list openai gpt standard cached_input with 501 at 50 = 3",
                                "list openai gpt standard cache_write with 501 at 50 = 5")),
                new Rule(
                        "audio output falls back to output, never to input, and output to nothing",
                        List.of("list * gpt standard input 1"),
                        List.of(
                                "list openai gpt standard audio_output = unpriced",
                                "list openai gpt standard output = unpriced",
                                "list openai gpt standard audio_input = 1")),
                new Rule(
                        "units and requests are free where nothing sells the model by them, else unpriced",
                        List.of(
                                "list openai gpt batch request 1 over 50 from 100 to 200",
                                "special * mini standard unit 2"),
                        List.of(
                                "special openai gpt standard request = unpriced",
                                "special azure gpt standard request = free",
                                "special openai gpt standard unit = free",
                                "special openai gpt batch request with 51 at 150 = 1",
                                "special openai gpt batch request with 50 at 150 = unpriced",
                                "special openai gpt batch request with 51 at 200 = unpriced",
                                "special openai mini standard unit = 2",
                                "special openai mini batch unit = unpriced",
                                "list openai mini standard unit = free")),
                new Rule(
                        "a service tier never falls back, neither to standard nor with its meter",
                        List.of(
                                "special * gpt standard input 1",
                                "list * gpt batch input 2",
                                "special * gpt standard cached_input 3"),
                        List.of(
                                "special openai gpt batch input = 2",
                                "special openai gpt flex input = unpriced",
                                "special openai gpt batch cached_input = 2",
                                "special openai gpt flex cached_input = unpriced")),
                new Rule(
                        "a price holds from its first instant to just before its end",
                        List.of(
                                "special * gpt standard input 1 from 10 to 20",
                                "special * gpt standard input 2 from 30",
                                "list * gpt standard input 3 to 25"),
                        List.of(
                                "special openai gpt standard input at 9 = 3",
                                "special openai gpt standard input at 10 = 1",
                                "special openai gpt standard input at 19 = 1",
                                "special openai gpt standard input at 20 = 3",
                                "special openai gpt standard input at 25 = unpriced",
                                "special openai gpt standard input at 29 = unpriced",
                                "special openai gpt standard input at 30 = 2")),
                new Rule(
                        "an aggregate does not know its contexts: at a threshold of the book it is unpriced",
                        List.of(
                                "special * gpt standard input 1",
                                "special openai gpt standard input 2 over 100",
                                "special * mini standard input 3",
                                "list * mini standard input 4 over 100"),
                        List.of(
                                "special openai gpt standard input with 5 requests 2 = unpriced",
                                "special openai gpt standard input with 5 requests 1 = 1",
                                "special azure gpt standard input with 500 requests 2 = 1",
                                "special openai mini standard input with 500 requests 2 = 3",
                                "list openai mini standard input with 500 requests 2 = unpriced")),
                new Rule(
                        "an aggregate is unpriced at a threshold of any provider, though the exact provider has none",
                        List.of("list * gpt standard input 1 over 100", "list openai gpt standard input 2"),
                        List.of(
                                "list openai gpt standard input with 500 requests 2 = unpriced",
                                "list openai gpt standard input with 500 requests 1 = 2")),
                new Rule(
                        "an aggregate is unpriced at a threshold of the meter to which it falls back",
                        List.of("list * gpt standard input 1", "list * gpt standard input 2 over 100"),
                        List.of(
                                "list openai gpt standard cached_input with 5 requests 2 = unpriced",
                                "list openai gpt standard cached_input with 5 requests 1 = 1")),
                new Rule(
                        "the context that a source declares decides, whatever the record's input and requests",
                        List.of(
                                "list * gpt standard input 1",
                                "list * gpt standard input 2 over 100",
                                "list openai gpt standard input 3 over 500",
                                "list * mini standard input 4 over 100"),
                        List.of(
                                "list openai gpt standard input with 900 requests 2 declared 0 = 1",
                                "list openai gpt standard input with 900 requests 1 declared 0 = 1",
                                "list openai gpt standard input with 5 requests 2 declared 99 = 1",
                                "list openai gpt standard input with 5 requests 2 declared 100 = 2",
                                "list openai gpt standard input with 5 requests 2 declared 500 = 3",
                                "list azure gpt standard input with 5 requests 2 declared 500 = 2",
                                "list openai gpt standard cached_input with 5 requests 2 declared 100 = 2",
                                "list openai mini standard input with 5 requests 2 declared 0 = unpriced",
                                "list openai gpt standard input with 5 requests 2 declared 9223372036854775806 = 3")),
                new Rule(
                        "a threshold of another tier or another time does not unprice an aggregate",
                        List.of(
                                "list * gpt standard input 1",
                                "list * gpt standard input 2 over 100 to 10",
                                "list * gpt batch input 3 over 100"),
                        List.of(
                                "list openai gpt standard input with 5 at 10 requests 2 = 1",
                                "list openai gpt standard input with 5 at 9 requests 2 = unpriced")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theRowThatWins(Rule rule) {
        Currency currency = Currency.getInstance("EUR");
        List<PriceBook> books = List.of(
                new PriceBook("list", "", currency, Place.line("price-books.csv", 2)),
                new PriceBook("special", "list", currency, Place.line("price-books.csv", 3)));
        List<ModelAlias> aliases = List.of(
                new ModelAlias("azure", "my-gpt", "gpt", Place.line("models.csv", 2)),
                new ModelAlias("azure", "ours", "my-gpt", Place.line("models.csv", 3)));
        List<PriceRow> rows = new ArrayList<>();
        rule.rows().forEach(text -> rows.add(row(text.split(" "), Place.line("prices.csv", rows.size() + 2))));
        assertThat(PriceBooks.problems(books, rows, aliases)).isEmpty();
        PriceBooks priced = PriceBooks.of(books, rows, aliases);

        assertThat(rule.answers()).allSatisfy(answer -> assertThat(lookup(priced, answer.split(" = ")[0].split(" ")))
                .as(answer)
                .isEqualTo(answer.split(" = ")[1]));
    }

    private static PriceRow row(String[] words, Place place) {
        return new PriceRow(
                words[0],
                words[1],
                words[2],
                words[3],
                Meter.of(words[4]),
                Amount.parse(words[5]),
                1,
                number(words, "from", Instants.MIN),
                number(words, "to", Instants.MAX),
                number(words, "over", 0),
                PriceTier.FLAT,
                place);
    }

    private static String lookup(PriceBooks books, String[] words) {
        Product product = new Product(words[1], words[2], words[3], number(words, "declared", Product.UNDECLARED));
        PriceLookup answer = books.period(
                        words[0], words[1], words[2], words[3], Meter.of(words[4]), number(words, "at", 0))
                .lookup(product.contextOf(number(words, "with", 1)), product.contextsOf(number(words, "requests", 1)));
        if (answer instanceof PriceLookup.Priced priced) {
            return priced.set().tiers().get(0).unitPrice().toString();
        }
        return answer instanceof PriceLookup.Free ? "free" : "unpriced";
    }

    private static long number(String[] words, String name, long otherwise) {
        int index = List.of(words).indexOf(name);
        return index < 0 ? otherwise : Long.parseLong(words[index + 1]);
    }
}
