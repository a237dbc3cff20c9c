package io.saldo.health;

import io.saldo.credit.OveragePolicy;
import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How an account's credit does.
 *
 * @param account what is known of it
 * @param balance what all its credit is together
 * @param scoped of it, what pays only for one provider or model
 * @param burn how fast it is used
 * @param runwayShort whole days at the fast pace, without scoped credit; {@link Forecast#BEYOND} for a year and more
 * @param runway whole days at the usual pace
 * @param runwayLong whole days at the slow pace
 * @param expiring what will expire unused at the usual pace, within the days that the rules look at
 * @param advice about the next recharge
 * @param concerns why a person should look, the most urgent first
 */
public record AccountHealth(
        CreditAccount account,
        Amount balance,
        Amount scoped,
        BurnRate burn,
        int runwayShort,
        int runway,
        int runwayLong,
        List<Forecast.Unused> expiring,
        RechargeAdvice advice,
        List<Concern> concerns) {
    /** Accounts that need a person first; of equal concern the one whose credit ends first. */
    public static final Comparator<AccountHealth> MOST_URGENT_FIRST = Comparator.comparing(
                    (AccountHealth each) -> each.concerns().isEmpty()
                            ? Concern.values().length
                            : each.concerns().get(0).ordinal())
            .thenComparingInt(AccountHealth::runwayShort)
            .thenComparingInt(AccountHealth::runway)
            .thenComparing(each -> each.account().accountId());

    /** Keeps the lists unchangeable. */
    public AccountHealth {
        expiring = List.copyOf(expiring);
        concerns = List.copyOf(concerns);
    }

    /** Judges an account at the end of a night. */
    public static AccountHealth of(CreditAccount account, HealthRules rules, LocalDate night) {
        BurnRate burn = BurnRate.of(account.dailyUsage());
        List<RemainingCredit> credit = account.credit();
        List<RemainingCredit> unscoped =
                credit.stream().filter(each -> !each.scoped()).toList();
        Forecast usual = Forecast.of(credit, burn.usual(), Amount.ZERO);
        int runwayShort = Forecast.of(unscoped, burn.fast(), Amount.ZERO).days();
        Amount balance = sum(credit);
        List<Forecast.Unused> expiring = usual.unused().stream()
                .filter(each -> each.inDays() <= rules.expiryDays())
                .toList();
        RechargeAdvice advice =
                RechargeAdvice.of(account.terms(), credit, burn.usual(), account.boughtThisMonth(), night);
        return new AccountHealth(
                account,
                balance,
                balance.minus(sum(unscoped)),
                burn,
                runwayShort,
                usual.days(),
                Forecast.of(credit, burn.slow(), Amount.ZERO).days(),
                expiring,
                advice,
                concerns(account, rules, burn, balance, runwayShort, expiring, advice));
    }

    /** What will expire unused, together. */
    public Amount expiringUnused() {
        return expiring.stream().map(Forecast.Unused::amount).reduce(Amount.ZERO, Amount::plus);
    }

    private static List<Concern> concerns(
            CreditAccount account,
            HealthRules rules,
            BurnRate burn,
            Amount balance,
            int runwayShort,
            List<Forecast.Unused> expiring,
            RechargeAdvice advice) {
        List<Concern> concerns = new ArrayList<>();
        boolean stops = account.terms().overagePolicy() == OveragePolicy.BLOCK;
        boolean used = burn.total().signum() > 0;
        if (used && balance.isZero()) {
            concerns.add(stops ? Concern.INTERRUPTED : Concern.WITHOUT_CREDIT);
        } else if (used && runwayShort <= rules.riskDays()) {
            concerns.add(stops ? Concern.AT_RISK : Concern.ENDING);
        }
        if (account.declines().stream().anyMatch(TopUpDeclines::isTripped)) {
            concerns.add(Concern.DECLINED);
        }
        if (advice.state() == RechargeAdvice.State.CAPPED) {
            concerns.add(Concern.CAPPED);
        }
        if (!expiring.isEmpty()) {
            concerns.add(Concern.EXPIRING);
        }
        concerns.sort(null);
        return concerns;
    }

    private static Amount sum(List<RemainingCredit> credit) {
        return credit.stream().map(RemainingCredit::amount).reduce(Amount.ZERO, Amount::plus);
    }
}
