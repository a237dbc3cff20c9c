package io.saldo.app.verification;

import io.saldo.app.explanation.StatementExplanation;
import io.saldo.app.home.Home;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementFacts;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTables;
import io.saldo.app.store.Json;
import io.saldo.app.store.StatementStore;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.ListedFile;
import io.saldo.app.store.VerificationStore.MonthShard;
import io.saldo.app.store.VerificationStore.RevisionKey;
import io.saldo.lake.table.TableSchema;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import io.saldo.statement.Statements;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Computes statements again from what their runs knew, and compares every figure that is stored of them. */
@Component
public class StatementCheck {
    private final VerificationStore books;
    private final StatementStore statements;
    private final RevisionInputs inputs;
    private final CloseCheck closes;

    /** Over the books. */
    public StatementCheck(
            VerificationStore books, StatementStore statements, RevisionInputs inputs, CloseCheck closes) {
        this.books = books;
        this.statements = statements;
        this.inputs = inputs;
        this.closes = closes;
    }

    /** What every proof of one verification shares. */
    record Context(
            Home home,
            Scope scope,
            RunConfigurations configurations,
            String programVersion,
            Set<String> damaged,
            Protocol protocol) {}

    /** Proves the statements of the scope, and what was made of them. */
    void prove(Context context, List<ListedFile> files, Provers provers) throws IOException {
        List<Provers.Proof> proofs = new ArrayList<>();
        for (MonthShard place : books.statementShards(context.scope())) {
            List<ListedFile> details = files.stream()
                    .filter(each -> each.path()
                            .startsWith(String.format(
                                    Locale.ROOT, "statements/month=%s/shard=%02d/", place.month(), place.shard())))
                    .toList();
            Optional<String> unreadable =
                    context.damaged().stream().filter(path -> isOf(path, place)).findFirst();
            if (unreadable.isPresent()) {
                context.protocol()
                        .note(
                                Check.STATEMENTS,
                                "statements of " + place.month() + ", shard " + place.shard()
                                        + ", are not computed again: lake/" + unreadable.get() + " is damaged");
            } else {
                proofs.add(() -> prove(context, place, details));
            }
        }
        provers.run(Check.STATEMENTS, proofs);
    }

    static boolean isOf(String path, MonthShard place) {
        return (path.startsWith("usage/") || path.startsWith("statements/"))
                && RecordCheck.place(path).equals(place);
    }

    private void prove(Context context, MonthShard place, List<ListedFile> files) throws IOException {
        List<RevisionKey> keys = books.revisions(place, context.scope());
        StoredDetails details = StoredDetails.read(context.home(), files, keys);
        Map<Integer, Statement> ofAccount = new LinkedHashMap<>();
        String accountId = "";
        for (RevisionKey key : keys) {
            if (!key.accountId().equals(accountId)) {
                closes.prove(context, accountId, place.month(), ofAccount);
                ofAccount.clear();
                accountId = key.accountId();
            }
            Optional<Statement> again = prove(context, key, details);
            again.ifPresent(statement -> ofAccount.put(key.revision(), statement));
        }
        closes.prove(context, accountId, place.month(), ofAccount);
    }

    static String place(String accountId, String month) {
        return "statement of " + accountId + " of " + month;
    }

    private static String place(RevisionKey key) {
        return place(key.accountId(), key.month()) + ", revision " + key.revision();
    }

    /** The statement as it is computed now; empty where it cannot be. */
    private Optional<Statement> prove(Context context, RevisionKey key, StoredDetails details) throws IOException {
        Protocol protocol = context.protocol();
        StatementRevision stored = statements
                .unproved(key.accountId(), key.month(), key.revision())
                .orElseThrow();
        try {
            stored.totals().prove(key.accountId(), YearMonth.parse(key.month()));
            protocol.prove(Check.IDENTITIES);
        } catch (ProblemException broken) {
            broken.problems()
                    .forEach(each ->
                            protocol.fail(Check.IDENTITIES, place(key), each.what(), "both sides equal", "not"));
        }
        RevisionInputs.Inputs from;
        Statement again;
        try {
            from = inputs.of(context.home(), stored, context.configurations()::of);
            again = Statements.compute(from.input());
        } catch (ProblemException cannotBeComputed) {
            protocol.fail(
                    Check.STATEMENTS,
                    place(key),
                    "",
                    "a statement",
                    cannotBeComputed.problems().get(0).what());
            return Optional.empty();
        } catch (IOException unreadable) {
            protocol.fail(
                    Check.STATEMENTS,
                    place(key),
                    "",
                    "usage that can be read",
                    String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
        String made = from.run().programVersion();
        compare(
                protocol,
                key,
                stored,
                again,
                made.equals(context.programVersion())
                        ? ""
                        : "It was made by version " + made + ", this is version " + context.programVersion() + ".");
        for (TableSchema table : StatementTables.ALL) {
            details.compare(key, table, StatementTables.rows(table, again, key.revision()), place(key), protocol);
        }
        return Optional.of(again);
    }

    private static void compare(
            Protocol protocol, RevisionKey key, StatementRevision stored, Statement again, String hint) {
        Map<String, Object> expected = figures(
                StatementExplanation.totals(again.totals()).values(),
                again.status().word(),
                again.currency().getCurrencyCode(),
                again.events().total(),
                again.unpricedQuantity(),
                again.asOf(),
                StatementRevision.resultSha256(again),
                Json.write(StatementFacts.of(again)));
        Map<String, Object> actual = figures(
                StatementExplanation.totals(stored.totals()).values(),
                stored.status().word(),
                stored.currency(),
                stored.events(),
                stored.unpricedQuantity(),
                stored.asOf(),
                stored.resultSha256(),
                Json.write(stored.facts()));
        boolean opens = true;
        boolean same = true;
        for (Map.Entry<String, Object> figure : expected.entrySet()) {
            String right = String.valueOf(figure.getValue());
            String found = String.valueOf(actual.get(figure.getKey()));
            if (!right.equals(found)) {
                boolean isOpening = figure.getKey().startsWith("opening_");
                opens &= !isOpening;
                same &= isOpening;
                int from = commonStart(right, found);
                protocol.fail(new Failure(
                        isOpening ? Check.OPENINGS : Check.STATEMENTS,
                        place(key),
                        figure.getKey(),
                        shown(right, from),
                        shown(found, from),
                        hint));
            }
        }
        if (opens) {
            protocol.prove(Check.OPENINGS);
        }
        if (same) {
            protocol.prove(Check.STATEMENTS);
        }
    }

    private static Map<String, Object> figures(
            Map<String, Object> totals,
            String status,
            String currency,
            long events,
            Object unpricedQuantity,
            long asOf,
            String resultSha256,
            String facts) {
        Map<String, Object> figures = new LinkedHashMap<>(totals);
        figures.put("status", status);
        figures.put("currency", currency);
        figures.put("events", events);
        figures.put("unpriced_quantity", unpricedQuantity);
        figures.put("as_of", asOf);
        figures.put("result_sha256", resultSha256);
        figures.put("content", facts);
        return figures;
    }

    /** Compares long texts, of which only what differs is told. */
    static void compare(Protocol protocol, Check check, String place, String what, String right, String found) {
        if (right.equals(found)) {
            protocol.prove(check);
        } else {
            int from = commonStart(right, found);
            protocol.fail(check, place, what, shown(right, from), shown(found, from));
        }
    }

    private static int commonStart(String one, String other) {
        int at = 0;
        while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Long text from a little before where it differs. */
    private static String shown(String text, int differsFrom) {
        if (text.length() <= 100) {
            return text;
        }
        int from = Math.max(0, differsFrom - 30);
        return (from > 0 ? "..." : "") + text.substring(from, Math.min(text.length(), from + 90)) + "...";
    }
}
