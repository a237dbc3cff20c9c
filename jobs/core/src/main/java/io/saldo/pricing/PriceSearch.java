package io.saldo.pricing;

import java.util.List;

/**
 * How the price of one quantity was found.
 *
 * @param model the model's name after alias
 * @param considered every row set of that model that was looked at, in order; what follows a row that always fits is not
 *     looked at
 * @param answer what came of it
 */
public record PriceSearch(String model, List<Considered> considered, PriceLookup answer) {
    /** Keeps the list unchangeable. */
    public PriceSearch {
        considered = List.copyOf(considered);
    }

    /**
     * A row set that was looked at; its meter is that of the quantity, or the one that it falls back to.
     *
     * @param set the rows, one where there are no tiers
     * @param verdict what came of it
     */
    public record Considered(RowSet set, Verdict verdict) {}

    /** Why a row set holds, or does not. */
    public enum Verdict {
        /** It holds. */
        WON("holds"),
        /** It is meant for another provider. */
        OTHER_PROVIDER("is for another provider"),
        /** It is meant for another service tier, which never falls back. */
        OTHER_SERVICE_TIER("is for another service tier"),
        /** It begins after the event, or has ended. */
        NOT_EFFECTIVE("is not effective at that instant"),
        /** The event's total input, or the context that its source declares, is not above its threshold. */
        CONTEXT_NOT_REACHED("is for a longer context than the event's"),
        /** The record stands for several requests, of which nobody knows the contexts. */
        CONTEXT_UNKNOWN("depends on the context of a request, which a record of several does not tell"),
        /** A row that is wanted more holds. */
        LESS_WANTED("comes after the one that holds");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** The rest of a sentence that begins with the row. */
        public String words() {
            return words;
        }
    }
}
