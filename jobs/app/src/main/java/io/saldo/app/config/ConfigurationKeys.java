package io.saldo.app.config;

import io.saldo.usage.UsageColumn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every key of every YAML file: what the loader knows, and what config/README.md must explain. */
final class ConfigurationKeys {
    static final String APPLICATION_FILE = "application.yml";
    static final String ISSUER_FILE = "issuer.yml";
    static final String TAX_FILE = "tax.yml";
    static final String LEDGER_FILE = "ledger.yml";
    static final String RECONCILIATION_FILE = "reconciliation.yml";

    static final List<String> APPLICATION = List.of(
            "billing-zone",
            "identity-horizon",
            "late-usage",
            "break-flood-limit",
            "account-shards",
            "identity-shards",
            "threads",
            "memory-budget");

    static final List<String> RETENTION = List.of("deliveries-months", "rejected-months", "reports-months");

    static final List<String> DATABASE = List.of("url", "user", "password-file");

    static final List<String> SCHEDULE = List.of("nightly", "close", "retry-seconds");
    static final List<String> MONITORING = List.of("address", "port");
    static final List<String> MAIL =
            List.of("host", "port", "security", "user", "password-file", "from", "to", "timeout-seconds");
    static final List<String> WEBHOOK = List.of("url", "secret-file", "timeout-seconds", "attempts");

    static final List<String> ISSUER = List.of(
            "name",
            "address",
            "postal-code",
            "city",
            "country",
            "vat-id",
            "registration",
            "managing-directors",
            "email",
            "phone",
            "website",
            "tax-currency",
            "bank-name",
            "iban",
            "bic",
            "invoice-number",
            "credit-note-number",
            "automatic-approval-up-to");

    static final List<String> TAX_PROFILE = List.of("category", "rates", "text");
    static final List<String> TAX_RATE = List.of("from", "rate");

    /** The languages of documents: those of an account's locale. */
    static final List<String> LANGUAGES = List.of("en", "de");

    static final List<String> DESIGN = List.of("logo", "colours", "texts");

    static final List<String> LEDGER =
            Arrays.stream(PostingAccount.values()).map(PostingAccount::word).toList();

    static final List<String> DATEV =
            List.of("consultant", "client", "fiscal-year-start", "account-length", "chart", "automatic-accounts");

    static final List<String> TOLERANCE = List.of(
            "balance", "payment", "provider-usage", "provider-usage-percent", "provider-cost", "provider-cost-percent");
    static final List<String> DECLINES = List.of("limit", "window-days");
    static final List<String> HEALTH = List.of("risk-days", "expiry-days");
    static final List<String> RECONCILIATION = List.of("grace-days", "tolerance", "cost-books", "declines", "health");

    /** Keys of every source. */
    static final List<String> SOURCE = List.of(
            "profile", "format", "records", "timestamp", "zone", "mapping", "expected", "grace", "control-file");

    /** Keys that only a source of usage has. */
    static final List<String> USAGE_SOURCE = List.of(
            "identity",
            "namespace",
            "token-semantics",
            "provider",
            "account",
            "billable-statuses",
            "purpose",
            "context-tier");

    /** The canonical columns that a mapping may name. */
    static List<String> mappable(Source.Profile profile) {
        return profile.isUsage()
                ? UsageColumn.all().stream().map(UsageColumn::word).toList()
                : profile.feed().columns();
    }

    /** The keys of a source with that profile. */
    static List<String> source(Source.Profile profile) {
        if (profile.isUsage()) {
            return Stream.concat(SOURCE.stream(), USAGE_SOURCE.stream()).toList();
        }
        return switch (profile.feed()) {
            case CREDITS, BALANCES -> SOURCE;
            case PAYMENTS ->
                Stream.concat(SOURCE.stream(), Stream.of("amounts")).toList();
            case PROVIDER_USAGE ->
                Stream.concat(SOURCE.stream(), Stream.of("provider", "token-semantics"))
                        .toList();
            case PROVIDER_COST ->
                Stream.concat(SOURCE.stream(), Stream.of("provider")).toList();
        };
    }

    /** The keys that a source of some profile has. */
    static List<String> anySource() {
        return Arrays.stream(Source.Profile.values())
                .flatMap(profile -> source(profile).stream())
                .distinct()
                .toList();
    }

    private ConfigurationKeys() {}
}
