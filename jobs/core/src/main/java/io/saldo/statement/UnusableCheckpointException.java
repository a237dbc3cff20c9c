package io.saldo.statement;

/** A checkpoint that is damaged, of another version, or not of the month it was to be used for: compute the month whole. */
public final class UnusableCheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says why. */
    public UnusableCheckpointException(String message) {
        super(message);
    }
}
