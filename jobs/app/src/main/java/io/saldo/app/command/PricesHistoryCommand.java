package io.saldo.app.command;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.pricelist.BookVersions;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows what a model has cost. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Shows every price that a book, or one that it extends, has or had for a model.",
            "Where one depends on the month's quantity, each of its tiers is a row, with the columns of its tier."
        },
        footer = {"", "Example:", "  saldo prices history list-usd gpt-4o"})
final class PricesHistoryCommand implements Callable<Integer> {
    @ParentCommand
    PricesCommand parent = new PricesCommand();

    @Parameters(index = "0", paramLabel = "BOOK", description = "A book of price-books.csv.")
    String book = "";

    @Parameters(index = "1", paramLabel = "MODEL", description = "The model's name in the book.")
    String model = "";

    @Override
    public Integer call() throws IOException {
        ConfigurationSnapshot snapshot = parent.snapshot();
        BillingZone zone = PricesCommand.zone(snapshot);
        List<BookVersions.DatedPrice> history = new BookVersions(snapshot, zone).history(book, model);
        boolean tiered = history.stream().anyMatch(each -> !each.tier().equals(BookVersions.Tier.NONE));
        List<String> header = new ArrayList<>(List.of(
                "price_book",
                "provider",
                "service_tier",
                "meter",
                "context_over",
                "unit_price",
                "per_units",
                "effective_from",
                "effective_to"));
        if (tiered) {
            header.addAll(List.of("tier_mode", "tier_up_to", "tier_flat_fee", "package_size"));
        }
        Table table = new Table(header.toArray(String[]::new));
        for (BookVersions.DatedPrice each : history) {
            List<Object> cells = new ArrayList<>(List.of(
                    each.book(),
                    each.key().provider(),
                    each.key().serviceTier(),
                    each.key().meter().word(),
                    each.key().contextOver() == 0 ? "" : each.key().contextOver(),
                    each.span().unitPrice(),
                    each.span().perUnits(),
                    zone.text(each.span().from()),
                    zone.text(each.span().to())));
            if (tiered) {
                BookVersions.Tier tier = each.tier();
                cells.addAll(List.of(tier.mode(), tier.upTo(), tier.flatFee(), tier.packageSize()));
            }
            table.row(cells.toArray());
        }
        if (table.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, Place.NOWHERE, "book " + book + " never had a price for " + model);
        }
        table.print(parent.saldo);
        return ExitCode.DONE;
    }
}
