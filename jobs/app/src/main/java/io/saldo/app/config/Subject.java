package io.saldo.app.config;

import java.util.Comparator;

/**
 * Whom a problem holds up.
 *
 * @param kind what it is
 * @param name its name; empty for everybody
 */
record Subject(Kind kind, String name) implements Comparable<Subject> {
    /** A problem that does not say whom it concerns, or that concerns all. */
    static final Subject EVERYBODY = new Subject(Kind.EVERYBODY, "");

    private static final Comparator<Subject> ORDER =
            Comparator.comparing(Subject::kind).thenComparing(Subject::name);

    enum Kind {
        ACCOUNT,
        PRICE_BOOK,
        API_KEY,
        /** Accounts that are invoiced in a currency whose tax must be converted. */
        CURRENCY,
        EVERYBODY
    }

    static Subject account(String id) {
        return of(Kind.ACCOUNT, id);
    }

    static Subject priceBook(String name) {
        return of(Kind.PRICE_BOOK, name);
    }

    static Subject apiKey(String id) {
        return of(Kind.API_KEY, id);
    }

    static Subject currency(String code) {
        return of(Kind.CURRENCY, code);
    }

    /** What stays undone until the problem is mended. */
    String effect() {
        return switch (kind) {
            case ACCOUNT -> "Until then account " + name + " is held up.";
            case PRICE_BOOK -> "Until then price book " + name + " and the accounts that use it are held up.";
            case API_KEY -> "Until then records of API key " + name + " are held.";
            case CURRENCY -> "Until then accounts whose tax is converted with " + name + " are held up.";
            case EVERYBODY -> "Until then no run starts.";
        };
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }

    /** A row that does not name its subject could be anybody's. */
    private static Subject of(Kind kind, String name) {
        return name.isEmpty() ? EVERYBODY : new Subject(kind, name);
    }
}
