package io.saldo.app.invoice;

import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Progress;
import io.saldo.app.store.BooksCheckpoint;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Issues and publishes the approved invoices of a month.
 *
 * <p>Documents are made by several threads, numbers are given one after the other in the order of the accounts, so that
 * numbers and bytes do not depend on the threads. Only a few documents are in memory at a time.
 */
@Component
public final class Issuance {
    private static final int AHEAD_PER_THREAD = 4;

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
     * Gives the numbers, forces the books to disk, then writes the documents: also those that an interrupted command had
     * issued.
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
        int threads = configuration.settings().threads();
        List<Problem> problems = new ArrayList<>();
        book.openSeries(configuration, on);
        List<Long> approved = invoices.ids(month, accountId, State.APPROVED);
        inOrder(
                "issue",
                approved,
                threads,
                progress,
                problems,
                invoice -> {
                    files.prove(invoice, on);
                    return invoice;
                },
                invoice -> book.issue(invoice, configuration, on));
        checkpoint.force();
        List<Long> issued = invoices.ids(month, accountId, State.ISSUED);
        inOrder(
                "publish",
                issued,
                threads,
                progress,
                problems,
                invoice -> new Written(invoice, files.write(invoice, home)),
                written -> book.published(written.invoice(), written.files(), on));
        return new Outcome(issued.size(), List.copyOf(problems));
    }

    private record Written(Stored invoice, List<InvoiceStore.File> files) {}

    private interface Preparation<T> {
        T of(Stored invoice) throws IOException;
    }

    private interface Entry<T> {
        void enter(T prepared);
    }

    /** Prepares invoices at once, and enters each into the books in their order. */
    private <T> void inOrder(
            String step,
            List<Long> ids,
            int threads,
            Progress progress,
            List<Problem> problems,
            Preparation<T> preparation,
            Entry<T> entry)
            throws IOException {
        progress.partitions(step, ids.size());
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Iterator<Long> rest = ids.iterator();
            Deque<Future<T>> started = new ArrayDeque<>();
            while (rest.hasNext() || !started.isEmpty()) {
                while (rest.hasNext() && started.size() < threads * AHEAD_PER_THREAD) {
                    long id = rest.next();
                    started.add(workers.submit(() -> preparation.of(invoices.get(id))));
                }
                try {
                    entry.enter(result(started.remove()));
                } catch (ProblemException cannotBeIssued) {
                    problems.addAll(cannotBeIssued.problems());
                }
                progress.partitionDone(step);
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof ProblemException problem) {
                throw problem;
            }
            if (cause instanceof IOException trouble) {
                throw trouble;
            }
            throw new IllegalStateException(cause);
        }
    }
}
