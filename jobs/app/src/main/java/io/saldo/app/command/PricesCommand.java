package io.saldo.app.command;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.LoadedConfiguration;
import io.saldo.app.pricelist.PriceImport;
import io.saldo.app.pricelist.PriceList;
import io.saldo.app.store.CloseStore;
import io.saldo.pricelist.PriceKey;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import io.saldo.time.TimestampFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Price lists. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = "Takes public price lists into price books, and shows what differs.",
        subcommands = {PricesImportCommand.class, PricesDiffCommand.class, PricesHistoryCommand.class},
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

    ConfigurationSnapshot snapshot() throws IOException {
        return ConfigurationSnapshot.read(saldo.configuration());
    }

    static BillingZone zone(ConfigurationSnapshot snapshot) {
        LoadedConfiguration loaded = ConfigurationLoader.load(snapshot);
        Configuration configuration = loaded.configuration();
        if (configuration == null) {
            throw new ProblemException(loaded.problems());
        }
        return configuration.settings().billingZone();
    }

    /** A date as its beginning in the zone, or an instant with its offset. */
    static long instant(String option, String text, BillingZone zone) {
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

    /** What the options ask for, planned. */
    record Planned(PriceImport plan, PriceList list, BillingZone zone) {}

    Planned plan(PriceList.Form form, Path file, PriceListOptions options, Map<String, YearMonth> closed)
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
        return session.get(CloseStore.class).lastClosedMonths();
    }

    /** Does something that needs to know the closed months, while no run is at work; without a home there are none. */
    int withClosedMonths(Work work) throws IOException {
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
    interface Work {
        int with(Map<String, YearMonth> closed) throws IOException;
    }
}
