package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.statement.UnfundedShare;
import io.saldo.statement.UnpricedQuantity;
import io.saldo.statement.WithdrawalAfterUse;
import io.saldo.time.Instants;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a statement says about itself: usage without a price, usage that nobody pays, credit that came too late. */
public final class StatementCheck {
    /**
     * The statement of an account-month, as far as it is checked.
     *
     * @param accountId whose it is
     * @param month {@code YYYY-MM}
     * @param currency of its amounts
     * @param unpriced quantities without a price
     * @param unfunded usage that nobody pays, by reason
     * @param withdrawalsAfterUse withdrawals that found their credit used
     * @param backdatedEntries ids of entries that were effective before the month
     */
    public record Subject(
            String accountId,
            String month,
            String currency,
            List<UnpricedQuantity> unpriced,
            List<UnfundedShare> unfunded,
            List<WithdrawalAfterUse> withdrawalsAfterUse,
            List<String> backdatedEntries) {}

    private StatementCheck() {}

    /** USAGE_UNPRICED, SERVED_WITHOUT_CREDIT, OVERAGE_CAP_EXCEEDED, CREDIT_WITHDRAWN_AFTER_USE and CREDIT_BACKDATED. */
    public static List<Finding> findings(Subject statement, LocalDate night) {
        List<Finding> findings = new ArrayList<>();
        unpriced(statement, night, findings);
        for (UnfundedShare each : statement.unfunded()) {
            boolean cap = each.reason() == UnfundedShare.Reason.ABOVE_CAP;
            findings.add(Finding.withFigures(
                    cap ? BreakCode.OVERAGE_CAP_EXCEEDED : BreakCode.SERVED_WITHOUT_CREDIT,
                    statement.accountId(),
                    statement.month(),
                    statement.accountId(),
                    Amount.ZERO,
                    each.amount(),
                    statement.currency(),
                    cap ? "overage above the monthly cap" : "served without credit",
                    each.events() + " events from " + Instants.format(each.firstAt()) + " on",
                    night));
        }
        withdrawn(statement, night, findings);
        for (String entry : statement.backdatedEntries()) {
            findings.add(Finding.withoutFigures(
                    BreakCode.CREDIT_BACKDATED,
                    entry,
                    statement.month(),
                    statement.accountId(),
                    "",
                    "entry " + entry + " is effective before " + statement.month(),
                    night));
        }
        return findings;
    }

    /** The subject does not name the provider, so quantities of several providers are one break. */
    private static void unpriced(Subject statement, LocalDate night, List<Finding> findings) {
        Map<String, List<UnpricedQuantity>> bySubject = statement.unpriced().stream()
                .collect(Collectors.groupingBy(
                        each -> BreakSubject.of(
                                statement.accountId(),
                                each.model(),
                                each.serviceTier(),
                                each.meter().word()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        bySubject.forEach((subject, quantities) -> findings.add(Finding.withFigures(
                BreakCode.USAGE_UNPRICED,
                subject,
                statement.month(),
                statement.accountId(),
                Amount.ZERO,
                Amount.of(1)
                        .times(quantities.stream()
                                .map(UnpricedQuantity::quantity)
                                .reduce(BigInteger.ZERO, BigInteger::add)),
                "",
                "no price",
                quantities.stream()
                        .map(each -> each.events() + " events of provider " + each.provider() + ", the first at "
                                + Instants.format(each.firstAt()))
                        .collect(Collectors.joining("; ")),
                night)));
    }

    private static void withdrawn(Subject statement, LocalDate night, List<Finding> findings) {
        Map<String, List<WithdrawalAfterUse>> byCredit = statement.withdrawalsAfterUse().stream()
                .collect(Collectors.groupingBy(WithdrawalAfterUse::creditId, LinkedHashMap::new, Collectors.toList()));
        byCredit.forEach((creditId, withdrawals) -> findings.add(Finding.withFigures(
                BreakCode.CREDIT_WITHDRAWN_AFTER_USE,
                creditId,
                statement.month(),
                statement.accountId(),
                Amount.ZERO,
                withdrawals.stream().map(WithdrawalAfterUse::used).reduce(Amount.ZERO, Amount::plus),
                statement.currency(),
                withdrawals.get(0).reason(),
                withdrawals.stream()
                        .map(each -> "entry " + each.entryId() + " at " + Instants.format(each.at()) + " took "
                                + each.taken() + ", " + each.owed() + " is owed")
                        .collect(Collectors.joining("; ")),
                night)));
    }
}
