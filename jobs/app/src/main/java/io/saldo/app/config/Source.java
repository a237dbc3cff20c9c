package io.saldo.app.config;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.time.TimestampFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A system that delivers files: one file of {@code sources/}, one folder of the inbox.
 *
 * @param name the file's name without {@code .yml}, and the folder's name
 * @param profile what its records are
 * @param format how they are written
 * @param usage how usage is read; null exactly where the profile is not {@link Profile#SALDO}
 * @param feedMapping for every canonical column of a profile that is not usage, in its order, the CSV column or JSON
 *     pointer that holds it; empty text where the feed does not have it. No entries for usage
 * @param timestamp how timestamps are written
 * @param expectedDaily whether a delivery is expected for every business date
 * @param graceDays how many days late an expected delivery may be
 * @param controlFile whether deliveries come with a control file
 */
public record Source(
        String name,
        Profile profile,
        LogFormat format,
        @Nullable SourceFormat usage,
        Map<String, String> feedMapping,
        TimestampFormat timestamp,
        boolean expectedDaily,
        int graceDays,
        ControlFile controlFile) {
    /** Keeps a copy that nobody can change. */
    public Source {
        feedMapping = Collections.unmodifiableMap(new LinkedHashMap<>(feedMapping));
        if ((usage == null) == profile.isUsage()) {
            throw new IllegalArgumentException("source " + name + ": a usage format is for usage profiles only");
        }
    }

    /** What the records of a source are. */
    public enum Profile {
        /** Usage in canonical columns or mapped to them. */
        SALDO("saldo", ""),
        /** Grants and withdrawals of credit (SPEC 6.1). */
        CREDITS(
                "credits",
                "entry_id credit_id account_id entry kind amount tax_amount currency booked_at effective_at expires_at"
                        + " priority payment_reference payment_method purchase_invoice reason scope_provider"
                        + " scope_model"),
        /** Balances as the live prepaid system recorded them (SPEC 8.1). */
        BALANCES("balances", "account_id as_of balance currency"),
        /** Payments as the processors recorded them (SPEC 8.1). */
        PAYMENTS(
                "payments",
                "payment_id processor method account_id reference status amount fee currency created_at settled_at"
                        + " decline_code parent_payment_id");

        private final String word;
        private final String feedColumns;

        Profile(String word, String feedColumns) {
            this.word = word;
            this.feedColumns = feedColumns;
        }

        /** The word in a source's {@code profile}. */
        public String word() {
            return word;
        }

        /** Whether its records are usage events. */
        public boolean isUsage() {
            return this == SALDO;
        }

        /** The canonical columns of a feed that is not usage, in order; none for usage, whose are in UsageColumn. */
        public List<String> feedColumns() {
            return feedColumns.isEmpty() ? List.of() : List.of(feedColumns.split(" "));
        }
    }

    /** Whether deliveries come with a control file (SPEC 4.3). */
    public enum ControlFile {
        /** A control file is a file like any other. */
        NONE("none"),
        /** It is checked where it is there. */
        OPTIONAL("optional"),
        /** A delivery waits for it. */
        REQUIRED("required");

        private final String word;

        ControlFile(String word) {
            this.word = word;
        }

        /** The word in a source's {@code control-file}. */
        public String word() {
            return word;
        }
    }
}
