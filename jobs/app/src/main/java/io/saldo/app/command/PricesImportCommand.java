package io.saldo.app.command;

import io.saldo.app.pricelist.PriceImport;
import io.saldo.app.pricelist.PriceList;
import io.saldo.app.store.Json;
import io.saldo.pricelist.PriceMove;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes a list into a price book. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a public price list into a price book of the configuration.",
            "A price that changed gets a new row, and the old row ends where the new one begins; what held before"
                    + " stays. Taking the same list again changes nothing. A price that the list does not have any"
                    + " more stays.",
            "A price that moved 10x or more, or from or to zero, is refused until --accept names it. What has no"
                    + " row, such as a price per image, is told and left out."
        },
        footer = {
            "",
            "Lists: genai-prices is prices/data.json of github.com/pydantic/genai-prices, litellm is",
            "model_prices_and_context_window.json of github.com/BerriAI/litellm.",
            "",
            "Example:",
            "  saldo prices import --from litellm model_prices_and_context_window.json --book list-usd \\",
            "      --effective-from 2026-12-01 --provider openai --accept openai/gpt-4o/standard/input"
        })
final class PricesImportCommand implements Callable<Integer> {
    @ParentCommand
    PricesCommand parent = new PricesCommand();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FORM",
            converter = PriceListOptions.FormConverter.class,
            description = "The form of the list: genai-prices or litellm.")
    PriceList.Form form = PriceList.Form.GENAI_PRICES;

    @Parameters(paramLabel = "FILE", description = "The list.")
    Path file = Path.of("");

    @Mixin
    PriceListOptions options = new PriceListOptions();

    @Option(
            names = "--accept",
            paramLabel = "KEY",
            description = "A price that may jump: provider/model/service_tier/meter, as the refusal names it. May"
                    + " be repeated.")
    List<String> accepted = new ArrayList<>();

    @Option(names = "--all", description = "Tell everything that is left out, not only how much of what.")
    boolean all;

    @Option(names = "--dry-run", description = "Only tell what would be done.")
    boolean dryRun;

    @Override
    public Integer call() throws IOException {
        if (options.book.isEmpty()) {
            throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "name the book with --book");
        }
        return parent.withClosedMonths(this::run);
    }

    private int run(Map<String, YearMonth> closed) throws IOException {
        PricesCommand.Planned planned = parent.plan(form, file, options, closed);
        PriceImport plan = planned.plan();
        List<PriceMove> jumps = plan.update().jumps(new TreeSet<>(accepted));
        List<Problem> problems = new ArrayList<>(plan.problems());
        if (!jumps.isEmpty()) {
            problems.add(Problem.of(
                    ProblemCode.PRICE_JUMP, Place.NOWHERE, jumps.size() + " prices jumped; they are listed"));
        }
        boolean writes = problems.isEmpty() && !dryRun;
        if (writes) {
            plan.write(parent.saldo.configuration());
        }
        print(planned, jumps, writes);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return ExitCode.DONE;
    }

    private void print(PricesCommand.Planned planned, List<PriceMove> jumps, boolean written) {
        Saldo saldo = parent.saldo;
        PriceImport plan = planned.plan();
        if (saldo.json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("book", options.book);
            result.put("written", written ? new ArrayList<>(plan.files().keySet()) : List.of());
            result.put(
                    "changes",
                    PriceTables.moves(plan.update().moves(), planned.zone()).objects());
            result.put("jumps", PriceTables.jumps(jumps, planned.zone()).objects());
            result.put(
                    "unlisted", plan.unlisted().stream().map(Object::toString).toList());
            result.put("left_out", PriceTables.leftOut(plan.leftOut(), true).objects());
            saldo.out.println(Json.write(result));
            return;
        }
        long zero = planned.list().prices().values().stream()
                .filter(timeline -> timeline.spans().stream()
                        .anyMatch(span -> span.ofOneUnit().isZero()))
                .count();
        saldo.say("list     " + planned.list().models() + " models, "
                + planned.list().prices().size()
                + " prices in " + options.currency + ", " + zero + " of them zero; "
                + plan.leftOut().size() + " figures or models left out");
        saldo.say("changes  " + counts(plan.update().moves()) + "; "
                + plan.unlisted().size() + " that the list does not have stay");
        if (!plan.leftOut().isEmpty() && !saldo.quiet) {
            saldo.say("");
            PriceTables.leftOut(plan.leftOut(), all).print(saldo);
        }
        if (!jumps.isEmpty()) {
            saldo.say("");
            PriceTables.jumps(jumps, planned.zone()).print(saldo);
        }
        saldo.say("");
        for (String name : plan.files().keySet()) {
            saldo.say((written ? "written  " : "not written  ")
                    + saldo.configuration().resolve(name));
        }
        if (plan.files().isEmpty()) {
            saldo.say("the book says what the list says; nothing was written");
        }
    }

    private static String counts(List<PriceMove> moves) {
        List<String> counts = new ArrayList<>();
        for (PriceMove.Kind kind : PriceMove.Kind.values()) {
            counts.add(moves.stream().filter(move -> move.kind() == kind).count() + " " + kind.word());
        }
        return String.join(", ", counts);
    }
}
