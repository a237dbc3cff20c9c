package io.saldo.health;

import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import java.util.List;

/**
 * What is known of an account at the end of a night.
 *
 * @param accountId whose it is
 * @param terms in force then
 * @param credit what is left, in the order in which it is spent
 * @param debt carried usage that is not settled
 * @param dailyUsage the value of each day's usage, the oldest first, the night last; at most
 *     {@value BurnRate#DAYS_MAX} days, from the account's first on
 * @param boughtThisMonth credit bought in the night's month, net
 * @param gaps the times without credit that reach into those days
 * @param servedWithoutCredit of the open months, what was served although nothing covered it
 * @param declines of the days that the circuit breaker looks at
 */
public record CreditAccount(
        String accountId,
        Terms terms,
        List<RemainingCredit> credit,
        Amount debt,
        List<Amount> dailyUsage,
        Amount boughtThisMonth,
        List<CreditGap> gaps,
        Amount servedWithoutCredit,
        List<TopUpDeclines> declines) {
    /** Keeps the lists unchangeable. */
    public CreditAccount {
        credit = List.copyOf(credit);
        dailyUsage = List.copyOf(dailyUsage);
        gaps = List.copyOf(gaps);
        declines = List.copyOf(declines);
    }
}
