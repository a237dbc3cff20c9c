package io.saldo.app.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.batch.core.job.JobInterruptedException;

/** Asks runs to stop. They do so between two commits; what has committed stays, and the run can be continued. */
public final class StopRequest {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks for it; there is no way back. */
    public void request() {
        requested.countDown();
    }

    /** Whether somebody asked. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits until somebody asks, but no longer than that.
     *
     * @return whether somebody asked
     */
    public boolean await(Duration most) throws InterruptedException {
        return requested.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Goes on unless somebody asked.
     *
     * @throws JobInterruptedException where somebody did
     */
    void check() throws JobInterruptedException {
        if (isRequested()) {
            throw new JobInterruptedException("stopped between two commits, as was asked");
        }
    }
}
