package io.saldo.app.config;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RecordLayout;
import io.saldo.lake.source.SourceFormat;
import io.saldo.time.TimestampFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A system that delivers files: one file of {@code sources/}, one folder of the inbox.
 *
 * @param name the file's name without {@code .yml}, and the folder's name
 * @param profile what its records are
 * @param usage how usage is read; null exactly where the profile is none of usage
 * @param feed how other records are read, every canonical column of the profile in its order; null for usage
 * @param timestamp how timestamps are written
 * @param expectedDaily whether a delivery is expected for every business date
 * @param graceDays how many days late an expected delivery may be
 * @param controlFile whether deliveries come with a control file
 */
public record Source(
        String name,
        Profile profile,
        @Nullable SourceFormat usage,
        @Nullable RecordLayout feed,
        TimestampFormat timestamp,
        boolean expectedDaily,
        int graceDays,
        ControlFile controlFile) {
    /** Refuses what is neither usage nor a feed. */
    public Source {
        if ((usage == null) == profile.isUsage() || (feed == null) != profile.isUsage()) {
            throw new IllegalArgumentException("source " + name + ": usage is read as usage, and a feed as a feed");
        }
    }

    /** How its records are laid out. */
    public RecordLayout layout() {
        return usage != null ? usage.layout() : Objects.requireNonNull(feed);
    }

    /** What the records of a source are. */
    public enum Profile {
        /** Usage in canonical columns or mapped to them. */
        SALDO("saldo", "", "csv jsonl json parquet"),
        /** Rows of LiteLLM's table of requests. */
        LITELLM_SPENDLOGS("litellm-spendlogs", "", "csv jsonl json parquet"),
        /** Pages of the OpenAI usage API. */
        OPENAI_USAGE("openai-usage", "", "json"),
        /** CloudEvents of OpenMeter, one for each kind of token. */
        OPENMETER_CLOUDEVENTS("openmeter-cloudevents", "", "jsonl json"),
        /** Spans with the attributes of the OpenTelemetry GenAI conventions. */
        OPENTELEMETRY_GENAI("opentelemetry-genai", "", "jsonl json"),
        /** Grants and withdrawals of credit (SPEC 6.1). */
        CREDITS(
                "credits",
                "entry_id credit_id account_id entry kind amount tax_amount currency booked_at effective_at expires_at"
                        + " priority payment_reference payment_method purchase_invoice reason scope_provider"
                        + " scope_model",
                "csv jsonl json parquet"),
        /** Balances as the live prepaid system recorded them (SPEC 8.1). */
        BALANCES("balances", "account_id as_of balance currency", "csv jsonl json parquet"),
        /** Payments as the processors recorded them (SPEC 8.1). */
        PAYMENTS(
                "payments",
                "payment_id processor method account_id reference status amount fee currency created_at settled_at"
                        + " decline_code parent_payment_id",
                "csv jsonl json parquet");

        private final String word;
        private final String feedColumns;
        private final String formats;

        Profile(String word, String feedColumns, String formats) {
            this.word = word;
            this.feedColumns = feedColumns;
            this.formats = formats;
        }

        /**
         * The profile with that word.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Profile of(String word) {
            for (Profile profile : values()) {
                if (profile.word.equals(word)) {
                    return profile;
                }
            }
            throw new IllegalArgumentException("no profile " + word);
        }

        /** The word in a source's {@code profile}. */
        public String word() {
            return word;
        }

        /** Whether its records are usage events. */
        public boolean isUsage() {
            return feedColumns.isEmpty();
        }

        /** The formats in which such records come. */
        public List<LogFormat> formats() {
            return Arrays.stream(formats.split(" ")).map(LogFormat::of).toList();
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
