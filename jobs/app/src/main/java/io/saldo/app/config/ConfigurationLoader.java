package io.saldo.app.config;

import io.saldo.credit.Terms;
import io.saldo.documents.design.Design;
import io.saldo.lake.intake.AccountDirectory;
import io.saldo.pricing.PriceBooks;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads a snapshot as a configuration, and tells everything that is wrong with it at once. */
public final class ConfigurationLoader {
    /** How the names of the files of sources begin. */
    public static final String SOURCES_FOLDER = SourceLoader.FOLDER;

    private static final String PRICES_FOLDER = "prices/";
    private static final String TABLE_ENDING = ".csv";
    private static final Set<ReferenceTable> OPTIONAL = Set.of(ReferenceTable.OPENINGS, ReferenceTable.FX);
    private static final List<String> YAML_FILES = List.of(
            ConfigurationKeys.APPLICATION_FILE,
            ConfigurationKeys.ISSUER_FILE,
            ConfigurationKeys.TAX_FILE,
            ConfigurationKeys.LEDGER_FILE,
            ConfigurationKeys.RECONCILIATION_FILE);
    private static final List<String> TABLE_FILES = Arrays.stream(ReferenceTable.values())
            .map(ReferenceTable::file)
            .filter(file -> !file.startsWith(PRICES_FOLDER))
            .toList();

    private final ConfigurationSnapshot snapshot;
    private final Findings findings = new Findings();
    private final Set<String> incomplete = new HashSet<>();

    private ConfigurationLoader(ConfigurationSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Reads and checks all files. The same snapshot always gives the same result. */
    public static LoadedConfiguration load(ConfigurationSnapshot snapshot) {
        return new ConfigurationLoader(snapshot).load();
    }

    /** The settings alone, with defaults wherever something is wrong. */
    public static Settings settings(ConfigurationSnapshot snapshot) {
        return SettingsLoader.settings(new ConfigurationLoader(snapshot).yaml(ConfigurationKeys.APPLICATION_FILE));
    }

    /** The sources alone, by name, without those of which something is wrong. */
    public static Map<String, Source> sources(ConfigurationSnapshot snapshot) {
        return new ConfigurationLoader(snapshot).sources();
    }

    private LoadedConfiguration load() {
        tellUnknownFiles();
        Settings settings = SettingsLoader.settings(yaml(ConfigurationKeys.APPLICATION_FILE));
        SettingsLoader.IssuerFile issuer = SettingsLoader.issuer(yaml(ConfigurationKeys.ISSUER_FILE));
        TaxProfiles taxes = SettingsLoader.taxes(yaml(ConfigurationKeys.TAX_FILE));
        YamlMapping ledgerFile = yaml(ConfigurationKeys.LEDGER_FILE);
        Map<PostingAccount, String> ledger = SettingsLoader.ledger(ledgerFile);
        DatevSettings datev = SettingsLoader.datev(ledgerFile);
        YamlMapping reconciliationFile = yaml(ConfigurationKeys.RECONCILIATION_FILE);
        ReconciliationSettings reconciliation = SettingsLoader.reconciliation(reconciliationFile);
        Map<String, Source> sources = sources();
        Design design = DesignLoader.read(snapshot, findings);

        PriceLoader prices = new PriceLoader(settings.billingZone(), findings);
        rows(ReferenceTable.MODELS, prices::alias);
        rows(ReferenceTable.PRICE_BOOKS, prices::book);
        files(PRICES_FOLDER, TABLE_ENDING).forEach(file -> rows(file, ReferenceTable.PRICES, prices::price));
        PriceBooks priceBooks = prices.finish();

        AccountLoader loader = new AccountLoader(settings.billingZone(), taxes, prices, findings);
        rows(ReferenceTable.ACCOUNTS, loader::account);
        boolean accountsComplete = isComplete(ReferenceTable.ACCOUNTS);
        boolean booksComplete = isComplete(ReferenceTable.PRICE_BOOKS);
        if (booksComplete) {
            SettingsLoader.checkCostBooks(reconciliationFile, prices.bookNames());
        }
        rows(ReferenceTable.TERMS, row -> loader.terms(row, accountsComplete, booksComplete));
        rows(ReferenceTable.ACCOUNT_KEYS, row -> loader.key(row, accountsComplete));
        rows(ReferenceTable.OPENINGS, row -> loader.opening(row, accountsComplete));
        Accounts accounts = loader.accounts();
        Map<String, List<Terms>> terms = loader.terms();
        AccountDirectory directory = loader.directory();
        ExchangeRateLoader rates = new ExchangeRateLoader();
        rows(ReferenceTable.FX, rates::rate);

        if (findings.stops() || issuer == null) {
            return new LoadedConfiguration(null, findings.problems(), findings.held(Subject.Kind.ACCOUNT), true);
        }
        Configuration configuration = new Configuration(
                settings,
                sources,
                accounts,
                terms,
                priceBooks,
                directory,
                loader.openings(),
                issuer.issuer(),
                issuer.pattern(),
                issuer.creditNotePattern(),
                issuer.automaticApprovalUpTo(),
                taxes,
                ledger,
                datev,
                reconciliation,
                rates.finish(),
                design);
        Set<String> held = new TreeSet<>(findings.held(Subject.Kind.ACCOUNT));
        held.addAll(heldByExchangeRates(accounts, issuer.issuer().taxCurrency()));
        return new LoadedConfiguration(configuration, findings.problems(), held, false);
    }

    /** Accounts whose tax must be converted with a currency of which a rate is wrong. */
    private Set<String> heldByExchangeRates(Accounts accounts, Currency taxCurrency) {
        Set<String> currencies = findings.held(Subject.Kind.CURRENCY);
        Set<String> held = new TreeSet<>();
        for (String id : accounts.ids()) {
            for (Account account : accounts.rows(id)) {
                if (!account.currency().equals(taxCurrency)
                        && (currencies.contains(account.currency().getCurrencyCode())
                                || currencies.contains(taxCurrency.getCurrencyCode()))) {
                    held.add(id);
                }
            }
        }
        return held;
    }

    private Map<String, Source> sources() {
        Map<String, Source> sources = new TreeMap<>();
        Map<String, Source> byNamespace = new HashMap<>();
        for (String file : files(SourceLoader.FOLDER, SourceLoader.ENDING)) {
            YamlMapping mapping = new YamlReader(file, findings).read(snapshot.content(file));
            Source source = mapping == null ? null : SourceLoader.read(file, mapping);
            if (mapping == null || source == null) {
                continue;
            }
            sources.put(source.name(), source);
            if (source.usage() != null) {
                Source other = byNamespace.putIfAbsent(source.usage().namespace(), source);
                SourceLoader.checkContextTier(source, mapping, other == null ? source : other);
            }
        }
        return sources;
    }

    private void tellUnknownFiles() {
        List<String> known =
                Stream.concat(YAML_FILES.stream(), TABLE_FILES.stream()).toList();
        for (String file : snapshot.files()) {
            if (!known.contains(file)
                    && !isIn(file, SourceLoader.FOLDER, SourceLoader.ENDING)
                    && !isIn(file, PRICES_FOLDER, TABLE_ENDING)
                    && !DesignLoader.isPart(file)) {
                String hint =
                        switch (file.substring(0, file.indexOf('/') + 1)) {
                            case SourceLoader.FOLDER -> ": a source's file ends in .yml";
                            case PRICES_FOLDER -> ": a file of prices ends in .csv";
                            case DesignLoader.FOLDER ->
                                file.endsWith(DesignLoader.TEMPLATE_ENDING)
                                        ? ": a template is a program, and none is taken from here"
                                        : ": beside its logo a design has design.yml alone";
                            default -> Suggestion.among(file, known);
                        };
                findings.add(
                        ProblemCode.UNKNOWN_REFERENCE,
                        Place.file(file),
                        "no configuration file has this name" + hint,
                        Subject.EVERYBODY);
            }
        }
    }

    private YamlMapping yaml(String file) {
        YamlMapping mapping = isThere(file) ? new YamlReader(file, findings).read(snapshot.content(file)) : null;
        // Nothing that is missing in a file that cannot be read is told again.
        return mapping == null ? new YamlMapping(file, "", null, Place.file(file), new Findings()) : mapping;
    }

    private void rows(ReferenceTable table, Consumer<Row> reader) {
        if (OPTIONAL.contains(table) && !snapshot.files().contains(table.file())) {
            return;
        }
        if (isThere(table.file())) {
            rows(table.file(), table, reader);
        } else {
            incomplete.add(table.file());
        }
    }

    private void rows(String file, ReferenceTable table, Consumer<Row> reader) {
        TableReader rows = new TableReader(file, table, findings);
        rows.read(snapshot.content(file)).forEach(reader);
        if (!rows.isComplete()) {
            incomplete.add(file);
        }
    }

    private boolean isComplete(ReferenceTable table) {
        return !incomplete.contains(table.file());
    }

    private boolean isThere(String file) {
        if (snapshot.files().contains(file)) {
            return true;
        }
        findings.add(ProblemCode.FILE_MISSING, Place.file(file), "the file is missing", Subject.EVERYBODY);
        return false;
    }

    private List<String> files(String folder, String ending) {
        return snapshot.files().stream()
                .filter(file -> isIn(file, folder, ending))
                .toList();
    }

    private static boolean isIn(String file, String folder, String ending) {
        return file.startsWith(folder)
                && file.endsWith(ending)
                && file.length() > folder.length() + ending.length()
                && file.indexOf('/', folder.length()) < 0;
    }
}
