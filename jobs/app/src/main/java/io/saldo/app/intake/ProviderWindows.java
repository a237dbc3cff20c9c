package io.saldo.app.intake;

import io.saldo.app.intake.FeedRecord.Rejection;
import io.saldo.problem.ProblemCode;
import io.saldo.provider.ProviderWindow;

/** Which provider a record is about, and when. */
final class ProviderWindows {
    private ProviderWindows() {}

    /** A provider as we log it, and a window of its. */
    record Subject(String provider, ProviderWindow window) {}

    /** Without an end the window is a day. */
    static Subject subject(FeedRecord record) {
        String provider = record.text("provider").isEmpty() ? record.source().provider() : record.text("provider");
        if (provider.isEmpty()) {
            throw new Rejection(
                    ProblemCode.MISSING_FIELD, "provider is empty, and the source names none for all records");
        }
        long from = record.instant("window_start");
        long to = record.text("window_end").isEmpty() ? from + ProviderWindow.DAY_MICROS : record.instant("window_end");
        if (to <= from) {
            throw new Rejection(
                    ProblemCode.BAD_ENTRY,
                    "window_end is \"" + record.text("window_end") + "\": it must be after window_start");
        }
        return new Subject(provider, new ProviderWindow(from, to));
    }
}
