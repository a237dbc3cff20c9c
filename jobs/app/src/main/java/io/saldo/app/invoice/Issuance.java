package io.saldo.app.invoice;

import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Progress;
import io.saldo.app.run.Workers;
import io.saldo.app.store.BooksCheckpoint;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Issues and publishes the approved invoices of a month.
 *
 * <p>Documents are made by several threads, numbers are given one after the other in the order of the accounts, so that
 * numbers and bytes do not depend on the threads. A document is made before its number is given, with the number that it is
 * expected to get: one that cannot be made gets none, and it need not be made again. Only a few are in memory at a time.
 */
@Component
public final class Issuance {
    private static final String STEP = "issue";
    private static final int AHEAD_PER_THREAD = 4;

    /** So many are issued before the books are forced to disk and their documents leave the house. */
    private static final int INVOICES_AT_ONCE = 100;

    private final InvoiceBook book;
    private final DocumentFiles files;
    private final InvoiceStore invoices;
    private final BooksCheckpoint checkpoint;

    /** Over the books. */
    public Issuance(InvoiceBook book, DocumentFiles files, InvoiceStore invoices, BooksCheckpoint checkpoint) {
        this.book = book;
        this.files = files;
        this.invoices = invoices;
        this.checkpoint = checkpoint;
    }

    /**
     * What came of it.
     *
     * @param published how many documents were written
     * @param problems what kept others from being issued; they stay approved
     */
    public record Outcome(int published, List<Problem> problems) {}

    /**
     * Gives numbers, forces the books to disk, then writes the documents: first those that an interrupted command had issued.
     *
     * @param accountId null for every account
     */
    public Outcome run(
            YearMonth month,
            @Nullable String accountId,
            Configuration configuration,
            LocalDate on,
            Home home,
            Progress progress)
            throws IOException {
        book.openSeries(configuration, on);
        List<Long> interrupted = invoices.ids(month, accountId, State.ISSUED);
        List<Long> approved = invoices.ids(month, accountId, State.APPROVED);
        progress.partitions(STEP, interrupted.size() + approved.size());
        try (Workers workers = new Workers(configuration.settings().threads())) {
            Batch batch = new Batch(
                    workers, configuration.settings().threads() * AHEAD_PER_THREAD, configuration, on, home, progress);
            for (List<Long> ids : batches(interrupted)) {
                batch.publish(ids.stream()
                        .map(id -> new Issued(invoices.get(id), null))
                        .toList());
            }
            for (List<Long> ids : batches(approved)) {
                List<Issued> issued = batch.issue(ids);
                checkpoint.force();
                batch.publish(issued);
            }
            return new Outcome(batch.published, List.copyOf(batch.problems));
        }
    }

    private static List<List<Long>> batches(List<Long> ids) {
        List<List<Long>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += INVOICES_AT_ONCE) {
            batches.add(ids.subList(from, Math.min(from + INVOICES_AT_ONCE, ids.size())));
        }
        return batches;
    }

    /** @param documents by name; null where they are still to be made */
    private record Issued(Stored invoice, @Nullable Map<String, byte[]> documents) {}

    private record Made(Stored approved, Stored expected, Map<String, byte[]> documents) {
        /** What was made, where the invoice got what it was expected to get. */
        private Issued as(Stored issued) {
            boolean asExpected =
                    issued.number().equals(expected.number()) && Objects.equals(issued.issuedOn(), expected.issuedOn());
            return new Issued(issued, asExpected ? documents : null);
        }
    }

    private record Written(Stored invoice, List<InvoiceStore.File> files) {}

    /** What a batch does with its invoices: several threads prepare them, and each is entered into the books in its turn. */
    private final class Batch {
        private final Workers workers;
        private final int ahead;
        private final Configuration configuration;
        private final LocalDate on;
        private final Home home;
        private final Progress progress;
        private final List<Problem> problems = new ArrayList<>();
        private int published;

        private Batch(
                Workers workers, int ahead, Configuration configuration, LocalDate on, Home home, Progress progress) {
            this.workers = workers;
            this.ahead = ahead;
            this.configuration = configuration;
            this.on = on;
            this.home = home;
            this.progress = progress;
        }

        private List<Issued> issue(List<Long> ids) throws IOException {
            List<Issued> issued = new ArrayList<>();
            InvoiceBook.Expected expected = book.expected(configuration, on);
            inOrder(
                    ids,
                    id -> {
                        Stored approved = invoices.get(id);
                        Stored next = expected.next(approved);
                        return () -> {
                            Drafts.requireComplete(approved.draft());
                            return new Made(approved, next, files.make(next));
                        };
                    },
                    made -> issued.add(made.as(book.issue(made.approved(), configuration, on))));
            return issued;
        }

        private void publish(List<Issued> issued) throws IOException {
            inOrder(
                    issued,
                    each -> () -> {
                        Map<String, byte[]> documents =
                                each.documents() == null ? files.make(each.invoice()) : each.documents();
                        return new Written(each.invoice(), DocumentFiles.write(documents, home));
                    },
                    written -> {
                        book.published(written.invoice(), written.files(), on);
                        published++;
                        progress.partitionDone(STEP);
                    });
        }

        private <I, P> void inOrder(List<I> items, Function<I, Callable<P>> preparation, Consumer<P> entry)
                throws IOException {
            Iterator<I> rest = items.iterator();
            Deque<Future<P>> started = new ArrayDeque<>();
            while (rest.hasNext() || !started.isEmpty()) {
                while (rest.hasNext() && started.size() < ahead) {
                    started.add(workers.start(preparation.apply(rest.next())));
                }
                try {
                    entry.accept(Workers.result(started.remove()));
                } catch (ProblemException cannotBeIssued) {
                    problems.addAll(cannotBeIssued.problems());
                }
            }
        }
    }
}
