package io.saldo.app.notice;

import java.time.Duration;

/** A way on which summaries leave the house. */
public interface Channel {
    /** Its name in logs, metrics and status. */
    String name();

    /**
     * Sends one, trying again as its settings say.
     *
     * @throws NotSent where it could not be sent
     * @throws InterruptedException where the program is to end before it was sent; it is sent another time
     */
    void send(RunSummary summary) throws NotSent, InterruptedException;

    /** It could not be sent. The message names no secret, nothing of what was sent, and nothing of the answer but its code. */
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1;

        /** For that reason. */
        public NotSent(String reason) {
            super(reason);
        }

        /** The reason. */
        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** Waits before another attempt. */
    @FunctionalInterface
    interface Pause {
        /**
         * That long.
         *
         * @throws InterruptedException where the program is to end
         */
        void of(Duration duration) throws InterruptedException;
    }
}
