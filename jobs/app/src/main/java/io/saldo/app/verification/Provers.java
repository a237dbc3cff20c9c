package io.saldo.app.verification;

import io.saldo.app.run.Progress;
import io.saldo.app.run.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Threads that prove one thing each, and tell how far they are. */
final class Provers implements AutoCloseable {
    private final Workers workers;
    private final Progress progress;

    Provers(int threads, Progress progress) {
        this.workers = new Workers(threads);
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
        List<Callable<Proof>> tasks = new ArrayList<>();
        for (Proof proof : proofs) {
            tasks.add(() -> {
                proof.run();
                progress.partitionDone(check.word());
                return proof;
            });
        }
        workers.results(tasks);
    }

    @Override
    public void close() {
        workers.close();
    }
}
