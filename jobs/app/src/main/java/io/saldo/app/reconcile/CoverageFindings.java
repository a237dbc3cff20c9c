package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Source;
import io.saldo.app.run.Run;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FeedStore;
import io.saldo.credit.BillingMode;
import io.saldo.credit.Terms;
import io.saldo.reconcile.BalanceCheck;
import io.saldo.reconcile.BalanceCoverage;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Whose balance the live prepaid system did not record on a day on which it recorded others. Judged are the business date and
 * the days of which the run brought balances; a balance that comes later resolves its break.
 */
@Component
public class CoverageFindings {
    private final DeliveryStore deliveries;
    private final FeedStore feeds;

    /** Over the books. */
    public CoverageFindings(DeliveryStore deliveries, FeedStore feeds) {
        this.deliveries = deliveries;
        this.feeds = feeds;
    }

    /** What it sees tonight. */
    List<Finding> of(Run run, Configuration configuration) {
        BillingZone zone = configuration.settings().billingZone();
        List<BalanceCoverage> coverages = new ArrayList<>();
        for (LocalDate day : days(run)) {
            Set<String> recorded = feeds.recordedBetween(zone.startOf(day), zone.endOf(day));
            if (!recorded.isEmpty()) {
                coverages.add(
                        new BalanceCoverage("live balances", day, prepaid(configuration, zone.endOf(day)), recorded));
            }
        }
        return BalanceCheck.missing(coverages, run.businessDate());
    }

    /** Whether tonight says anything about a break of this check: absence from the findings proves nothing without. */
    Predicate<BreakCase> judged(Run run, Configuration configuration) {
        BillingZone zone = configuration.settings().billingZone();
        Set<LocalDate> days = days(run);
        return each -> {
            if (each.code() != BreakCode.BALANCE_MISSING) {
                return true;
            }
            LocalDate day = LocalDate.parse(each.period());
            return days.contains(day) || feeds.isRecordedBetween(each.accountId(), zone.startOf(day), zone.endOf(day));
        };
    }

    private Set<LocalDate> days(Run run) {
        Set<LocalDate> days = new TreeSet<>(Set.of(run.businessDate()));
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            Source.Profile profile = Source.Profile.of(delivery.profile());
            if (!profile.isUsage() && profile.feed() == Source.Feed.BALANCES) {
                deliveries.days(delivery.id()).stream()
                        .map(DeliveryStore.Day::date)
                        .filter(day -> !day.isAfter(run.businessDate()))
                        .forEach(days::add);
            }
        }
        return days;
    }

    /** The accounts that pay in advance at the end of a day, and were not closed before it. */
    private static Set<String> prepaid(Configuration configuration, long endOfDay) {
        BillingZone zone = configuration.settings().billingZone();
        Set<String> prepaid = new TreeSet<>();
        for (String account : configuration.accounts().ids()) {
            Account row = configuration.accounts().at(account, endOfDay - 1);
            LocalDate closedOn = row == null ? null : row.closedOn();
            boolean isClosed = closedOn != null && zone.endOf(closedOn) < endOfDay;
            Terms terms = configuration.termsAt(account, endOfDay - 1);
            if (row != null && !isClosed && terms != null && terms.billingMode() == BillingMode.PREPAID) {
                prepaid.add(account);
            }
        }
        return prepaid;
    }
}
