package io.saldo.app.command;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.LoadedConfiguration;
import io.saldo.app.pricelist.BookVersions;
import io.saldo.app.pricelist.PriceImport;
import io.saldo.app.pricelist.PriceList;
import io.saldo.app.store.Json;
import io.saldo.app.store.StatementStore;
import io.saldo.money.Amount;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceMove;
import io.saldo.pricelist.PriceSpan;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Price lists. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = "Takes public price lists into price books, and shows what differs.",
        subcommands = {
            PricesCommand.ImportCommand.class,
            PricesCommand.DiffCommand.class,
            PricesCommand.HistoryCommand.class
        },
        footer = {
            "",
            "Example, a list into a book of its own, looked at first:",
            "  saldo prices diff --from genai-prices data.json --book list-usd --provider openai",
            "  saldo prices import --from genai-prices data.json --book list-usd --provider openai"
        })
final class PricesCommand implements Runnable {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "name what to do: import, diff or history");
    }

    private ConfigurationSnapshot snapshot() throws IOException {
        return ConfigurationSnapshot.read(saldo.configuration());
    }

    private static BillingZone zone(ConfigurationSnapshot snapshot) {
        LoadedConfiguration loaded = ConfigurationLoader.load(snapshot);
        Configuration configuration = loaded.configuration();
        if (configuration == null) {
            throw new ProblemException(loaded.problems());
        }
        return configuration.settings().billingZone();
    }

    /** A date as its beginning in the zone, or an instant with its offset. */
    private static long instant(String option, String text, BillingZone zone) {
        try {
            if (text.length() == 10) {
                return zone.startOf(LocalDate.parse(text));
            }
        } catch (DateTimeException noDate) {
            // Told below.
        }
        OptionalLong instant = TimestampFormat.ISO_WITH_OFFSET.parse(text);
        return instant.orElseThrow(() -> new ProblemException(
                ProblemCode.USAGE,
                Place.NOWHERE,
                option + " is '" + Table.printable(text)
                        + "': it is a date such as 2026-11-01 or an instant such as 2026-11-01T12:00:00Z"));
    }

    private static String date(long micros, BillingZone zone) {
        if (micros == Instants.MIN || micros == Instants.MAX) {
            return "";
        }
        LocalDate date = zone.dateOf(micros);
        return zone.startOf(date) == micros
                ? date.toString()
                : Instants.ofMicros(micros).toString();
    }

    /** Moves with both prices for the same number of units. */
    private static Table moves(List<PriceMove> moves, BillingZone zone) {
        Table table = new Table(
                "change",
                "provider",
                "model",
                "service_tier",
                "meter",
                "context_over",
                "from",
                "old",
                "new",
                "per_units",
                "percent");
        for (PriceMove move : moves) {
            PriceSpan shown = move.after() == null ? move.before() : move.after();
            long perUnits = shown == null ? 1 : shown.perUnits();
            table.row(
                    move.kind().word(),
                    move.key().provider(),
                    move.key().model(),
                    move.key().serviceTier(),
                    move.key().meter().word(),
                    move.key().contextOver() == 0 ? "" : move.key().contextOver(),
                    date(move.from(), zone),
                    price(move.before(), perUnits),
                    price(move.after(), perUnits),
                    perUnits,
                    percent(move.before(), move.after()));
        }
        return table;
    }

    /** Jumps, with the name that {@code --accept} takes. */
    private static Table jumps(List<PriceMove> moves, BillingZone zone) {
        Table table = new Table("key", "from", "old", "new", "per_units", "factor");
        for (PriceMove move : moves) {
            PriceSpan from = move.jumpedFrom().orElse(null);
            PriceSpan to = move.after();
            if (from != null && to != null) {
                table.row(
                        move.key(),
                        date(move.from(), zone),
                        price(from, to.perUnits()),
                        price(to, to.perUnits()),
                        to.perUnits(),
                        factor(from, to));
            }
        }
        return table;
    }

    private static @Nullable Amount price(@Nullable PriceSpan span, long perUnits) {
        return span == null ? null : span.ofOneUnit().times(perUnits);
    }

    /** For people, so rounded; empty where one of the two is missing or the older one is zero. */
    private static String percent(@Nullable PriceSpan before, @Nullable PriceSpan after) {
        if (before == null || after == null || before.ofOneUnit().isZero()) {
            return "";
        }
        BigDecimal old = before.ofOneUnit().toBigDecimal();
        BigDecimal change =
                after.ofOneUnit().toBigDecimal().subtract(old).movePointRight(2).divide(old, 1, RoundingMode.HALF_UP);
        return (change.signum() > 0 ? "+" : "") + Amount.of(change) + "%";
    }

    private static String factor(PriceSpan from, PriceSpan to) {
        if (from.ofOneUnit().isZero()) {
            return "from zero";
        }
        if (to.ofOneUnit().isZero()) {
            return "to zero";
        }
        boolean raised = to.ofOneUnit().compareTo(from.ofOneUnit()) > 0;
        BigDecimal large = (raised ? to : from).ofOneUnit().toBigDecimal();
        BigDecimal small = (raised ? from : to).ofOneUnit().toBigDecimal();
        // Rounded down, so that what is shown as 10 has jumped and what has not is never shown.
        BigDecimal factor = large.divide(small, new MathContext(4, RoundingMode.DOWN));
        return (raised ? "x " : "/ ") + Amount.of(factor);
    }

    /** What import and diff have in common. */
    static final class ListOptions {
        @Option(
                names = "--book",
                paramLabel = "NAME",
                description = "The price book; its file is prices/NAME.csv in the configuration.")
        String book = "";

        @Option(
                names = "--effective-from",
                paramLabel = "DATE",
                description = {
                    "Since when what differs holds: a date, or an instant with its offset. What the book says before"
                            + " stays. Required for litellm, which has no dates; genai-prices has some."
                })
        @Nullable
        String effectiveFrom;

        @Option(
                names = "--provider",
                paramLabel = "PROVIDER",
                description = "Only this provider, as the list names it. May be repeated.")
        List<String> providers = new ArrayList<>();

        @Option(
                names = "--model",
                paramLabel = "MODEL",
                description = "Only this model, as the list names it. May be repeated.")
        List<String> models = new ArrayList<>();

        @Option(
                names = "--currency",
                paramLabel = "CURRENCY",
                defaultValue = "USD",
                description = "The currency of the list's figures, which the lists do not say (default:"
                        + " ${DEFAULT-VALUE}).")
        String currency = "USD";
    }

    /** The form of a list, by its word. */
    static final class FormConverter implements CommandLine.ITypeConverter<PriceList.Form> {
        @Override
        public PriceList.Form convert(String word) {
            return Arrays.stream(PriceList.Form.values())
                    .filter(form -> form.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "'" + Table.printable(word) + "' is not genai-prices or litellm"));
        }
    }

    /** What the options ask for, planned. */
    private record Planned(PriceImport plan, PriceList list, BillingZone zone) {}

    private Planned plan(PriceList.Form form, Path file, ListOptions options, Map<String, YearMonth> closed)
            throws IOException {
        ConfigurationSnapshot snapshot = snapshot();
        BillingZone zone = zone(snapshot);
        String from = options.effectiveFrom;
        if (from == null && !form.hasDates()) {
            throw new ProblemException(
                    ProblemCode.PRICE_DATE, Place.NOWHERE, "a list of " + form.word() + " has no dates");
        }
        PriceList.Scope scope = new PriceList.Scope(new HashSet<>(options.providers), new HashSet<>(options.models));
        PriceList list = PriceList.read(form, file, scope);
        requireKnown("--provider", options.providers, list, PriceList.LeftOut::provider, PriceKey::provider);
        requireKnown("--model", options.models, list, PriceList.LeftOut::model, PriceKey::model);
        PriceImport plan = PriceImport.plan(
                snapshot,
                new PriceImport.Request(
                        options.book,
                        list,
                        scope,
                        from == null ? OptionalLong.empty() : OptionalLong.of(instant("--effective-from", from, zone)),
                        currency(options.currency),
                        "Imported from " + form.word(),
                        closed));
        return new Planned(plan, list, zone);
    }

    private static void requireKnown(
            String option,
            List<String> names,
            PriceList list,
            Function<PriceList.LeftOut, String> ofLeftOut,
            Function<PriceKey, String> ofKey) {
        Set<String> known = new HashSet<>();
        list.leftOut().forEach(each -> known.add(ofLeftOut.apply(each)));
        list.prices().keySet().forEach(key -> known.add(ofKey.apply(key)));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ProblemException(
                        ProblemCode.NOT_FOUND,
                        Place.NOWHERE,
                        "the list has nothing for " + option + " " + Table.printable(name));
            }
        }
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException unknown) {
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    "--currency is '" + Table.printable(code) + "': use a code of" + " ISO 4217 such as USD");
        }
    }

    private Map<String, YearMonth> closedMonths(Session session) {
        return session.get(StatementStore.class).lastClosedMonths();
    }

    /** Does something that needs to know the closed months, while no run is at work; without a home there are none. */
    private int withClosedMonths(Work work) throws IOException {
        if (!saldo.home().exists()) {
            saldo.say("no books in " + saldo.home().root() + ": no month is known to be closed");
            return work.with(Map.of());
        }
        try (Session session = saldo.open()) {
            return work.with(closedMonths(session));
        }
    }

    /** What is done with them. */
    @FunctionalInterface
    private interface Work {
        int with(Map<String, YearMonth> closed) throws IOException;
    }

    /** How much of what is left out: reasons by figure, the most frequent first. */
    private static Table leftOut(List<PriceList.LeftOut> leftOut, boolean all) {
        if (all) {
            Table table = new Table("provider", "model", "figure", "left out because");
            leftOut.forEach(each -> table.row(each.provider(), each.model(), each.figure(), each.reason()));
            return table;
        }
        Map<List<String>, List<PriceList.LeftOut>> groups = new TreeMap<>((one, other) -> {
            int byFigure = one.get(0).compareTo(other.get(0));
            return byFigure != 0 ? byFigure : one.get(1).compareTo(other.get(1));
        });
        leftOut.forEach(
                each -> groups.computeIfAbsent(List.of(each.figure(), each.reason()), group -> new ArrayList<>())
                        .add(each));
        Table table = new Table("left out", "figure", "because", "such as");
        groups.values().stream()
                .sorted((one, other) -> Integer.compare(other.size(), one.size()))
                .forEach(group -> table.row(
                        group.size(),
                        group.get(0).figure().isEmpty()
                                ? "(model)"
                                : group.get(0).figure(),
                        group.get(0).reason(),
                        group.get(0).provider() + "/" + group.get(0).model()));
        return table;
    }

    /** Takes a list. */
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
    static final class ImportCommand implements Callable<Integer> {
        @ParentCommand
        PricesCommand parent = new PricesCommand();

        @Option(
                names = "--from",
                required = true,
                paramLabel = "FORM",
                converter = FormConverter.class,
                description = "The form of the list: genai-prices or litellm.")
        PriceList.Form form = PriceList.Form.GENAI_PRICES;

        @Parameters(paramLabel = "FILE", description = "The list.")
        Path file = Path.of("");

        @Mixin
        ListOptions options = new ListOptions();

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
            Planned planned = parent.plan(form, file, options, closed);
            PriceImport plan = planned.plan;
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

        private void print(Planned planned, List<PriceMove> jumps, boolean written) {
            Saldo saldo = parent.saldo;
            PriceImport plan = planned.plan;
            if (saldo.json) {
                Map<String, Object> result = new LinkedHashMap<>();
                result.put("book", options.book);
                result.put("written", written ? new ArrayList<>(plan.files().keySet()) : List.of());
                result.put("changes", moves(plan.update().moves(), planned.zone).objects());
                result.put("jumps", jumps(jumps, planned.zone).objects());
                result.put(
                        "unlisted",
                        plan.unlisted().stream().map(Object::toString).toList());
                result.put("left_out", leftOut(plan.leftOut(), true).objects());
                saldo.out.println(Json.write(result));
                return;
            }
            long zero = planned.list.prices().values().stream()
                    .filter(timeline -> timeline.spans().stream()
                            .anyMatch(span -> span.ofOneUnit().isZero()))
                    .count();
            saldo.say("list     " + planned.list.models() + " models, "
                    + planned.list.prices().size()
                    + " prices in " + options.currency + ", " + zero + " of them zero; "
                    + plan.leftOut().size() + " figures or models left out");
            saldo.say("changes  " + counts(plan.update().moves()) + "; "
                    + plan.unlisted().size() + " that the list does not have stay");
            if (!plan.leftOut().isEmpty() && !saldo.quiet) {
                saldo.say("");
                leftOut(plan.leftOut(), all).print(saldo);
            }
            if (!jumps.isEmpty()) {
                saldo.say("");
                jumps(jumps, planned.zone).print(saldo);
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

    /** Shows what differs. */
    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = {
                "Shows what differs: between a book and a list that is not taken yet (--from), or between two books or"
                        + " two dates of one book. Changes nothing.",
                "Prices of the books that a book extends count as its own."
            },
            footer = {
                "",
                "Examples:",
                "  saldo prices diff --from genai-prices data.json --book list-usd",
                "  saldo prices diff list-usd@2026-01-01 list-usd@2026-12-01"
            })
    static final class DiffCommand implements Callable<Integer> {
        @ParentCommand
        PricesCommand parent = new PricesCommand();

        @Option(
                names = "--from",
                paramLabel = "FORM",
                converter = FormConverter.class,
                description = "The form of the list: genai-prices or litellm.")
        PriceList.@Nullable Form form;

        @Mixin
        ListOptions options = new ListOptions();

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
                Planned planned = parent.plan(list, Path.of(compared.get(0)), options, closed);
                moves(planned.plan.update().moves(), planned.zone).print(parent.saldo);
                planned.plan.problems().forEach(problem -> parent.saldo.err.println(problem));
                return ExitCode.DONE;
            });
        }

        private int books() throws IOException {
            if (compared.size() != 2) {
                throw new ProblemException(
                        ProblemCode.USAGE, Place.NOWHERE, "name two of BOOK@DATE, or a list with --from and --book");
            }
            ConfigurationSnapshot snapshot = parent.snapshot();
            BillingZone zone = zone(snapshot);
            String[] older = split(compared.get(0));
            String[] newer = split(compared.get(1));
            List<PriceMove> found = new BookVersions(snapshot, zone)
                    .between(
                            older[0],
                            instant("BOOK@DATE", older[1], zone),
                            newer[0],
                            instant("BOOK@DATE", newer[1], zone));
            moves(
                            found.stream()
                                    .filter(move -> new PriceList.Scope(
                                                    new HashSet<>(options.providers), new HashSet<>(options.models))
                                            .includes(
                                                    move.key().provider(),
                                                    move.key().model()))
                                    .toList(),
                            zone)
                    .print(parent.saldo);
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

    /** Shows what a model has cost. */
    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Shows every price that a book, or one that it extends, has or had for a model.",
            footer = {"", "Example:", "  saldo prices history list-usd gpt-4o"})
    static final class HistoryCommand implements Callable<Integer> {
        @ParentCommand
        PricesCommand parent = new PricesCommand();

        @Parameters(index = "0", paramLabel = "BOOK", description = "A book of price-books.csv.")
        String book = "";

        @Parameters(index = "1", paramLabel = "MODEL", description = "The model's name in the book.")
        String model = "";

        @Override
        public Integer call() throws IOException {
            ConfigurationSnapshot snapshot = parent.snapshot();
            BillingZone zone = zone(snapshot);
            Table table = new Table(
                    "price_book",
                    "provider",
                    "service_tier",
                    "meter",
                    "context_over",
                    "unit_price",
                    "per_units",
                    "effective_from",
                    "effective_to");
            for (BookVersions.DatedPrice each : new BookVersions(snapshot, zone).history(book, model)) {
                table.row(
                        each.book(),
                        each.key().provider(),
                        each.key().serviceTier(),
                        each.key().meter().word(),
                        each.key().contextOver() == 0 ? "" : each.key().contextOver(),
                        each.span().unitPrice(),
                        each.span().perUnits(),
                        date(each.span().from(), zone),
                        date(each.span().to(), zone));
            }
            if (table.isEmpty()) {
                throw new ProblemException(
                        ProblemCode.NOT_FOUND, Place.NOWHERE, "book " + book + " never had a price for " + model);
            }
            table.print(parent.saldo);
            return ExitCode.DONE;
        }
    }
}
