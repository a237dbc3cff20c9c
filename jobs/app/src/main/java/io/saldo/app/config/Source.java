package io.saldo.app.config;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RecordLayout;
import io.saldo.lake.source.SourceFormat;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.TokenSemantics;
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
 * @param provider of a feed about a provider, which one where its records do not say; else empty
 * @param amounts how amounts of payments are written
 * @param tokenSemantics of a provider's counts, whether parts are inside the whole
 * @param contextTier of usage, the total input above which every request is; {@link Product#UNDECLARED} where the source
 *     does not say it
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
        String provider,
        Amounts amounts,
        TokenSemantics tokenSemantics,
        long contextTier,
        boolean expectedDaily,
        int graceDays,
        ControlFile controlFile) {
    /** Refuses what is neither usage nor a feed. */
    public Source {
        if ((usage == null) == profile.isUsage() || (feed == null) != profile.isUsage()) {
            throw new IllegalArgumentException("source " + name + ": usage is read as usage, and a feed as a feed");
        }
    }

    /** Whether it says which context its records belong to. */
    public boolean declaresContext() {
        return contextTier != Product.UNDECLARED;
    }

    /** How its records are laid out. */
    public RecordLayout layout() {
        return usage != null ? usage.layout() : Objects.requireNonNull(feed);
    }

    /** What the records of a source are. */
    public enum Profile {
        /** Usage in canonical columns or mapped to them. */
        SALDO("saldo", null, "csv jsonl json parquet"),
        /** Rows of LiteLLM's table of requests. */
        LITELLM_SPENDLOGS("litellm-spendlogs", null, "csv jsonl json parquet"),
        /** Pages of the OpenAI usage API. */
        OPENAI_USAGE("openai-usage", null, "json"),
        /** CloudEvents of OpenMeter, one for each kind of token. */
        OPENMETER_CLOUDEVENTS("openmeter-cloudevents", null, "jsonl json"),
        /** Spans with the attributes of the OpenTelemetry GenAI conventions. */
        OPENTELEMETRY_GENAI("opentelemetry-genai", null, "jsonl json"),
        /** Grants and withdrawals of credit. */
        CREDITS("credits", Feed.CREDITS, "csv jsonl json parquet"),
        /** Balances as the live prepaid system recorded them. */
        BALANCES("balances", Feed.BALANCES, "csv jsonl json parquet"),
        /** Payments as the processors recorded them. */
        PAYMENTS("payments", Feed.PAYMENTS, "csv jsonl json parquet"),
        /** Stripe's payout reconciliation or balance report, itemized. */
        STRIPE_BALANCE("stripe-balance", Feed.PAYMENTS, "csv"),
        /** Stripe's export of charges, which has the declined ones. */
        STRIPE_CHARGES("stripe-charges", Feed.PAYMENTS, "csv"),
        /** PayPal's settlement report. */
        PAYPAL_SETTLEMENT("paypal-settlement", Feed.PAYMENTS, "csv"),
        /** What a provider counted, in canonical columns or mapped to them. */
        PROVIDER_USAGE("provider-usage", Feed.PROVIDER_USAGE, "csv jsonl json parquet"),
        /** Pages of the OpenAI usage API, to compare with. */
        OPENAI_PROVIDER_USAGE("openai-provider-usage", Feed.PROVIDER_USAGE, "json"),
        /** What a provider billed, in canonical columns or mapped to them. */
        PROVIDER_COST("provider-cost", Feed.PROVIDER_COST, "csv jsonl json parquet"),
        /** Pages of the OpenAI costs API. */
        OPENAI_COSTS("openai-costs", Feed.PROVIDER_COST, "json"),
        /** OpenAI's export of costs. */
        OPENAI_COSTS_CSV("openai-costs-csv", Feed.PROVIDER_COST, "csv"),
        /** Azure's export of cost and usage details. */
        AZURE_COSTS("azure-costs", Feed.PROVIDER_COST, "csv parquet"),
        /** Rows of the FinOps Open Cost and Usage Specification. */
        FOCUS_COSTS("focus-costs", Feed.PROVIDER_COST, "csv parquet");

        private final String word;
        private final @Nullable Feed feed;
        private final String formats;

        Profile(String word, @Nullable Feed feed, String formats) {
            this.word = word;
            this.feed = feed;
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
            return feed == null;
        }

        /**
         * What such records are, which are not usage.
         *
         * @throws IllegalStateException for usage
         */
        public Feed feed() {
            if (feed == null) {
                throw new IllegalStateException(word + " is no feed");
            }
            return feed;
        }

        /** Whether the rows of its files begin with what they are, as PayPal reports. */
        public boolean isPaypalReport() {
            return this == PAYPAL_SETTLEMENT;
        }

        /** The formats in which such records come. */
        public List<LogFormat> formats() {
            return Arrays.stream(formats.split(" ")).map(LogFormat::of).toList();
        }
    }

    /** Records that are not usage. */
    public enum Feed {
        /** Grants and withdrawals of credit. */
        CREDITS("entry_id credit_id account_id entry kind amount tax_amount currency booked_at effective_at expires_at"
                + " priority payment_reference payment_method purchase_invoice reason scope_provider"
                + " scope_model"),
        /** Balances as the live prepaid system recorded them. */
        BALANCES("account_id as_of balance currency"),
        /** Payments as the processors recorded them. */
        PAYMENTS("payment_id processor method account_id reference status amount fee currency created_at settled_at"
                + " decline_code parent_payment_id"),
        /** What a provider counted, by window and model. */
        PROVIDER_USAGE("provider window_start window_end model input_tokens cached_input_tokens cache_write_tokens"
                + " output_tokens audio_input_tokens audio_output_tokens units requests"),
        /** What a provider billed, by window and line. */
        PROVIDER_COST("provider window_start window_end category line_item model meter quantity amount currency");

        private final String columns;

        Feed(String columns) {
            this.columns = columns;
        }

        /** Its canonical columns, in order. */
        public List<String> columns() {
            return List.of(columns.split(" "));
        }
    }

    /** How amounts are written. */
    public enum Amounts {
        /** Decimals of the currency's major unit, such as {@code 119.00}. */
        MAJOR("major"),
        /** Whole numbers of the currency's minor unit by ISO 4217, such as {@code 11900}. */
        MINOR("minor");

        private final String word;

        Amounts(String word) {
            this.word = word;
        }

        /** The word in a source's {@code amounts}. */
        public String word() {
            return word;
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
