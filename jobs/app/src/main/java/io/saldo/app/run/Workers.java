package io.saldo.app.run;

import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads for work that is independent of each other; what a task throws is thrown where its result is taken. */
public final class Workers implements AutoCloseable {
    private final ExecutorService threads;

    /** So many of them. */
    public Workers(int threads) {
        this.threads = Executors.newFixedThreadPool(threads);
    }

    /** Starts a task, or lets it wait for a thread. */
    public <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    /**
     * Waits for what a task gives.
     *
     * @throws InterruptedIOException where this thread is interrupted
     * @throws IllegalStateException around what is neither a problem nor trouble with a file
     */
    public static <T> T result(Future<T> task) throws IOException {
        try {
            return task.get();
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

    /** Does all tasks; what they give, in their order. */
    public <T> List<T> results(List<Callable<T>> tasks) throws IOException {
        List<Future<T>> started = new ArrayList<>();
        for (Callable<T> task : tasks) {
            started.add(start(task));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : started) {
            results.add(result(each));
        }
        return results;
    }

    /** Interrupts what still runs; what waits is not begun. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
