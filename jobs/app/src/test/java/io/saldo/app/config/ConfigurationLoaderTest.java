package io.saldo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.BillingMode;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.health.HealthRules;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.TaxTreatment;
import io.saldo.lake.intake.AccountDirectory.KeyAssignment;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RecordLayout;
import io.saldo.lake.source.SourceFormat;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceLookup;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.provider.Tolerance;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.Meter;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {
    private static final long NEW_YEAR = micros("2025-12-31T23:00:00Z");

    private static long micros(String instant) {
        return Instants.toMicros(Instant.parse(instant));
    }

    private static Configuration right() {
        LoadedConfiguration loaded = ConfigurationFiles.right().load();
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.stops()).isFalse();
        assertThat(loaded.heldAccounts()).isEmpty();
        return loaded.configuration();
    }

    @Test
    void readsSettingsWithDefaults() {
        Settings settings = right().settings();
        assertThat(settings.billingZone().id().getId()).isEqualTo("Europe/Berlin");
        assertThat(settings.lateUsage()).isEqualTo(Settings.LateUsage.REPORT_ONLY);
        assertThat(settings.threads()).isEqualTo(3);
        assertThat(settings.identityHorizonDays()).isEqualTo(400);
        assertThat(settings.memoryBudgetBytes()).isEqualTo(512L << 20);
    }

    @Test
    void readsAccountsByDate() {
        Accounts accounts = right().accounts();
        assertThat(accounts.ids()).containsExactly("a-1", "a-2");
        assertThat(accounts.at("a-1", NEW_YEAR - 1)).isNull();
        assertThat(accounts.at("a-1", NEW_YEAR).name()).isEqualTo("One");
        assertThat(accounts.at("a-1", micros("2026-05-31T22:00:00Z")).name()).isEqualTo("One and a half");
        Account two = accounts.at("a-2", 0);
        assertThat(two.documentName()).isEqualTo("Two, Inc.");
        assertThat(two.locale()).isEqualTo("en");
        assertThat(two.electronicInvoice()).isEqualTo(ElectronicInvoice.NONE);
        assertThat(two.closedOn()).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(accounts.at("a-3", 0)).isNull();
    }

    @Test
    void readsTermsSortedByTheirBeginning() {
        Map<String, List<Terms>> terms = right().terms();
        assertThat(terms.get("a-1"))
                .containsExactly(
                        new Terms(
                                "a-1",
                                NEW_YEAR,
                                BillingMode.PAYG,
                                "eur",
                                null,
                                Amount.of(1),
                                null,
                                null,
                                null,
                                null,
                                30,
                                Place.line("terms.csv", 3)),
                        new Terms(
                                "a-1",
                                micros("2026-03-12T08:00:00Z"),
                                BillingMode.PREPAID,
                                "eur",
                                OveragePolicy.INVOICE,
                                Amount.parse("1.2"),
                                Amount.of(100),
                                null,
                                null,
                                null,
                                14,
                                Place.line("terms.csv", 2)));
        assertThat(terms.get("a-2").get(0).effectiveFrom()).isEqualTo(Instants.MIN);
    }

    @Test
    void readsKeysSortedByTheirBeginning() {
        long may = micros("2026-04-30T22:00:00Z");
        assertThat(right().accountDirectory().keys())
                .containsExactly(Map.entry(
                        "k-1",
                        List.of(new KeyAssignment("a-1", NEW_YEAR, may), new KeyAssignment("a-2", may, Instants.MAX))));
    }

    @Test
    void readsPricesAndAliases() {
        Configuration configuration = right();
        PriceLookup found = configuration
                .priceBooks()
                .period("usd-deal", "azure", "my-gpt", "standard", Meter.INPUT, NEW_YEAR)
                .lookup(0, 1);
        assertThat(found).isInstanceOfSatisfying(PriceLookup.Priced.class, priced -> assertThat(
                        priced.set().tiers().get(0).unitPrice())
                .isEqualTo(Amount.parse("2.5")));
    }

    @Test
    void readsOpenings() {
        Opening opening = right().openings().get("a-1");
        assertThat(opening.month()).isEqualTo(YearMonth.of(2026, 1));
        assertThat(opening.asOf()).isEqualTo(NEW_YEAR);
        assertThat(opening.debt()).isEqualTo(Amount.parse("3.2"));
        assertThat(opening.grants()).hasSize(1);
        assertThat(opening.grants().get(0).drawn()).isEqualTo(Amount.parse("57.5"));
        assertThat(opening.grants().get(0).remaining()).isEqualTo(Amount.parse("42.5"));
        assertThat(opening.grants().get(0).effectiveAt()).isEqualTo(micros("2025-11-03T10:00:00Z"));
        assertThat(opening.grants().get(0).expiresAt()).isEqualTo(Instants.MAX);
    }

    @Test
    void readsSources() {
        Map<String, Source> sources = right().sources();
        assertThat(sources.keySet()).containsExactly("credits", "gateway");
        SourceFormat gateway = sources.get("gateway").usage();
        assertThat(gateway.placeOf(UsageColumn.EVENT_ID)).isEqualTo("/id");
        assertThat(gateway.placeOf(UsageColumn.MODEL)).isEqualTo("/model");
        assertThat(gateway.namespace()).isEqualTo("gateway");
        assertThat(gateway.format()).isEqualTo(LogFormat.JSONL);
        Source credits = sources.get("credits");
        assertThat(credits.usage()).isNull();
        assertThat(credits.expectedDaily()).isTrue();
        assertThat(credits.graceDays()).isEqualTo(2);
        assertThat(credits.controlFile()).isEqualTo(Source.ControlFile.NONE);
        assertThat(credits.timestamp().form()).isEqualTo(TimestampFormat.Form.EPOCH_SECONDS);
        assertThat(credits.feed().columns())
                .contains(
                        new RecordLayout.Column("amount", "net", true, false),
                        new RecordLayout.Column("reason", "", false, false),
                        new RecordLayout.Column("credit_id", "credit_id", true, false))
                .hasSize(18);
    }

    @Test
    void readsTheRest() {
        Configuration configuration = right();
        assertThat(configuration.issuer().iban()).isEqualTo("DE02120300000000202051");
        assertThat(configuration.issuer().party().postalCode()).isEqualTo("01067");
        assertThat(configuration.invoiceNumberPattern().format(2026, 123)).isEqualTo("INV-2026-000123");
        assertThat(configuration.automaticApprovalUpTo()).isEqualTo(Amount.parse("12.5"));
        TaxProfiles taxes = configuration.taxProfiles();
        assertThat(taxes.treatment("standard", LocalDate.of(2020, 12, 31), "de"))
                .isEqualTo(new TaxTreatment("S", Amount.of(16), ""));
        assertThat(taxes.treatment("standard", LocalDate.of(2021, 1, 1), "de"))
                .isEqualTo(new TaxTreatment("S", Amount.of(19), ""));
        assertThat(taxes.treatment("standard", LocalDate.of(2020, 6, 30), "de")).isNull();
        assertThat(taxes.treatment("export", LocalDate.of(2026, 6, 30), "de"))
                .isEqualTo(new TaxTreatment("G", Amount.ZERO, "Nicht steuerbar."));
        assertThat(taxes.treatment("other", LocalDate.of(2026, 6, 30), "de")).isNull();
        assertThat(configuration.ledgerAccounts()).hasSize(PostingAccount.values().length);
        assertThat(configuration.reconciliation())
                .isEqualTo(new ReconciliationSettings(
                        Map.of("PAYMENT_MISSING", 3),
                        Amount.parse("0.01"),
                        Amount.ZERO,
                        Tolerance.NONE,
                        Tolerance.NONE,
                        Map.of(),
                        5,
                        30,
                        new HealthRules(7, 30)));
        Currency dollar = Currency.getInstance("USD");
        ExchangeRates rates = configuration.exchangeRates();
        assertThat(rates.perEuro(dollar, LocalDate.of(2026, 10, 1))).isNull();
        assertThat(rates.perEuro(dollar, LocalDate.of(2026, 10, 4))).isEqualTo(Amount.parse("1.17"));
        assertThat(rates.perEuro(Currency.getInstance("EUR"), LocalDate.of(2000, 1, 1)))
                .isEqualTo(Amount.of(1));
    }

    @ParameterizedTest
    @CsvSource({
        "R{year}-{number}, R{year}-{number:1}, true",
        "R{year}-{number:4}, R{year}-{number:6}, true",
        "R{year}-{number}, R{year}-{number}, true",
        "R{year}-{number}, R{number}-{year}, false",
        "R{number}, R{year}-{number}, false",
        "R{number}, r{number}, false"
    })
    void numbersOfInvoicesAndCreditNotesDifferInMoreThanTheirZeros(
            String invoices, String creditNotes, boolean refused) {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .append(
                        "issuer.yml",
                        "  invoice-number: \"" + invoices + "\"\n  credit-note-number: \"" + creditNotes + "\"\n")
                .load();
        assertThat(loaded.stops()).isEqualTo(refused);
        assertThat(loaded.problems().stream().map(Problem::what))
                .filteredOn(what -> what.contains("a series of their own"))
                .hasSize(refused ? 1 : 0);
    }

    @Test
    void tellsTheProblemsOfAllFilesAtOnce() {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .replace("application.yml", "threads: 3", "threads: many")
                .replace("issuer.yml", "DE02 1203", "DE03 1203")
                .replace("tax.yml", "category: S", "category: X")
                .replace("ledger.yml", "promo", "promos")
                .replace("reconciliation.yml", "limit: 5", "limit: 0")
                .replace("sources/gateway.yml", "jsonl", "xml")
                .replace("sources/credits.yml", "net", "[net]")
                .replace("accounts.csv", "US,USD", "USA,USD")
                .replace("terms.csv", "prepaid,eur,invoice", "prepaid,eur,")
                .replace("account-keys.csv", "k-1,a-2", "k-1,a-9")
                .replace("models.csv", "gpt-4o", "")
                .replace("price-books.csv", "eur,,EUR", "eur,,EURO")
                .replace("prices/usd.csv", "2.5", "-2.5")
                .replace("openings.csv", "42.5", "142.5")
                .replace("fx.csv", "1.17", "0")
                .put("sources/other.csv", "a,b\n")
                .load();
        assertThat(loaded.stops()).isTrue();
        assertThat(loaded.configuration()).isNull();
        assertThat(loaded.problems().stream().map(problem -> problem.place().file()))
                .contains(
                        "application.yml",
                        "issuer.yml",
                        "tax.yml",
                        "ledger.yml",
                        "reconciliation.yml",
                        "sources/gateway.yml",
                        "sources/credits.yml",
                        "sources/other.csv",
                        "accounts.csv",
                        "terms.csv",
                        "account-keys.csv",
                        "models.csv",
                        "price-books.csv",
                        "prices/usd.csv",
                        "openings.csv",
                        "fx.csv");
        assertThat(loaded.problems()).isSorted();
        assertThat(loaded.heldAccounts()).containsExactly("a-1", "a-2");
    }

    @Test
    void holdsUpOnlyTheAccountOfAWrongRow() {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .replace("accounts.csv", "US,USD", "USA,USD")
                .load();
        assertThat(loaded.stops()).isFalse();
        assertThat(loaded.heldAccounts()).containsExactly("a-2");
        assertThat(loaded.configuration().accountDirectory().accountIds()).containsExactly("a-1", "a-2");
    }

    @Test
    void holdsUpTheUsersOfAWrongPriceAlsoThroughABookThatExtendsIt() {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .replace("prices/usd.csv", "usd,*,gpt-4o,input,2.5", "usd,*,gpt-4o,input,x")
                .load();
        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.heldAccounts()).containsExactly("a-2");
    }

    @Test
    void holdsUpTheUsersOfPricesThatOnlyTogetherAreWrong() {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .append("prices/usd.csv", "usd,*,gpt-4o,input,9,1000000,2026-01-01,\n")
                .load();
        assertThat(loaded.problems().stream().map(Problem::code)).containsExactly(ProblemCode.AMBIGUOUS_PRICE);
        assertThat(loaded.heldAccounts()).containsExactly("a-2");
    }

    @Test
    void leavesAWrongKeyOutSoThatItsRecordsAreHeld() {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .replace("account-keys.csv", "k-1,a-2", "k-1,a-9")
                .append("account-keys.csv", "k-2,a-2,,\n")
                .load();
        assertThat(loaded.stops()).isFalse();
        assertThat(loaded.heldAccounts()).isEmpty();
        assertThat(loaded.configuration().accountDirectory().keys()).containsOnlyKeys("k-2");
    }

    @Test
    void holdsUpWhoseTaxIsConvertedWithAWrongRate() {
        LoadedConfiguration loaded =
                ConfigurationFiles.right().replace("fx.csv", "1.16", "-1.16").load();
        assertThat(loaded.stops()).isFalse();
        assertThat(loaded.heldAccounts()).containsExactly("a-2");
    }

    @Test
    void readsTheSameWhateverTheOrderOfColumnsTheLineEndsAndTheByteOrderMark() {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .put("models.csv", "\uFEFFmodel,alias,provider\r\n\r\n,,\r\ngpt-4o,my-gpt,azure\r\n")
                .load();
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.configuration().priceBooks().model("azure", "my-gpt")).isEqualTo("gpt-4o");
    }

    @Test
    void namesTheLineAlsoAfterQuotedLineBreaks() {
        LoadedConfiguration loaded = ConfigurationFiles.right()
                .append("accounts.csv", "\na-3,,\"Three\nand\r\nmore\",DE,EUR,standard,,\na-4,,Four,XX,EUR,standard,,")
                .load();
        assertThat(loaded.problems().stream().map(problem -> problem.place().toString()))
                .containsExactly("accounts.csv:9:4");
    }

    @Test
    void theDefaultConfigurationHasNoProblem() throws IOException {
        LoadedConfiguration loaded =
                ConfigurationLoader.load(ConfigurationSnapshot.read(ConfigurationFiles.defaults()));
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.configuration().sources()).containsOnlyKeys("example");
        assertThat(loaded.configuration().taxProfiles().names())
                .containsExactly("exempt", "export", "reverse_charge", "standard");
    }

    @Test
    void aSnapshotIsStoredAndReadAgain() throws IOException {
        ConfigurationSnapshot before = ConfigurationSnapshot.read(ConfigurationFiles.defaults());
        Map<String, byte[]> stored = new HashMap<>();
        before.files().forEach(file -> stored.put(file, before.content(file)));
        ConfigurationSnapshot after = ConfigurationSnapshot.of(stored);
        assertThat(after.files())
                .isEqualTo(before.files())
                .doesNotContain("README.md")
                .contains("prices/list.csv");
        assertThat(after.sha256()).isEqualTo(before.sha256());
        assertThat(after.sha256("fx.csv")).isEqualTo(before.sha256("fx.csv"));
        assertThat(ConfigurationSnapshot.of(Map.of("fx.csv", "x".getBytes(StandardCharsets.UTF_8)))
                        .sha256("fx.csv"))
                .isEqualTo("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    }
}
