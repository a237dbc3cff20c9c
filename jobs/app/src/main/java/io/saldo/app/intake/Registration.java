package io.saldo.app.intake;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryStore;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Fixes which deliveries a run takes, and moves them untouched into the archive.
 *
 * <p>A file is listed in the books before it is moved, so that a crash between leaves it in the inbox, known, and the
 * resumed run moves it then.
 */
@Component
public class Registration {
    private final DeliveryStore deliveries;

    /** Over the books. */
    public Registration(DeliveryStore deliveries) {
        this.deliveries = deliveries;
    }

    /** Lists the inbox in the books. Belongs into the transaction that enters the run. */
    public void register(Run run, Home home, Map<String, Source> sources) throws IOException {
        List<Inbox.File> files = Inbox.list(home, sources);
        long nextId = deliveries.nextId();
        for (Inbox.File file : files) {
            Optional<Delivery> known = deliveries.withContent(file.sha256());
            if (known.isPresent()) {
                deliveries.addRepeat(
                        run.id(), file.source(), file.name(), known.get().id());
                continue;
            }
            Source source = sources.get(file.source());
            if (source == null) {
                throw new IllegalStateException("no source " + file.source());
            }
            deliveries.add(new Delivery(
                    nextId,
                    run.id(),
                    run.businessDate(),
                    file.source(),
                    source.profile().word(),
                    file.name(),
                    file.sha256(),
                    file.bytes(),
                    archivePath(run, file.source(), file.sha256(), file.name())));
            nextId++;
        }
    }

    /**
     * Moves what the run registered from the inbox into the archive, as far as it is not there yet. A file that is no
     * longer what was registered is a problem of that delivery alone: it stays in the inbox for the next night.
     */
    public void archive(Run run, Home home) throws IOException {
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            boolean moved = move(
                    home.inbox().resolve(delivery.source()).resolve(delivery.fileName()),
                    home.lake().resolve(delivery.archivePath()),
                    delivery.sha256());
            if (!moved) {
                deliveries.addProblem(
                        delivery.id(),
                        run.id(),
                        ProblemCode.UNREADABLE_DELIVERY.id(),
                        "the file changed after the run had listed it: write it under a name that ends in .part and"
                                + " rename it when it is complete");
            }
        }
        for (Map.Entry<List<String>, Long> repeat : deliveries.repeats(run.id()).entrySet()) {
            String source = repeat.getKey().get(0);
            String name = repeat.getKey().get(1);
            String sha256 = deliveries.get(repeat.getValue()).sha256();
            move(
                    home.inbox().resolve(source).resolve(name),
                    home.lake().resolve(archivePath(run, source, "repeat-" + sha256, name)),
                    sha256);
        }
    }

    /** Moves a file whose content is the registered one, and says whether it is in the archive now. */
    private static boolean move(Path from, Path to, String sha256) throws IOException {
        if (!Files.exists(from)) {
            return Files.exists(to);
        }
        if (!Inbox.sha256(from).equals(sha256)) {
            return Files.exists(to);
        }
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private static String archivePath(Run run, String source, String sha256, String name) {
        return "deliveries/" + run.businessDate() + "/" + source + "/" + sha256.substring(0, 16) + "-" + name;
    }
}
