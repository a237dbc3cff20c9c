package io.saldo.reconcile;

import java.util.Locale;

/** What an open break does to a verdict; the gravest first. */
public enum Severity {
    /** It blocks the close of what it concerns. */
    ERROR,
    /** It must be looked at, and blocks nothing. */
    WARNING,
    /** It is told and spoils no verdict. */
    NOTE;

    /** The lower-case word of the exports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
