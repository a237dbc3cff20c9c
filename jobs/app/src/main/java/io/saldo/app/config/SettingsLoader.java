package io.saldo.app.config;

import io.saldo.health.HealthRules;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.money.Amount;
import io.saldo.problem.ProblemCode;
import io.saldo.provider.Tolerance;
import io.saldo.reconcile.BreakCode;
import io.saldo.time.BillingZone;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the YAML files that hold for the whole: settings, issuer, taxes, ledger accounts, reconciliation. */
final class SettingsLoader {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(KB|MB|GB)");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");
    private static final Pattern PROFILE_NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final long BYTES_MIN = 16L << 20;
    private static final long BYTES_MAX = 1L << 40;
    private static final String BYTES_DEFAULT = "512MB";
    private static final Amount RATE_MAX = Amount.of(100);
    private static final BigInteger IBAN_MODULUS = BigInteger.valueOf(97);
    private static final String STANDARD_CATEGORY = "S";
    private static final List<String> CATEGORIES = List.of(STANDARD_CATEGORY, "AE", "G", "E");

    private SettingsLoader() {}

    /** With defaults wherever something is wrong, so that the rest can be read. */
    static Settings settings(YamlMapping file) {
        file.allowOnly(Stream.concat(
                        Stream.of("saldo", DatabaseSettings.SECTION, RetentionSettings.SECTION),
                        OperationSettings.SECTIONS.stream())
                .toList());
        DatabaseSettings.read(file);
        YamlMapping saldo = file.mapping("saldo").scalars(ConfigurationKeys.APPLICATION);
        saldo.allowOnly(ConfigurationKeys.APPLICATION);
        ZoneId zone = saldo.zone("billing-zone");
        BillingZone billingZone = new BillingZone(zone == null ? ZoneOffset.UTC : zone);
        OperationSettings.read(file, billingZone);
        return new Settings(
                billingZone,
                (int) saldo.whole("identity-horizon", 1, 36_500, 400),
                saldo.word(
                        "late-usage",
                        Arrays.asList(Settings.LateUsage.values()),
                        Settings.LateUsage::word,
                        Settings.LateUsage.NEXT_INVOICE),
                (int) saldo.whole("break-flood-limit", 1, 1_000_000, 500),
                (int) saldo.whole("account-shards", 1, 4096, 16),
                (int) saldo.whole("identity-shards", 1, 4096, 16),
                (int) saldo.whole("threads", 1, 256, 2),
                bytes(saldo, "memory-budget"),
                RetentionSettings.read(file));
    }

    private static long bytes(YamlMapping saldo, String name) {
        Matcher matcher = BYTES.matcher(saldo.isSet(name) ? saldo.text(name) : BYTES_DEFAULT);
        if (matcher.matches()) {
            int shift =
                    switch (matcher.group(2).charAt(0)) {
                        case 'K' -> 10;
                        case 'M' -> 20;
                        default -> 30;
                    };
            long bytes = Long.parseLong(matcher.group(1)) << shift;
            if (bytes >= BYTES_MIN && bytes <= BYTES_MAX) {
                return bytes;
            }
        }
        saldo.refuse(name, "it must be a size from 16MB to 1024GB, such as 256MB");
        return BYTES_MIN;
    }

    /** What issuer.yml says. */
    record IssuerFile(
            Issuer issuer,
            InvoiceNumberPattern pattern,
            InvoiceNumberPattern creditNotePattern,
            @Nullable Amount automaticApprovalUpTo) {}

    /** Null where something is wrong. */
    static @Nullable IssuerFile issuer(YamlMapping file) {
        file.allowOnly(List.of("issuer"));
        YamlMapping issuer = file.mapping("issuer").scalars(ConfigurationKeys.ISSUER);
        issuer.allowOnly(ConfigurationKeys.ISSUER);
        Party party = new Party(
                issuer.required("name"),
                issuer.required("address"),
                issuer.required("postal-code"),
                issuer.required("city"),
                issuer.requiredCountry("country"),
                issuer.required("vat-id"),
                issuer.text("email"));
        Currency taxCurrency = issuer.requiredCurrency("tax-currency");
        String bankName = issuer.required("bank-name");
        String iban = issuer.required("iban").replace(" ", "");
        if (!iban.isEmpty() && !isIban(iban)) {
            issuer.refuse("iban", "it must be an IBAN whose check digits fit");
        }
        InvoiceNumberPattern pattern = numbers(issuer, "invoice-number", "INV-{year}-{number:6}");
        InvoiceNumberPattern creditNotes = numbers(issuer, "credit-note-number", "CN-{year}-{number:6}");
        if (pattern != null && creditNotes != null && pattern.isLike(creditNotes)) {
            issuer.refuse(
                    "credit-note-number",
                    "credit notes have a series of their own: it must differ from invoice-number in more than the"
                            + " zeros of {number}");
        }
        Amount limit = issuer.amount("automatic-approval-up-to", Amount.ZERO);
        if (taxCurrency == null || pattern == null || creditNotes == null) {
            return null;
        }
        return new IssuerFile(
                new Issuer(
                        party,
                        issuer.text("registration"),
                        issuer.text("managing-directors"),
                        issuer.text("phone"),
                        issuer.text("website"),
                        bankName,
                        iban,
                        issuer.text("bic"),
                        taxCurrency),
                pattern,
                creditNotes,
                limit);
    }

    private static @Nullable InvoiceNumberPattern numbers(YamlMapping issuer, String key, String unset) {
        try {
            return new InvoiceNumberPattern(issuer.isSet(key) ? issuer.text(key) : unset);
        } catch (IllegalArgumentException wrong) {
            issuer.refuse(key, String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    /** Whether the check digits of ISO 13616 fit. */
    private static boolean isIban(String iban) {
        if (!IBAN.matcher(iban).matches()) {
            return false;
        }
        StringBuilder digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4))
                .chars()
                .forEach(character -> digits.append(Character.digit(character, 36)));
        return new BigInteger(digits.toString()).mod(IBAN_MODULUS).equals(BigInteger.ONE);
    }

    /** The profiles that are right, and under their names also those that are not, so that accounts may name them. */
    static TaxProfiles taxes(YamlMapping file) {
        file.allowOnly(List.of("profiles"));
        YamlMapping profiles = file.mapping("profiles");
        if (profiles.keys().isEmpty()) {
            file.missing("profiles");
        }
        Map<String, TaxProfiles.Profile> read = new TreeMap<>();
        for (String name : profiles.keys()) {
            if (!PROFILE_NAME.matcher(name).matches()) {
                profiles.refuse(
                        ProblemCode.BAD_VALUE,
                        profiles.placeOf(name),
                        Fields.quoted(name) + ": a profile's name consists of small letters, digits and _");
            }
            read.put(name, taxProfile(profiles.mapping(name)));
        }
        return new TaxProfiles(read);
    }

    private static TaxProfiles.Profile taxProfile(YamlMapping profile) {
        profile.allowOnly(ConfigurationKeys.TAX_PROFILE);
        profile.scalars(List.of("category"));
        String category = profile.requiredWord("category", CATEGORIES, Function.identity());
        TreeMap<LocalDate, Amount> rates = new TreeMap<>();
        List<YamlMapping> dated = profile.mappings("rates");
        if (dated.isEmpty()) {
            profile.missing("rates");
        }
        for (YamlMapping rate : dated) {
            rate.allowOnly(ConfigurationKeys.TAX_RATE);
            rate.scalars(ConfigurationKeys.TAX_RATE);
            rate.required("from");
            LocalDate from = rate.date("from");
            rate.required("rate");
            Amount percent = rate.amount("rate", Amount.ZERO);
            if (percent != null && percent.compareTo(RATE_MAX) > 0) {
                rate.refuse("rate", "it must be a percentage from 0 to 100");
            } else if (percent != null && category != null && percent.isZero() == category.equals(STANDARD_CATEGORY)) {
                rate.refuse(
                        "rate",
                        percent.isZero()
                                ? "category S is taxed; use G, AE or E where no tax is charged"
                                : "category " + category + " charges no tax, so its rate is 0");
            }
            if (from != null && percent != null && rates.put(from, percent) != null) {
                rate.refuse("from", "another rate begins on that date");
            }
        }
        YamlMapping text = profile.mapping("text").scalars(ConfigurationKeys.LANGUAGES);
        text.allowOnly(ConfigurationKeys.LANGUAGES);
        Map<String, String> texts = new TreeMap<>();
        for (String language : ConfigurationKeys.LANGUAGES) {
            if (category != null && !category.equals(STANDARD_CATEGORY)) {
                text.required(language);
            }
            texts.put(language, text.text(language));
        }
        return new TaxProfiles.Profile(category == null ? "" : category, rates, texts);
    }

    /** The numbers by posting account; not all of them where something is wrong. */
    static Map<PostingAccount, String> ledger(YamlMapping file) {
        file.allowOnly(List.of("accounts", "datev"));
        YamlMapping accounts = file.mapping("accounts").scalars(ConfigurationKeys.LEDGER);
        accounts.allowOnly(ConfigurationKeys.LEDGER);
        Map<PostingAccount, String> numbers = new EnumMap<>(PostingAccount.class);
        for (PostingAccount account : PostingAccount.values()) {
            numbers.put(account, accounts.requiredId(account.word()));
        }
        return numbers;
    }

    /** Null where the file has none, or something is wrong. */
    static @Nullable DatevSettings datev(YamlMapping file) {
        YamlMapping datev = file.mapping("datev");
        if (datev.keys().isEmpty()) {
            return null;
        }
        datev.allowOnly(ConfigurationKeys.DATEV);
        datev.scalars(List.of("consultant", "client", "fiscal-year-start", "account-length", "chart"));
        datev.required("consultant");
        datev.required("client");
        String start = datev.isSet("fiscal-year-start") ? datev.text("fiscal-year-start") : "01-01";
        String chart = datev.text("chart");
        if (!start.matches("(0[1-9]|1[0-2])-01")) {
            datev.refuse("fiscal-year-start", "a fiscal year begins with a month, such as 01-01");
        }
        if (!chart.matches("([0-9]{2})?")) {
            datev.refuse("chart", "a chart of accounts is two digits, such as 04");
        }
        long consultant = datev.whole("consultant", 1001, 9_999_999, 1001);
        long client = datev.whole("client", 1, 99_999, 1);
        int accountLength = (int) datev.whole("account-length", 4, 8, 4);
        Set<String> automatic = new TreeSet<>(datev.texts("automatic-accounts"));
        return datev.isBad()
                ? null
                : new DatevSettings(consultant, client, MonthDay.parse("--" + start), accountLength, chart, automatic);
    }

    /** With defaults wherever something is wrong. */
    static ReconciliationSettings reconciliation(YamlMapping file) {
        file.allowOnly(ConfigurationKeys.RECONCILIATION);
        List<String> codes =
                Arrays.stream(BreakCode.values()).map(BreakCode::name).toList();
        YamlMapping graces = file.mapping("grace-days").scalars(codes);
        Map<String, Integer> days = new TreeMap<>();
        for (String code : graces.keys()) {
            if (!codes.contains(code)) {
                graces.refuse(
                        ProblemCode.UNKNOWN_KEY,
                        graces.keyPlace(code),
                        Fields.quoted(code) + " is no break code"
                                + Suggestion.among(code.toUpperCase(Locale.ROOT), codes));
            } else {
                graces.required(code);
                days.put(code, (int) graces.whole(code, 0, 366, 0));
            }
        }
        YamlMapping tolerance = file.mapping("tolerance").scalars(ConfigurationKeys.TOLERANCE);
        tolerance.allowOnly(ConfigurationKeys.TOLERANCE);
        YamlMapping declines = file.mapping("declines").scalars(ConfigurationKeys.DECLINES);
        declines.allowOnly(ConfigurationKeys.DECLINES);
        YamlMapping health = file.mapping("health").scalars(ConfigurationKeys.HEALTH);
        health.allowOnly(ConfigurationKeys.HEALTH);
        return new ReconciliationSettings(
                days,
                tolerance.amount("balance", Amount.ZERO, Amount.ZERO),
                tolerance.amount("payment", Amount.ZERO, Amount.ZERO),
                new Tolerance(
                        tolerance.amount("provider-usage", Amount.ZERO, Amount.ZERO),
                        tolerance.amount("provider-usage-percent", Amount.ZERO, Amount.ZERO)),
                new Tolerance(
                        tolerance.amount("provider-cost", Amount.ZERO, Amount.ZERO),
                        tolerance.amount("provider-cost-percent", Amount.ZERO, Amount.ZERO)),
                costBooks(file.mapping("cost-books")),
                (int) declines.whole("limit", 1, 1_000_000, 15),
                (int) declines.whole("window-days", 1, 366, 30),
                new HealthRules(
                        (int) health.whole("risk-days", 1, 365, 7), (int) health.whole("expiry-days", 1, 365, 30)));
    }

    /** Refuses cost books that {@code price-books.csv} does not have, once that is read. */
    static void checkCostBooks(YamlMapping file, Set<String> bookNames) {
        YamlMapping mapping = file.mapping("cost-books");
        for (String provider : mapping.keys()) {
            if (!mapping.isBad() && !bookNames.contains(mapping.text(provider))) {
                mapping.refuse(
                        provider,
                        "price-books.csv has no such book" + Suggestion.among(mapping.text(provider), bookNames));
            }
        }
    }

    private static Map<String, String> costBooks(YamlMapping mapping) {
        mapping.scalars(List.copyOf(mapping.keys()));
        Map<String, String> books = new TreeMap<>();
        for (String provider : mapping.keys()) {
            books.put(provider, mapping.id(provider));
        }
        return books;
    }
}
