package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.config.Settings;
import io.saldo.app.config.Source;
import io.saldo.app.run.Run;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.UncountedLateUsage;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.UsageConflictStore;
import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import io.saldo.statement.FallenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The check of identity: events that contradict or repeat each other, and those that came after their month was closed. */
@Component
public class IdentityFindings {
    private final DeliveryStore deliveries;
    private final OutcomeStore outcomes;
    private final UsageConflictStore usageConflicts;
    private final CloseStore closes;
    private final LakeStore lake;

    /** Over the books. */
    public IdentityFindings(
            DeliveryStore deliveries,
            OutcomeStore outcomes,
            UsageConflictStore usageConflicts,
            CloseStore closes,
            LakeStore lake) {
        this.deliveries = deliveries;
        this.outcomes = outcomes;
        this.usageConflicts = usageConflicts;
        this.closes = closes;
        this.lake = lake;
    }

    /** Conflicts and repeats of this run, and usage of closed months that no closed statement has counted. */
    List<Finding> of(Run run, Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        for (UsageConflictStore.Conflict conflict : usageConflicts.ofRun(run.id())) {
            findings.add(Finding.withoutFigures(
                    BreakCode.USAGE_CONFLICT,
                    conflict.namespace() + "/" + conflict.eventId(),
                    conflict.month(),
                    conflict.accountId(),
                    "",
                    "stands: " + deliveries.get(conflict.firstDeliveryId()).place() + ":" + conflict.firstLine()
                            + ", differs: "
                            + deliveries.get(conflict.deliveryId()).place() + ":" + conflict.line(),
                    run.businessDate()));
        }
        late(run, configuration, findings);
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            DeliveryCounts counts = outcomes.counts(delivery.id());
            if (counts.duplicate() > 0 && Source.Profile.of(delivery.profile()).isUsage()) {
                findings.add(new Finding(
                        BreakCode.USAGE_DUPLICATE,
                        delivery.place(),
                        run.businessDate().toString(),
                        "",
                        Amount.ZERO,
                        Amount.of(counts.duplicate()),
                        Amount.of(counts.duplicate()),
                        "",
                        "",
                        counts.duplicate() + " of " + counts.records() + " records were known",
                        run.businessDate()));
            }
        }
        return findings;
    }

    /** Usage of closed months that no closed statement has counted. */
    private void late(Run run, Configuration configuration, List<Finding> findings) {
        Map<String, List<LakeStore.UsageOfRun>> byAccount = lake.lateUsage().stream()
                .collect(Collectors.groupingBy(LakeStore.UsageOfRun::accountId, TreeMap::new, Collectors.toList()));
        if (byAccount.isEmpty()) {
            return;
        }
        Map<String, CloseStore.Frozen> frozen = closes.kept();
        byAccount.forEach((account, late) -> {
            Opening golive = configuration.openings().get(account);
            for (UncountedLateUsage uncounted : UncountedLateUsage.of(late, frozen.get(account))) {
                String cause;
                if (golive != null && uncounted.month().isBefore(golive.month())) {
                    cause = "delivered after the go-live, in no statement";
                } else if (configuration.settings().lateUsage() == Settings.LateUsage.NEXT_INVOICE) {
                    cause = "delivered after the close, charged with the oldest open month but for figures that fell";
                } else {
                    cause = "delivered after the close, in no statement until a person has it charged";
                }
                findings.add(uncounted.finding(cause, run.businessDate()));
            }
        });
    }

    /**
     * Figures that fell after a closed statement charged them, where nothing else is told of their month.
     *
     * @param revision the latest of an open month
     * @param told what tonight's other checks of identity found
     */
    List<Finding> fallen(Run run, StatementRevision revision, List<Finding> told) {
        List<Finding> findings = new ArrayList<>();
        for (FallenUsage fallen : revision.facts().fallen()) {
            String usageMonth = fallen.usageMonth().toString();
            boolean isTold = told.stream()
                    .anyMatch(each -> each.code() == BreakCode.USAGE_LATE
                            && each.subject().equals(revision.accountId())
                            && each.period().equals(usageMonth));
            if (!isTold) {
                findings.add(Finding.withoutFigures(
                        BreakCode.USAGE_LATE,
                        revision.accountId(),
                        usageMonth,
                        revision.accountId(),
                        "figures fell after the close",
                        fallen.events() + " events were charged with higher figures than they have by now",
                        run.businessDate()));
            }
        }
        return findings;
    }
}
