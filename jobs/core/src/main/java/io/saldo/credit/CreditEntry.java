package io.saldo.credit;

import io.saldo.money.Amount;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the credit feed (SPEC 6.1). Times are microseconds since 1970.
 *
 * @param accountId whose credit it is
 * @param entryId unique per account
 * @param type whether it gives or takes
 * @param creditId the grant, unique per account; for a withdrawal the grant that it takes from
 * @param kind where the credit comes from; of a withdrawal it is ignored: its grant says
 * @param amount net, greater than 0; null only in a withdrawal, which then takes all
 * @param taxAmount tax paid on a purchase, from 0 on
 * @param currency the account's
 * @param bookedAt when it was booked
 * @param effectiveAt when it begins to count
 * @param expiresAt first instant at which a grant no longer pays; {@code Instants.MAX} for never
 * @param priority 0 to 100, lower is spent first
 * @param paymentReference the processor's id; may be empty
 * @param paymentMethod such as {@code card}; may be empty
 * @param purchaseInvoice number of the invoice by which it was bought; may be empty
 * @param reason of a withdrawal, such as {@code refund}; may be empty
 * @param scopeProvider the only provider, as logged, whose usage it pays; empty for any
 * @param scopeModel the only model, after alias, whose usage it pays; empty for any
 */
public record CreditEntry(
        String accountId,
        String entryId,
        Type type,
        String creditId,
        CreditKind kind,
        @Nullable Amount amount,
        Amount taxAmount,
        Currency currency,
        long bookedAt,
        long effectiveAt,
        long expiresAt,
        int priority,
        String paymentReference,
        String paymentMethod,
        String purchaseInvoice,
        String reason,
        String scopeProvider,
        String scopeModel) {
    /** Whether an entry gives or takes. */
    public enum Type {
        /** Gives credit. */
        GRANT("grant"),
        /** Takes credit back. */
        WITHDRAW("withdraw");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** The word in feeds. */
        public String word() {
            return word;
        }

        /**
         * The type with that word.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Type of(String word) {
            for (Type type : values()) {
                if (type.word.equals(word)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no entry " + word);
        }
    }

    /**
     * Checks what intake must have rejected.
     *
     * @throws IllegalArgumentException when a grant has no amount, an amount is not positive, or a grant expires before
     *     it begins
     */
    public CreditEntry {
        if (amount == null ? type == Type.GRANT : amount.signum() <= 0) {
            throw new IllegalArgumentException("entry " + entryId + " has no positive amount");
        }
        if (type == Type.GRANT && expiresAt <= effectiveAt) {
            throw new IllegalArgumentException("entry " + entryId + " expires before it begins");
        }
    }

    /** Whether what usage already spent is owed when this withdrawal takes back a purchase (SPEC 6.2). */
    public boolean claimsWhatWasUsed() {
        return reason.equals("chargeback") || reason.equals("void");
    }
}
