package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A discrepancy that a check saw tonight.
 *
 * @param code what is wrong
 * @param subject what it is wrong with, as SPEC 8.1 names it for the code
 * @param period {@code YYYY-MM-DD}, {@code YYYY-MM} or the provider's window
 * @param accountId the account concerned; empty when none is
 * @param expected our side: money, or a count where currency is empty; null where nothing can be stated
 * @param actual the other side; null where nothing can be stated
 * @param difference actual minus expected; null unless both can be stated
 * @param currency ISO 4217 code of the three; empty when they are counts
 * @param cause why, in a few words, cut at {@value #CAUSE_LENGTH_MAX} characters; {@code unexplained} when it was looked for and
 *     not found; empty when nobody looked
 * @param evidence deliveries, lines, ids, days; cut at {@value #EVIDENCE_LENGTH_MAX} characters
 * @param observedOn the night of the check
 */
public record Finding(
        BreakCode code,
        String subject,
        String period,
        String accountId,
        @Nullable Amount expected,
        @Nullable Amount actual,
        @Nullable Amount difference,
        String currency,
        String cause,
        String evidence,
        LocalDate observedOn) {
    /** The order in which a check hands over its findings. */
    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::code)
            .thenComparing(Finding::accountId, TextOrder.UTF_8)
            .thenComparing(Finding::subject, TextOrder.UTF_8)
            .thenComparing(Finding::period, TextOrder.UTF_8);

    /** What evidence text may hold; a break points to its evidence and does not archive it. */
    public static final int EVIDENCE_LENGTH_MAX = 4_000;

    /** What cause text may hold. */
    public static final int CAUSE_LENGTH_MAX = 1_000;

    private static final String CUT = " [more]";

    /** Cuts cause and evidence that are too long, and says so in them. */
    public Finding {
        cause = bounded(cause, CAUSE_LENGTH_MAX);
        evidence = bounded(evidence, EVIDENCE_LENGTH_MAX);
    }

    /** A finding that states no figures. */
    public static Finding withoutFigures(
            BreakCode code,
            String subject,
            String period,
            String accountId,
            String cause,
            String evidence,
            LocalDate observedOn) {
        return new Finding(code, subject, period, accountId, null, null, null, "", cause, evidence, observedOn);
    }

    /** A finding that states both sides; the difference is actual minus expected. */
    public static Finding withFigures(
            BreakCode code,
            String subject,
            String period,
            String accountId,
            Amount expected,
            Amount actual,
            String currency,
            String cause,
            String evidence,
            LocalDate observedOn) {
        return new Finding(
                code,
                subject,
                period,
                accountId,
                expected,
                actual,
                actual.minus(expected),
                currency,
                cause,
                evidence,
                observedOn);
    }

    /** The stable name of the break that this finding is about. */
    public String id() {
        return BreakIdentity.of(code, subject, period, accountId);
    }

    /** The month's text as a period. */
    static String monthOf(LocalDate date) {
        return YearMonth.from(date).toString();
    }

    private static String bounded(String text, int lengthMax) {
        if (text.length() <= lengthMax) {
            return text;
        }
        int end = lengthMax - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
