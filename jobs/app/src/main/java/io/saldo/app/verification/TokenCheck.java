package io.saldo.app.verification;

import io.saldo.app.config.Source;
import io.saldo.app.home.Home;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.ListedFile;
import io.saldo.lake.intake.LoggedTokens;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.table.TableSchema;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sums the tokens that deliveries logged again, from their archived files: the lake does not have them as logged. */
@Component
public class TokenCheck {
    private static final TableSchema LINES = new TableSchema(
            UntakenRecords.SCHEMA.name(), UntakenRecords.SCHEMA.columns().subList(0, 2));

    private final DeliveryStore deliveries;
    private final OutcomeStore outcomes;
    private final VerificationStore books;

    /** Over the books. */
    public TokenCheck(DeliveryStore deliveries, OutcomeStore outcomes, VerificationStore books) {
        this.deliveries = deliveries;
        this.outcomes = outcomes;
        this.books = books;
    }

    /**
     * Proves the sums of all deliveries of usage whose archived file is there and unchanged.
     *
     * @param files of the lake that retention did not drop, none of which is damaged
     * @param damaged archived files that cannot be read
     */
    void prove(
            Home home,
            List<ListedFile> files,
            Set<String> damaged,
            RunConfigurations configurations,
            Protocol protocol,
            Provers provers)
            throws IOException {
        List<Provers.Proof> proofs = new ArrayList<>();
        // Tokens of rejected records are not counted, and nobody knows any more which these were.
        Set<Long> withoutRejections = books.droppedRejections().keySet();
        for (Delivery each : deliveries.all()) {
            Path file = home.lake().resolve(each.archivePath());
            if (outcomes.isCounted(each.id())
                    && Source.Profile.of(each.profile()).isUsage()
                    && !withoutRejections.contains(each.id())
                    && !damaged.contains(each.archivePath())
                    && Files.isRegularFile(file)) {
                proofs.add(() -> prove(home, each, rejectedBy(each, files), configurations, protocol));
            }
        }
        provers.run(Check.DELIVERIES, proofs);
    }

    /** What the delivery's own night rejected, not what a later one did of the records that were held. */
    private static List<Path> rejectedBy(Delivery delivery, List<ListedFile> files) {
        String name = String.format(Locale.ROOT, "-b-%08d", delivery.id());
        return files.stream()
                .filter(each -> each.kind().equals("rejected") && each.path().contains(name))
                .map(each -> Path.of(each.path()))
                .toList();
    }

    private void prove(
            Home home, Delivery delivery, List<Path> rejected, RunConfigurations configurations, Protocol protocol)
            throws IOException {
        Source source =
                configurations.of(delivery.runId()).configuration().sources().get(delivery.source());
        SourceFormat format =
                Objects.requireNonNull(Objects.requireNonNull(source).usage());
        Set<Long> lines = new HashSet<>();
        for (Path each : rejected) {
            try (TableReader reader = TableReader.open(home.lake().resolve(each), LINES)) {
                for (List<@Nullable Object> row = reader.next(); row != null; row = reader.next()) {
                    lines.add((Long) Objects.requireNonNull(row.get(1)));
                }
            }
        }
        String place = delivery.place() + " (delivery " + delivery.id() + ")";
        Path work = Files.createTempDirectory("saldo-verify-");
        try {
            LoggedTokens found =
                    LoggedTokens.of(home.lake().resolve(delivery.archivePath()), format, lines::contains, work);
            DeliveryCounts stored = outcomes.counts(delivery.id());
            protocol.compare(Check.DELIVERIES, place, "input_tokens as logged", found.input(), stored.inputTokens());
            protocol.compare(Check.DELIVERIES, place, "output_tokens as logged", found.output(), stored.outputTokens());
        } catch (ProblemException unreadable) {
            protocol.fail(
                    Check.DELIVERIES,
                    place,
                    "",
                    "records that can be read",
                    unreadable.problems().get(0).what());
        } finally {
            Files.delete(work);
        }
    }
}
