package io.saldo.app.command;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.pricelist.BookVersions;
import io.saldo.app.pricelist.PriceList;
import io.saldo.pricelist.PriceMove;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what differs between price books, dates and lists. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what differs: between a book and a list that is not taken yet (--from), or between two books or"
                    + " two dates of one book. Changes nothing.",
            "Prices of the books that a book extends count as its own. Prices that depend on the month's quantity are"
                    + " not compared: between two books it says which."
        },
        footer = {
            "",
            "Examples:",
            "  saldo prices diff --from genai-prices data.json --book list-usd",
            "  saldo prices diff list-usd@2026-01-01 list-usd@2026-12-01"
        })
final class PricesDiffCommand implements Callable<Integer> {
    @ParentCommand
    PricesCommand parent = new PricesCommand();

    @Option(
            names = "--from",
            paramLabel = "FORM",
            converter = PriceListOptions.FormConverter.class,
            description = "The form of the list: genai-prices or litellm.")
    PriceList.@Nullable Form form;

    @Mixin
    PriceListOptions options = new PriceListOptions();

    @Parameters(
            arity = "1..2",
            paramLabel = "FILE | BOOK@DATE BOOK@DATE",
            description = "With --from a list, else two books, each at a date or instant.")
    List<String> compared = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        PriceList.Form list = form;
        if (list == null) {
            return books();
        }
        if (compared.size() != 1 || options.book.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.USAGE, Place.NOWHERE, "with --from name one FILE and the book by --book");
        }
        return parent.withClosedMonths(closed -> {
            PricesCommand.Planned planned = parent.plan(list, Path.of(compared.get(0)), options, closed);
            PriceTables.moves(planned.plan().update().moves(), planned.zone()).print(parent.saldo);
            planned.plan().problems().forEach(problem -> parent.saldo.err.println(problem));
            return ExitCode.DONE;
        });
    }

    private int books() throws IOException {
        if (compared.size() != 2) {
            throw new ProblemException(
                    ProblemCode.USAGE, Place.NOWHERE, "name two of BOOK@DATE, or a list with --from and --book");
        }
        ConfigurationSnapshot snapshot = parent.snapshot();
        BillingZone zone = PricesCommand.zone(snapshot);
        String[] older = split(compared.get(0));
        String[] newer = split(compared.get(1));
        BookVersions.Comparison found = new BookVersions(snapshot, zone)
                .between(
                        older[0],
                        PricesCommand.instant("BOOK@DATE", older[1], zone),
                        newer[0],
                        PricesCommand.instant("BOOK@DATE", newer[1], zone));
        PriceList.Scope scope = new PriceList.Scope(new HashSet<>(options.providers), new HashSet<>(options.models));
        List<PriceMove> moves = found.moves().stream()
                .filter(move -> scope.includes(move.key().provider(), move.key().model()))
                .toList();
        PriceTables.moves(moves, zone).print(parent.saldo);
        found.tiered().stream()
                .filter(key -> scope.includes(key.provider(), key.model()))
                .forEach(key -> parent.saldo.err.println("not compared, because it depends on the month's quantity: "
                        + Table.printable(key.toString())));
        return ExitCode.DONE;
    }

    private static String[] split(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0) {
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    "'" + Table.printable(text) + "' is not BOOK@DATE, such as list-usd@2026-01-01");
        }
        return new String[] {text.substring(0, at), text.substring(at + 1)};
    }
}
