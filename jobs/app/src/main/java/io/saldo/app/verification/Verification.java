package io.saldo.app.verification;

import io.saldo.app.config.Settings;
import io.saldo.app.finance.FinanceReporting;
import io.saldo.app.home.Home;
import io.saldo.app.run.Progress;
import io.saldo.app.run.Run;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.ListedFile;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Proves everything that is stored again, from the files of the lake up to the documents. */
@Component
public class Verification {
    private final VerificationStore books;
    private final RunStore runs;
    private final StatementStore statements;
    private final FileCheck files;
    private final RecordCheck records;
    private final TokenCheck tokens;
    private final StatementCheck statementCheck;
    private final DisputeCheck disputes;
    private final DocumentCheck documents;
    private final FinanceReporting finance;

    /** Over the books. */
    public Verification(
            VerificationStore books,
            RunStore runs,
            StatementStore statements,
            FileCheck files,
            RecordCheck records,
            TokenCheck tokens,
            StatementCheck statementCheck,
            DisputeCheck disputes,
            DocumentCheck documents,
            FinanceReporting finance) {
        this.books = books;
        this.runs = runs;
        this.statements = statements;
        this.files = files;
        this.records = records;
        this.tokens = tokens;
        this.statementCheck = statementCheck;
        this.disputes = disputes;
        this.documents = documents;
        this.finance = finance;
    }

    /**
     * Proves what the scope has.
     *
     * @param programVersion of this program
     * @throws ProblemException with {@code INTERRUPTED_RUN} in the middle of a run: its books are not whole yet
     */
    public Protocol run(Home home, Scope scope, String programVersion, Progress progress) throws IOException {
        for (Run unfinished : runs.unfinished()) {
            throw new ProblemException(
                    ProblemCode.INTERRUPTED_RUN,
                    Place.NOWHERE,
                    "run " + unfinished.id() + " (" + unfinished.job().word() + " " + unfinished.businessDate()
                            + ") is not finished, so nothing can be proved yet");
        }
        Protocol protocol = new Protocol();
        List<Run> last = runs.latest(1);
        if (last.isEmpty()) {
            return protocol;
        }
        if (!scope.isWhole() && books.statementShards(scope).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.NOWHERE,
                    "there is no statement" + (scope.accountId() == null ? "" : " of " + scope.accountId())
                            + (scope.month() == null ? "" : " of " + scope.month()));
        }
        files.configurations(protocol);
        if (!protocol.isProved()) {
            protocol.note(
                    Check.CONFIGURATIONS, "nothing else is proved: everything rests on the configuration of its run");
            return protocol;
        }
        RunConfigurations configurations = new RunConfigurations(runs);
        Settings settings = configurations.of(last.get(0)).configuration().settings();
        int shard = scope.accountId() == null ? -1 : new Identity().shard(scope.accountId(), settings.accountShards());
        List<ListedFile> listed = books.lakeFiles().stream()
                .filter(each -> isIn(scope, shard, each.path()))
                .toList();
        try (Provers provers = new Provers(settings.threads(), progress)) {
            Set<String> damaged = files.lake(home, listed, protocol, provers);
            Set<String> damagedArchive = scope.isWhole() ? files.archive(home, protocol, provers) : Set.of();
            Set<String> dropped = books.dropped().keySet();
            List<ListedFile> kept = listed.stream()
                    .filter(each -> !dropped.contains(each.path()))
                    .toList();
            records.prove(home, kept, damaged, scope, shard, protocol, provers);
            if (scope.isWhole() && damaged.isEmpty()) {
                tokens.prove(home, kept, damagedArchive, configurations, protocol, provers);
            }
            StatementCheck.Context context =
                    new StatementCheck.Context(home, scope, configurations, programVersion, damaged, protocol);
            statementCheck.prove(context, listed, provers);
            disputes.prove(context, provers);
            journal(scope, protocol);
            if (scope.accountId() == null) {
                rollForward(home, scope, configurations, protocol, provers);
            }
            documents.prove(home, scope, programVersion, protocol, provers);
        }
        return protocol;
    }

    private static boolean isIn(Scope scope, int shard, String path) {
        if (scope.isWhole()) {
            return true;
        }
        return path.contains("/month=")
                && (scope.month() == null || path.contains("/month=" + scope.month() + "/"))
                && (shard < 0 || path.contains(String.format(Locale.ROOT, "/shard=%02d/", shard)));
    }

    private void journal(Scope scope, Protocol protocol) {
        List<VerificationStore.Unbalanced> unbalanced = books.unbalanced(scope);
        long balanced = books.postings(scope) - unbalanced.size();
        for (long posting = 0; posting < balanced; posting++) {
            protocol.prove(Check.JOURNAL);
        }
        for (VerificationStore.Unbalanced each : unbalanced) {
            protocol.fail(
                    Check.JOURNAL,
                    "posting " + each.entry(),
                    "its sums",
                    "debit = credit",
                    "debit " + each.debit() + ", credit " + each.credit() + " " + each.currency());
        }
        if (scope.isWhole()) {
            for (VerificationStore.BookedPayment each : books.payments()) {
                protocol.compare(
                        Check.JOURNAL,
                        "posting " + each.entry(),
                        "its sum",
                        each.amount().absolute(),
                        each.posted());
            }
            List<Long> numbers = books.numbers();
            protocol.compare(Check.INVOICES, "number_series", "numbers given", numbers.get(0), numbers.get(1));
        }
    }

    private void rollForward(
            Home home, Scope scope, RunConfigurations configurations, Protocol protocol, Provers provers)
            throws IOException {
        List<Provers.Proof> proofs = new ArrayList<>();
        for (YearMonth month : statements.months()) {
            Long close = books.lastClose(month.toString());
            if (close != null && scope.has(month.toString())) {
                proofs.add(() -> {
                    try {
                        finance.prove(month, home, configurations.of(close).configuration());
                        protocol.prove(Check.ROLL_FORWARD);
                    } catch (ProblemException differs) {
                        for (Problem each : differs.problems()) {
                            protocol.fail(
                                    Check.ROLL_FORWARD,
                                    "deferred revenue of " + month,
                                    "",
                                    "as the journal has it",
                                    each.what());
                        }
                    }
                });
            }
        }
        provers.run(Check.ROLL_FORWARD, proofs);
    }
}
