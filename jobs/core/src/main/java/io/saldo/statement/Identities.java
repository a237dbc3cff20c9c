package io.saldo.statement;

import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import java.util.List;
import java.util.function.Function;

/** The identities of a statement, each from figures that were counted apart. */
final class Identities {
    private Identities() {}

    static void prove(Statement statement, Scaled plan, Kernel kernel) {
        Proof proof = new Proof(statement.accountId(), statement.month());
        quantities(proof, statement);
        lines(proof, statement);
        TierIdentities.prove(proof, statement, plan, kernel);
        statement.totals().prove(proof);
        grants(proof, statement, plan, kernel);
        days(proof, statement);
        proof.conclude();
    }

    private static void quantities(Proof proof, Statement statement) {
        for (MeterQuantities meter : statement.quantities()) {
            proof.equal(
                    "accepted " + meter.meter().word() + " = priced + free + unpriced + not billable",
                    meter.accepted(),
                    meter.priced().add(meter.free()).add(meter.unpriced()).add(meter.notBillable()));
        }
    }

    private static void lines(Proof proof, Statement statement) {
        for (StatementLine line : statement.lines()) {
            Amount price = line.unitPrice();
            if (price != null) {
                proof.equal(
                        "amount x per_units = quantity x unit_price of " + line.model() + " " + line.meterWord(),
                        line.amount().times(line.priceDivisor()),
                        price.times(line.quantity()));
            }
        }
        StatementTotals totals = statement.totals();
        proof.equal("usage = sum of the lines", totals.usage(), sum(statement.lines(), StatementLine::amount))
                .equal("credit = sum of the lines", totals.credit(), sum(statement.lines(), StatementLine::credit))
                .equal("payg = sum of the lines", totals.payg(), sum(statement.lines(), StatementLine::payg))
                .equal("overage = sum of the lines", totals.overage(), sum(statement.lines(), StatementLine::overage))
                .equal("carried = sum of the lines", totals.carried(), sum(statement.lines(), StatementLine::carried))
                .equal(
                        "unfunded = sum of its reasons",
                        totals.unfunded(),
                        sum(statement.unfunded(), UnfundedShare::amount))
                .equal(
                        "overage = sum of its multipliers",
                        totals.overage(),
                        sum(statement.overage(), OverageShare::amount));
    }

    private static void grants(Proof proof, Statement statement, Scaled plan, Kernel kernel) {
        List<CreditPlan.Grant> grants = plan.credit().grants();
        for (int index = 0; index < grants.size(); index++) {
            GrantPosition position = statement.grants().get(index);
            proof.equal(
                    "amount = drawn + expired + withdrawn + remaining - restored of " + position.creditId(),
                    position.amount(),
                    position.drawn()
                            .plus(position.expired())
                            .plus(position.withdrawn())
                            .plus(Amount.ofUnscaled(kernel.grants.remaining[index], plan.scale()))
                            .minus(position.restored()));
        }
        proof.equal(
                        "drawn = sum of the drawdowns",
                        statement.totals().drawn(),
                        sum(statement.drawdowns(), Drawdown::amount))
                .equal(
                        "closing balance = sum of the grants",
                        statement.totals().closingBalance(),
                        sum(statement.grants(), GrantPosition::remaining));
    }

    private static void days(Proof proof, Statement statement) {
        List<DailyBalance> days = statement.dailyBalances();
        Amount charged = statement.lines().stream()
                .filter(StatementLine::isDecided)
                .map(StatementLine::amount)
                .reduce(Amount.ZERO, Amount::plus);
        proof.equal(
                "usage = sum of the days + charged by decisions",
                statement.totals().usage(),
                sum(days, DailyBalance::usage).plus(charged));
        if (!days.isEmpty()) {
            DailyBalance last = days.get(days.size() - 1);
            proof.equal("closing balance = last day", statement.totals().closingBalance(), last.closingBalance())
                    .equal("closing debt = last day", statement.totals().closingDebt(), last.closingDebt());
        }
    }

    private static <T> Amount sum(List<T> parts, Function<T, Amount> amount) {
        return parts.stream().map(amount).reduce(Amount.ZERO, Amount::plus);
    }
}
