package io.saldo.health;

/** A reason for a person to act, the most urgent first. */
public enum Concern {
    /** There is usage and no credit, and the terms say that service stops. */
    INTERRUPTED("interrupted"),
    /** At the fast pace service stops within the days of risk. */
    AT_RISK("at risk of interruption"),
    /** Top-ups are declined so often that the circuit breaker is open. */
    DECLINED("top-ups declined"),
    /** There is usage and no credit; it becomes overage or debt. */
    WITHOUT_CREDIT("without credit"),
    /** At the fast pace credit ends within the days of risk; then there is overage or debt. */
    ENDING("credit ends soon"),
    /** A recharge is due, and the monthly cap leaves less than what is needed. */
    CAPPED("recharge capped"),
    /** Credit will expire unused at the usual pace. */
    EXPIRING("credit expires unused");

    private final String word;

    Concern(String word) {
        this.word = word;
    }

    /** The words in reports. */
    public String word() {
        return word;
    }
}
