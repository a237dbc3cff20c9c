package io.saldo.app.verification;

import io.saldo.app.run.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that prove one thing each, and tell how far they are. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final Progress progress;

    Workers(int threads, Progress progress) {
        this.threads = Executors.newFixedThreadPool(threads);
        this.progress = progress;
    }

    /** One of many proofs. */
    @FunctionalInterface
    interface Proof {
        void run() throws IOException;
    }

    /** Runs all of them, and returns when they have ended. */
    void run(Check check, List<Proof> proofs) throws IOException {
        progress.partitions(check.word(), proofs.size());
        List<Future<?>> started = new ArrayList<>();
        for (Proof proof : proofs) {
            started.add(threads.submit(() -> {
                proof.run();
                progress.partitionDone(check.word());
                return null;
            }));
        }
        for (Future<?> each : started) {
            try {
                each.get();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof IOException trouble) {
                    throw trouble;
                }
                throw new IllegalStateException(failed.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
