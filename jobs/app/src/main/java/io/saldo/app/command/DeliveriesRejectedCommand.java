package io.saldo.app.command;

import io.saldo.app.home.Home;
import io.saldo.app.intake.Redelivery;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.Json;
import io.saldo.lake.source.RecordLayout;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes rejected records back as they were delivered. */
@Command(
        name = "rejected",
        mixinStandardHelpOptions = true,
        description = {
            "Writes rejected records into a file, exactly as they were delivered and with their own header, ready to"
                    + " be corrected and delivered again.",
            "Correct the file, give it a name of its own, and put it into the inbox of its source. The first"
                    + " delivery keeps its counts; the corrected records are counted with the new file.",
            "Records of different headers or formats cannot stand in one file: then name one delivery at a time.",
            "Example: saldo deliveries rejected gateway/usage-2026-10-05.csv --to corrected.csv"
        })
final class DeliveriesRejectedCommand implements Callable<Integer> {
    @ParentCommand
    DeliveriesCommand parent = new DeliveriesCommand();

    @Parameters(
            arity = "0..1",
            paramLabel = "ID|SOURCE/FILE",
            description = "As 'deliveries list' shows it (default: every delivery that the filters leave).")
    @Nullable
    String name;

    @Mixin
    DeliveryFilter filter = new DeliveryFilter();

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "Where to.")
    Path file = Path.of("");

    @Option(names = "--code", paramLabel = "CODE", description = "Only records rejected for this, such as USG-003.")
    String code = "";

    @Option(
            names = "--held",
            description = "Records that are held now, instead. They need no new delivery: the next night takes them"
                    + " by itself once their account or key is known.")
    boolean held;

    @Option(names = "--force", description = "Overwrite the file.")
    boolean force;

    @Override
    public Integer call() throws IOException {
        if (!force && Files.exists(file)) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.file(file.toString()),
                    "the file is there already: name another, or overwrite it with --force");
        }
        try (Session session = parent.saldo.open()) {
            DeliveryStore deliveries = session.get(DeliveryStore.class);
            List<Delivery> selected = name == null ? deliveries.all() : List.of(DeliveriesCommand.find(session, name));
            Home home = session.home();
            long records = session.get(Redelivery.class)
                    .write(
                            home,
                            new Redelivery.Selection(
                                    selected.stream()
                                            .filter(each -> filter.accepts(each.source(), each.night()))
                                            .toList(),
                                    held,
                                    code,
                                    layouts(session)),
                            file);
            if (parent.saldo.json) {
                Map<String, String> result = new LinkedHashMap<>();
                result.put("file", file.toString());
                result.put("records", Long.toString(records));
                parent.saldo.out.println(Json.write(result));
            } else {
                parent.saldo.say(records + " records written to " + file);
            }
            return ExitCode.DONE;
        }
    }

    private static Map<String, RecordLayout> layouts(Session session) throws IOException {
        Map<String, RecordLayout> layouts = new LinkedHashMap<>();
        session.configuration().configuration().sources().forEach((name, source) -> layouts.put(name, source.layout()));
        return layouts;
    }
}
