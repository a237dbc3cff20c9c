package io.saldo.statement;

import io.saldo.money.Amount;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** A statement as the oracle writes one: a line of text for every figure that is not zero. */
final class StatementFigures {
    private final Map<String, Amount> sums = new TreeMap<>();

    static Map<String, String> of(Statement statement) {
        StatementFigures figures = new StatementFigures();
        figures.read(statement);
        Map<String, String> text = new TreeMap<>();
        figures.sums.forEach((key, amount) -> text.put(key, amount.toString()));
        text.put(
                "spent",
                statement.exhaustions().stream()
                        .map(spent -> spent.at() + " " + spent.creditId() + " " + spent.balance())
                        .toList()
                        .toString());
        return text;
    }

    private void read(Statement statement) {
        StatementTotals totals = statement.totals();
        add("usage", totals.usage());
        add("credit", totals.credit());
        add("payg", totals.payg());
        add("overage", totals.overage());
        add("surcharge", totals.surcharge());
        add("carried", totals.carried());
        add("unfunded", totals.unfunded());
        add("receivable", totals.receivable());
        add("granted", totals.granted());
        add("drawn", totals.drawn());
        add("expired", totals.expired());
        add("withdrawn", totals.withdrawn());
        add("closing", totals.closingBalance());
        add("settled", totals.settledDebt());
        add("closing debt", totals.closingDebt());
        add("billable events", Amount.of(statement.events().billable()));
        add("not billable events", Amount.of(statement.events().notBillable()));
        add("late events", Amount.of(statement.events().late()));
        statement.overage().forEach(share -> add("surcharge of " + share.usageMonth(), share.surcharge()));
        statement.receivables().forEach(owed -> add("receivable " + owed.withdrawalEntryId(), owed.amount()));
        statement
                .unfunded()
                .forEach(share -> add(
                        share.reason() == UnfundedShare.Reason.ABOVE_CAP ? "above cap" : "blocked", share.amount()));
        statement.quantities().forEach(meter -> {
            add("accepted " + meter.meter(), meter.accepted());
            add("free " + meter.meter(), meter.free());
            add("unpriced " + meter.meter(), meter.unpriced());
        });
        statement.lines().forEach(this::line);
        statement.counters().forEach(month -> {
            add("against the cap of " + month.month(), month.overage());
            month.tiers().forEach(count -> add("count " + month.month() + " " + count.rowSet(), count.quantity()));
        });
        statement
                .drawdowns()
                .forEach(paid -> add(
                        "drawdown " + paid.creditId() + " " + paid.usageDate() + " "
                                + paid.purpose().word(),
                        paid.amount()));
        statement.dailyBalances().forEach(day -> {
            add("usage " + day.date(), day.usage());
            add("balance " + day.date(), day.closingBalance());
            add("debt " + day.date(), day.closingDebt());
        });
        for (int probe = 0; probe < statement.probeBalances().size(); probe++) {
            add("probe " + probe, statement.probeBalances().get(probe));
        }
        statement
                .closing()
                .debts()
                .forEach(debt -> add("open debt " + debt.provider() + " " + debt.model(), debt.amount()));
        statement.grants().forEach(grant -> {
            add("grant " + grant.creditId() + " drawn", grant.drawn());
            add("grant " + grant.creditId() + " expired", grant.expired());
            add("grant " + grant.creditId() + " withdrawn", grant.withdrawn());
            add("grant " + grant.creditId() + " left", grant.remaining());
        });
    }

    private void line(StatementLine line) {
        String key = "line " + line.usageMonth() + " " + line.provider() + " " + line.model() + " " + line.serviceTier()
                + " "
                + line.meterWord() + " "
                + (line.isPriced() ? line.unitPrice() + "/" + line.perUnits() : "unpriced")
                + (line.kind() == StatementLine.Kind.PACKAGE ? " packages" : "");
        add(key + " quantity", line.quantity());
        add(key + " units", line.units());
        add(key + " credit", line.credit());
        add(key + " payg", line.payg());
        add(key + " overage", line.overage());
        add(key + " carried", line.carried());
        add(key + " unfunded", line.unfunded());
    }

    private void add(String key, BigInteger quantity) {
        add(key, Amount.of(1).times(quantity));
    }

    private void add(String key, Amount amount) {
        if (amount.signum() != 0) {
            sums.merge(key, amount, Amount::plus);
        }
    }
}
