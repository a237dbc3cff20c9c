package io.saldo.app.export;

import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTables;
import io.saldo.lake.table.TableSchema;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.StatementTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Proves that the details of statements, as they are read from the lake, are those of their totals in the books. */
final class DetailProof {
    private static final Map<String, Map<String, Function<StatementTotals, Amount>>> SUMS = Map.of(
            StatementTables.LINES.name(),
            Map.of(
                    "amount", StatementTotals::usage,
                    "credit_amount", StatementTotals::credit,
                    "payg_amount", StatementTotals::payg,
                    "overage_amount", StatementTotals::overage,
                    "carried_amount", StatementTotals::carried,
                    "unfunded_amount", StatementTotals::unfunded),
            StatementTables.DRAWDOWNS.name(),
            Map.of("amount", StatementTotals::drawn),
            StatementTables.GRANTS.name(),
            Map.of("remaining_amount", StatementTotals::closingBalance));

    private final TableSchema schema;
    private final Map<String, Map<String, Amount>> sums = new HashMap<>();

    DetailProof(TableSchema schema) {
        this.schema = schema;
    }

    /** Adds a row of a revision, with all columns of the table. */
    void add(List<@Nullable Object> row) {
        Map<String, Amount> ofAccount = sums.computeIfAbsent(String.valueOf(row.get(0)), each -> new LinkedHashMap<>());
        for (int column = 0; column < schema.columns().size(); column++) {
            if (row.get(column) instanceof Amount amount) {
                ofAccount.merge(schema.columns().get(column).name(), amount, Amount::plus);
            }
        }
    }

    /**
     * Compares the sums with the totals.
     *
     * @throws ProblemException {@code PROOF_FAILED} for every account and column that does not agree
     */
    void conclude(Map<String, StatementRevision> revisions) {
        List<Problem> failed = new ArrayList<>();
        revisions.forEach((account, revision) -> SUMS.getOrDefault(schema.name(), Map.of())
                .forEach((column, total) -> {
                    Amount sum = sums.getOrDefault(account, Map.of()).getOrDefault(column, Amount.ZERO);
                    Amount expected = total.apply(revision.totals());
                    if (!sum.equals(expected)) {
                        failed.add(Problem.of(
                                ProblemCode.PROOF_FAILED,
                                Place.NOWHERE,
                                "account " + account + ", " + revision.month() + ": " + column + " of the "
                                        + schema.name() + " in the lake sum to " + sum + ", the books say "
                                        + expected));
                    }
                }));
        if (!failed.isEmpty()) {
            throw new ProblemException(failed);
        }
    }
}
