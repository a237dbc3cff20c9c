package io.saldo.app.pricelist;

import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceTimeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a public list says: every figure of it is a price here, or is left out with a reason.
 *
 * @param models how many models of the list were asked for, with and without prices
 * @param prices by key
 * @param leftOut in the order of the list
 * @param unread keys without a threshold of which a figure was left out, of any threshold and time
 */
public record PriceList(
        int models, SortedMap<PriceKey, PriceTimeline> prices, List<LeftOut> leftOut, Set<PriceKey> unread) {
    /** Keeps copies that nobody can change. */
    public PriceList {
        prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
        leftOut = List.copyOf(leftOut);
        unread = Set.copyOf(unread);
    }

    /**
     * Something of a list that is no price of Saldo.
     *
     * @param provider whose
     * @param model of which model
     * @param figure as the list names it; empty for the whole model
     * @param reason why it is left out
     */
    public record LeftOut(String provider, String model, String figure, String reason) {}

    /**
     * Which part of a list is asked for.
     *
     * @param providers as the list names them; none means all
     * @param models as the list names them; none means all
     */
    public record Scope(Set<String> providers, Set<String> models) {
        /** The whole list. */
        public static final Scope ALL = new Scope(Set.of(), Set.of());

        /** Keeps copies that nobody can change. */
        public Scope {
            providers = Set.copyOf(providers);
            models = Set.copyOf(models);
        }

        /** Whether a model of a provider is asked for. */
        public boolean includes(String provider, String model) {
            return (providers.isEmpty() || providers.contains(provider))
                    && (models.isEmpty() || models.contains(model));
        }
    }

    /** The forms in which public lists come. */
    public enum Form {
        /** {@code prices/data.json} of pydantic/genai-prices: per million units, some with dates. */
        GENAI_PRICES("genai-prices"),
        /** {@code model_prices_and_context_window.json} of BerriAI/litellm: per unit, without dates. */
        LITELLM("litellm");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        /** The word on the command line. */
        public String word() {
            return word;
        }

        /** Whether the list itself says since when a price holds. */
        public boolean hasDates() {
            return this == GENAI_PRICES;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * Reads a list.
     *
     * @throws io.saldo.problem.ProblemException when the file is none of that form
     */
    public static PriceList read(Form form, Path file, Scope scope) throws IOException {
        ListDraft draft = new ListDraft(scope);
        JsonValue document = JsonDocument.read(file);
        switch (form) {
            case GENAI_PRICES -> new GenaiPrices(file, draft).read(document);
            case LITELLM -> new LitellmPrices(file, draft).read(document);
        }
        return draft.finish();
    }
}
