package io.saldo.app.explanation;

import io.saldo.app.run.Run;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementTask;
import io.saldo.app.store.RunStore;
import io.saldo.lake.usage.StoredEvent;
import io.saldo.statement.Explanation.EventCharge;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * How the late part of an event comes about: its figures as each statement that counted its month knew them, and the
 * highest of these taken off what is known now.
 */
final class LateFigures {
    private final RunStore runs;
    private final RevisionInputs.Inputs inputs;
    private final StatementTask.LateMonth month;
    private final List<StoredEvent> rows;

    /** Of the rows of one event that the statement's run knew. */
    LateFigures(RunStore runs, RevisionInputs.Inputs inputs, StatementTask.LateMonth month, List<StoredEvent> rows) {
        this.runs = runs;
        this.inputs = inputs;
        this.month = month;
        this.rows = rows;
    }

    /** The event as it was known when a run ended. */
    private record Known(String by, long events, List<BigInteger> quantities) {
        BigInteger of(Meter meter) {
            return quantities.get(meter.ordinal());
        }
    }

    /**
     * Everything about it.
     *
     * @throws IllegalStateException when the charges are of another quantity: what is told must be what was done
     */
    Facts told(List<EventCharge> charges) {
        List<Known> counted = new ArrayList<>();
        for (long run : month.countedBy()) {
            counted.add(known(
                    run,
                    runs.find(run)
                            .map(each -> "run " + run + ", " + (each.job() == Run.Job.RERUN ? "dispute" : "close")
                                    + " of " + each.month())
                            .orElse("late usage is only reported")));
        }
        Known now = known(
                inputs.run().id(),
                "run " + inputs.run().id() + ", " + inputs.run().job().word() + " of "
                        + inputs.run().businessDate() + ": this revision");
        List<Known> all = new ArrayList<>(counted);
        all.add(now);
        List<String> late = new ArrayList<>();
        for (Meter meter : Meter.values()) {
            BigInteger before = BigInteger.ZERO;
            for (Known each : counted) {
                before = before.max(each.of(meter));
            }
            BigInteger known = now.of(meter);
            if (known.signum() > 0 || before.signum() > 0) {
                prove(meter, known.subtract(before).max(BigInteger.ZERO), charges);
                late.add(meter.word() + ": " + difference(known, before));
            }
        }
        return new Facts()
                .put("usage_month", month.month())
                .put("burned_at", Wording.instant(inputs.input().monthStart()))
                .each("figures", all, LateFigures::figures)
                .texts("quantities", late);
    }

    private Known known(long run, String by) {
        List<BigInteger> quantities = new ArrayList<>();
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            BigInteger sum = BigInteger.ZERO;
            for (StoredEvent row : rows) {
                sum = row.run() > run
                        ? sum
                        : sum.add(BigInteger.valueOf(row.columns().quantity(meter)));
            }
            quantities.add(sum);
        }
        long events = rows.stream()
                .filter(row -> row.run() <= run)
                .mapToLong(row -> row.columns().events())
                .sum();
        return new Known(by, events, quantities);
    }

    private static void figures(Known known, Facts facts) {
        facts.put("known_to", known.by()).put("events", known.events());
        for (Meter meter : Meter.values()) {
            BigInteger quantity = known.of(meter);
            facts.put(meter.word(), quantity.signum() == 0 ? "" : quantity);
        }
    }

    private static String difference(BigInteger known, BigInteger before) {
        int rose = known.compareTo(before);
        if (rose < 0) {
            return known + " known, " + before + " counted before: what a figure fell by is not given back";
        }
        return rose == 0
                ? known + " known, all of it counted before"
                : known + " known - " + before + " counted before = " + known.subtract(before) + " late";
    }

    private static void prove(Meter meter, BigInteger late, List<EventCharge> charges) {
        BigInteger charged = charges.stream()
                .filter(charge -> charge.meter() == meter)
                .map(charge -> BigInteger.valueOf(charge.quantity()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        if (!charges.isEmpty() && !charged.equals(late)) {
            throw new IllegalStateException("what is told to be late of " + meter.word() + ", " + late
                    + ", is not what was charged, " + charged);
        }
    }
}
