package io.saldo.app.command;

import io.saldo.app.store.Json;
import io.saldo.app.verification.Failure;
import io.saldo.app.verification.Protocol;
import io.saldo.app.verification.Scope;
import io.saldo.app.verification.Verification;
import java.io.IOException;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Proves everything that is stored again. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Proves everything that is stored again, from the lake up; changes nothing.",
            "  lake-files, archive    each file that the books list has its bytes and SHA-256",
            "  configurations         what runs were told is what they were told",
            "  usage, deliveries      the rows of the lake, counted again, are what the books say came",
            "  statements, details    computed again from usage, prices, terms and credit as their run knew them",
            "  identities, openings   totals add up, and a month opens with what the one before closed with",
            "  invoices, journal      made again from the statement; each posting sums to zero",
            "  roll-forward           the journal moved what deferred revenue did",
            "  documents, rendering   each document has its SHA-256, and comes out the same when it is made again",
            "",
            "Of each account-month, the latest revision is computed again and each one that was closed or invoiced. A file that"
                    + " retention dropped is told as such and is no failure.",
            "It ends with 6 where anything fails. Each failure is told with its place, what was expected and found, and what"
                    + " to do."
        },
        footer = {
            "",
            "Examples:",
            "  saldo verify",
            "  saldo verify --month 2026-10 --account acc-1001",
            "  saldo --json verify > verification.json"
        })
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(
            names = "--month",
            paramLabel = "YYYY-MM",
            description = "Only usage, statements, invoices and postings of this month.")
    @Nullable
    YearMonth month;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Only those of this account. The archive and the counts of deliveries belong to no account or"
                    + " month: they are proved without these options.")
    @Nullable
    String account;

    @Option(
            names = "--every-revision",
            description = "Compute every revision again, also those that nothing rests on: as much work as all nights"
                    + " together.")
    boolean everyRevision;

    @Override
    public Integer call() throws IOException {
        try (Session session = saldo.open()) {
            Protocol protocol = session.get(Verification.class)
                    .run(
                            session.home(),
                            new Scope(month, account, everyRevision),
                            Saldo.programVersion(),
                            saldo.progress());
            if (saldo.json) {
                saldo.out.println(Json.write(json(protocol)));
            } else {
                tell(protocol);
            }
            return protocol.isProved() ? ExitCode.DONE : ExitCode.VERIFICATION_FAILED;
        }
    }

    private void tell(Protocol protocol) {
        protocol.failures()
                .forEach(
                        each -> saldo.err.println(Table.printable(each.problem().toString())));
        protocol.notes().forEach(each -> saldo.err.println("note: " + Table.printable(each)));
        for (Protocol.Line line : protocol.lines()) {
            if (line.failed() > Protocol.FAILURES_KEPT) {
                saldo.err.println("of " + line.failed() + " failures of "
                        + line.check().word() + " the first " + Protocol.FAILURES_KEPT + " are told");
            }
        }
        table(protocol).print(saldo);
        saldo.say(protocol.isProved() ? "everything that is stored was proved again" : "verification failed");
    }

    private static Table table(Protocol protocol) {
        Table table = new Table("check", "proved", "failed", "dropped");
        protocol.lines().forEach(line -> table.row(line.check().word(), line.proved(), line.failed(), line.dropped()));
        return table;
    }

    private static Map<String, Object> json(Protocol protocol) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("proved", protocol.isProved());
        all.put("checks", table(protocol).objects());
        List<Map<String, String>> failures =
                protocol.failures().stream().map(VerifyCommand::json).toList();
        all.put("failures", failures);
        all.put("notes", protocol.notes());
        return all;
    }

    private static Map<String, String> json(Failure failure) {
        Map<String, String> each = new LinkedHashMap<>();
        each.put("check", failure.check().word());
        each.put("code", failure.check().code().id());
        each.put("place", failure.place());
        each.put("figure", failure.what());
        each.put("expected", failure.expected());
        each.put("actual", failure.actual());
        each.put("remedy", failure.check().code().remedy());
        each.put("hint", failure.hint());
        return each;
    }
}
