package io.saldo.app.command;

import io.saldo.app.run.Run;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.InboxStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Deliveries as an operator sees them. */
@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what became of each delivered file, and writes rejected records back to be corrected.",
            "A delivery is one file of a source. Each of its records is in exactly one place: accepted, duplicate,"
                    + " conflict, rejected or held."
        },
        subcommands = {DeliveriesListCommand.class, DeliveriesShowCommand.class, DeliveriesRejectedCommand.class})
final class DeliveriesCommand implements Runnable {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "name what to do: list, show or rejected");
    }

    static DeliveryState state(Session session, Delivery delivery) {
        return session.get(DeliveryStore.class).refusal(delivery.id()).isPresent()
                ? DeliveryState.NOT_TAKEN
                : session.get(OutcomeStore.class).isCounted(delivery.id())
                        ? DeliveryState.TAKEN
                        : DeliveryState.UNFINISHED;
    }

    /** What the last night left in the inbox. */
    static List<InboxStore.Waiting> waiting(Session session) {
        return session.get(RunStore.class).latest(Integer.MAX_VALUE).stream()
                .filter(run -> run.job() == Run.Job.NIGHTLY)
                .findFirst()
                .map(run -> session.get(InboxStore.class).waiting(run.id()))
                .orElse(List.of());
    }

    /**
     * The delivery with that id, or of that source and name; a file that only repeated another is that other.
     *
     * @throws ProblemException when there is none, or several have the name
     */
    static Delivery find(Session session, String name) {
        DeliveryStore deliveries = session.get(DeliveryStore.class);
        InboxStore inbox = session.get(InboxStore.class);
        String shown = Table.printable(name);
        int slash = name.indexOf('/');
        if (slash < 0) {
            Optional<Delivery> found =
                    name.matches("[0-9]{1,18}") ? deliveries.find(Long.parseLong(name)) : Optional.empty();
            return found.orElseThrow(() -> new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.NOWHERE,
                    "no delivery " + shown + ": name it as 'deliveries list' does, by its id or as SOURCE/FILE"));
        }
        List<Delivery> named = deliveries.ofPlace(name.substring(0, slash), name.substring(slash + 1));
        if (named.size() == 1) {
            return named.get(0);
        }
        if (named.size() > 1) {
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    named.size() + " deliveries are called " + shown + ": name one by its id, "
                            + named.stream()
                                    .map(each -> each.id() + " (night " + each.night() + ")")
                                    .collect(Collectors.joining(", ")));
        }
        for (InboxStore.Repeat repeat : inbox.repeatsOfPlace(name)) {
            return deliveries.get(repeat.deliveryId());
        }
        for (InboxStore.Waiting each : waiting(session)) {
            if (each.place().equals(name)) {
                throw new ProblemException(
                        ProblemCode.NOT_FOUND, Place.NOWHERE, shown + " still waits in the inbox: " + each.reason());
            }
        }
        throw new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no delivery " + shown);
    }
}
