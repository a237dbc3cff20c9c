package io.saldo.reconcile;

/**
 * The closed list of discrepancies (SPEC 8.1). A code is never reused.
 *
 * <p>The asterisk of that list, a break that blocks the account's close, is the severity {@link Severity#ERROR}.
 */
public enum BreakCode {
    /** An expected delivery of the source did not arrive within its grace. */
    DELIVERY_MISSING(
            Check.DELIVERY,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "An expected delivery of the source did not arrive within its grace.",
            "Deliver the file; the next night takes it and resolves the break."),
    /** The file cannot be read, or is not what its control file says, so nothing of it was taken. */
    DELIVERY_INCOMPLETE(
            Check.DELIVERY,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "The file cannot be read as its source says, or is not what its control file says, so nothing of it was taken.",
            "Correct the file, its control file or its source's configuration, and deliver what was wrong again under the"
                    + " same name."),
    /** The source delivered, but no usage of that day. */
    SOURCE_SILENT(
            Check.DELIVERY,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "The source delivered, but no usage of that day.",
            "Ask the source whether the day was really idle; accept it if so."),
    /** Records of the file cannot be taken as they are. */
    RECORDS_REJECTED(
            Check.DELIVERY,
            Severity.WARNING,
            Nature.FACT,
            Scope.EVERYWHERE,
            "Records of the file cannot be taken as they are.",
            "The evidence names the first of them; correct the records and deliver them again."),
    /** Records wait because their account or API key is unknown at their instant. */
    RECORDS_HELD(
            Check.DELIVERY,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "Records wait because their account or API key is unknown at their instant.",
            "Add the account or key; the next night takes the records by itself."),
    /** Two records claim one event id with different content; the first taken stands. */
    USAGE_CONFLICT(
            Check.IDENTITY,
            Severity.ERROR,
            Nature.FACT,
            Scope.EVERYWHERE,
            "Two records claim one event id with different content; the first taken stands.",
            "Ask the source which one is right, then accept the break or deliver the other under an id of its own."),
    /** The file repeats events that are known; they were counted once. */
    USAGE_DUPLICATE(
            Check.IDENTITY,
            Severity.NOTE,
            Nature.FACT,
            Scope.EVERYWHERE,
            "The file repeats events that are known; they were counted once.",
            "Nothing to do; ask the source if it happens often."),
    /** Usage arrived after its month was closed. */
    USAGE_LATE(
            Check.IDENTITY,
            Severity.WARNING,
            Nature.FACT,
            Scope.EVERYWHERE,
            "Usage arrived after its month was closed.",
            "It is charged with the account's oldest open month, or only told: late-usage in application.yml decides. Where it"
                    + " is only told, 'breaks charge' charges what the break shows. A figure that fell is decided outside."),
    /** No price fits the usage, so its statement is incomplete. */
    USAGE_UNPRICED(
            Check.PRICE,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "No price fits the usage, so its statement is incomplete.",
            "Add the price or the model's alias; or decide with 'breaks waive' that it is not charged."),
    /** A price row that rated usage was changed afterwards. */
    PRICE_CHANGED_AFTER_USE(
            Check.PRICE,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "A price row that rated usage was changed afterwards.",
            "Restore the row, and end it where a new one begins; an invoiced month stays as it is."),
    /** There is usage after the account was closed. */
    ACCOUNT_CLOSED(
            Check.ACCOUNT,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "There is usage after the account was closed.",
            "Correct closed_on, or revoke the key and accept the usage."),
    /** A blocked account was served although no credit covered it. */
    SERVED_WITHOUT_CREDIT(
            Check.ACCOUNT,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "A blocked account was served although no credit covered it.",
            "Book the missing top-up; or decide with 'breaks charge' or 'breaks waive' whether it is charged."),
    /** The month's overage passed its cap; the rest is not charged. */
    OVERAGE_CAP_EXCEEDED(
            Check.ACCOUNT,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "The month's overage passed its cap; the rest is not charged.",
            "Raise the cap in the terms; or decide with 'breaks charge' or 'breaks waive' whether the rest is charged."),
    /** The live prepaid system shows another balance than the computed one. */
    BALANCE_DIFFERS(
            Check.BALANCE,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "The live prepaid system shows another balance than the computed one.",
            "Look at the days on which the gap changed; correct the side that is wrong."),
    /** The live system recorded other balances that day, but not this account's. */
    BALANCE_MISSING(
            Check.BALANCE,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "The live system recorded other balances that day, but not this account's.",
            "Ask for the balance to be delivered again."),
    /** Credit was granted as purchased, but no captured payment has its reference. */
    PAYMENT_MISSING(
            Check.PAYMENT,
            Severity.ERROR,
            Nature.STANDING,
            Scope.ACCOUNT,
            "Credit was granted as purchased, but no captured payment has its reference.",
            "Find the payment, or withdraw the credit."),
    /** Money was captured for which no credit was granted and no invoice exists. */
    CREDIT_MISSING(
            Check.PAYMENT,
            Severity.ERROR,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "Money was captured for which no credit was granted and no invoice exists.",
            "Grant the credit, or refund the payment."),
    /** The money paid, or paid back, is not the money of the credit granted or withdrawn. */
    PAYMENT_AMOUNT_DIFFERS(
            Check.PAYMENT,
            Severity.ERROR,
            Nature.STANDING,
            Scope.ACCOUNT,
            "The money paid, or paid back, is not the money of the credit granted or withdrawn.",
            "Correct the grant or the payment by the difference."),
    /** The payment was captured in another currency than the credit. */
    PAYMENT_CURRENCY_DIFFERS(
            Check.PAYMENT,
            Severity.ERROR,
            Nature.STANDING,
            Scope.ACCOUNT,
            "The payment was captured in another currency than the credit.",
            "Grant the credit in the currency paid, or refund the payment."),
    /** One reference was paid more than once. */
    PAYMENT_DUPLICATE(
            Check.PAYMENT,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "One reference was paid more than once.",
            "Refund the payment, or grant a credit of its own for it."),
    /** The payment was refunded, disputed or failed after capture, and the credit still stands. */
    PAYMENT_REVERSED(
            Check.PAYMENT,
            Severity.ERROR,
            Nature.STANDING,
            Scope.ACCOUNT,
            "The payment was refunded, disputed or failed after capture, and the credit still stands.",
            "Withdraw the credit by what was paid back."),
    /** Every attempt to pay was declined, and the credit was granted all the same. */
    DECLINED_BUT_CREDITED(
            Check.PAYMENT,
            Severity.ERROR,
            Nature.STANDING,
            Scope.ACCOUNT,
            "Every attempt to pay was declined, and the credit was granted all the same.",
            "Withdraw the credit as void, or collect the payment."),
    /** A purchase was taken back after some of it was used; the used part is a receivable. */
    CREDIT_WITHDRAWN_AFTER_USE(
            Check.PAYMENT,
            Severity.WARNING,
            Nature.FACT,
            Scope.ACCOUNT,
            "A purchase was taken back after some of it was used; the used part is a receivable.",
            "Check the receivable on the next invoice."),
    /** A credit entry is effective in a closed month; it counts from the oldest open month. */
    CREDIT_BACKDATED(
            Check.PAYMENT,
            Severity.WARNING,
            Nature.FACT,
            Scope.ACCOUNT,
            "A credit entry is effective in a closed month; it counts from the oldest open month.",
            "It counts from the start of the oldest open month."),
    /** A record of the processor is of no known class, so nothing was concluded from it. */
    PAYMENT_UNCLASSIFIED(
            Check.PAYMENT,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "A record of the processor is of no known class, so nothing was concluded from it.",
            "Map its status in the source file, or correct the record."),
    /** Payments of one method were declined more often than the limit allows. */
    DECLINES_EXCESSIVE(
            Check.PAYMENT,
            Severity.WARNING,
            Nature.FACT,
            Scope.EVERYWHERE,
            "Payments of one method were declined more often than the limit allows.",
            "Talk to the customer about another means of payment before the service stops."),
    /** The provider counted other tokens than we did. */
    PROVIDER_USAGE_DIFFERS(
            Check.PROVIDER_USAGE,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "The provider counted other tokens than we did.",
            "Look for lost or doubled deliveries of that window, and for retries."),
    /** The provider's bill is not our usage at the provider's prices. */
    PROVIDER_COST_DIFFERS(
            Check.PROVIDER_COST,
            Severity.WARNING,
            Nature.STANDING,
            Scope.EVERYWHERE,
            "The provider's bill is not our usage at the provider's prices.",
            "Check the provider's cost book and its discounts, then the usage of that window.");

    private enum Nature {
        STANDING,
        FACT
    }

    private enum Scope {
        ACCOUNT,
        EVERYWHERE
    }

    private final Check check;
    private final Severity severity;
    private final Nature nature;
    private final Scope subjectScope;
    private final String meaning;
    private final String remedy;

    BreakCode(Check check, Severity severity, Nature nature, Scope subjectScope, String meaning, String remedy) {
        this.check = check;
        this.severity = severity;
        this.nature = nature;
        this.subjectScope = subjectScope;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** The check that finds it. */
    public Check check() {
        return check;
    }

    /** What it does to a verdict while it is open. */
    public Severity severity() {
        return severity;
    }

    /** Whether an unresolved break of this code keeps what it concerns from being closed. */
    public boolean blocksClose() {
        return severity == Severity.ERROR;
    }

    /**
     * Whether it is judged anew each night from the present facts, and so resolves by itself when it no longer holds. A
     * code that is not standing tells of something that happened on a night, which no later night can undo: it stays
     * until a person decides it.
     */
    public boolean isStanding() {
        return nature == Nature.STANDING;
    }

    /**
     * Whether its check judges open account-months alone. Then its absence from a night proves nothing of an account-month
     * that is closed; the other checks judge everything that was ever delivered.
     */
    public boolean isOfOpenMonths() {
        return switch (this) {
            case USAGE_UNPRICED, ACCOUNT_CLOSED, SERVED_WITHOUT_CREDIT, OVERAGE_CAP_EXCEEDED, BALANCE_DIFFERS -> true;
            default -> false;
        };
    }

    /**
     * Whether a person can decide so about a break of this code. Usage that nobody was asked to pay is charged or waived
     * by that name, not simply accepted; without a price there is no amount to charge. Late usage can be charged where it
     * is only told.
     */
    public boolean allows(Decision decision) {
        boolean isUnpaidUsage = this == SERVED_WITHOUT_CREDIT || this == OVERAGE_CAP_EXCEEDED;
        return switch (decision) {
            case ACKNOWLEDGE, RESOLVE -> true;
            case ACCEPT -> !isUnpaidUsage && this != USAGE_UNPRICED;
            case CHARGE -> isUnpaidUsage || this == USAGE_LATE;
            case WAIVE -> isUnpaidUsage || this == USAGE_UNPRICED;
        };
    }

    /** Whether no conclusion can be drawn while it is open: what should have been compared is not there. */
    public boolean preventsConclusion() {
        return this == DELIVERY_MISSING || this == DELIVERY_INCOMPLETE;
    }

    /**
     * Whether its subject names one thing only together with the account, as a credit id does; then the account is part
     * of the identity.
     */
    public boolean isSubjectWithinAccount() {
        return subjectScope == Scope.ACCOUNT;
    }

    /** What it means, as a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it, as a sentence. */
    public String remedy() {
        return remedy;
    }
}
