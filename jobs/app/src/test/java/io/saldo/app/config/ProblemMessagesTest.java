package io.saldo.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.documents.design.Logo;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every way in which a configuration can be wrong, and exactly what a person then reads, in
 * {@code src/test/resources/config/problems.txt}. When a message is meant to change, copy the file that the test writes.
 */
class ProblemMessagesTest {
    private static final Path EXPECTED = Path.of("src/test/resources/config/problems.txt");
    private static final Path ACTUAL = Path.of("target/config-problems.txt");

    private static final String MAIL =
            "mail:\n  host: mail.example.com\n  from: saldo@example.com\n  to: [finance@example.com]\n";

    private final Map<String, LoadedConfiguration> cases = new LinkedHashMap<>();

    private static ConfigurationFiles right() {
        return ConfigurationFiles.right();
    }

    private void wrong(String name, ConfigurationFiles files) {
        LoadedConfiguration loaded = files.load();
        assertThat(loaded.problems()).as(name).isNotEmpty();
        assertThat(cases.put(name, loaded)).as(name).isNull();
    }

    @Test
    void everyMessageIsTheExpectedOne() throws IOException {
        files();
        yaml();
        settings();
        database();
        operation();
        design();
        sources();
        tables();
        accounts();
        terms();
        keys();
        prices();
        openings();
        rates();

        StringBuilder text = new StringBuilder();
        cases.forEach((name, loaded) -> {
            text.append("# ").append(name).append('\n');
            loaded.problems().forEach(problem -> text.append(problem.toString()).append('\n'));
            text.append(loaded.stops() ? "-> stops" : "-> goes on");
            if (!loaded.heldAccounts().isEmpty()) {
                text.append(" without ").append(String.join(", ", loaded.heldAccounts()));
            }
            text.append("\n\n");
        });
        Files.createDirectories(ACTUAL.getParent());
        Files.writeString(ACTUAL, text);
        assertThat(text.toString()).isEqualTo(Files.readString(EXPECTED));

        Set<ProblemCode> met = EnumSet.noneOf(ProblemCode.class);
        cases.values()
                .forEach(loaded -> loaded.problems().stream().map(Problem::code).forEach(met::add));
        for (ProblemCode code : ProblemCode.values()) {
            if (code.id().startsWith("CFG-")) {
                assertThat(met).contains(code);
            }
        }
    }

    private void files() {
        wrong("a missing YAML file", right().remove("tax.yml"));
        wrong("a missing table", right().remove("accounts.csv"));
        wrong("a mistyped file", right().put("term.csv", "account_id\n"));
        wrong("a file of prices with another ending", right().put("prices/eur.yml", ""));
        wrong("a source with another ending", right().put("sources/gateway.yaml", ""));
        wrong("a source without a good name", right().put("sources/my gateway.yml", "profile: saldo\nformat: csv\n"));
        wrong(
                "a YAML file in Latin-1",
                right().put("issuer.yml", "issuer:\n  name: Prüf\n".getBytes(StandardCharsets.ISO_8859_1)));
        wrong(
                "a table in Latin-1",
                right().put("models.csv", "provider,alias,model\na,b,ü\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    private void yaml() {
        wrong("broken YAML", right().put("application.yml", "saldo:\n  threads: [2\n"));
        wrong("a tabulator", right().put("application.yml", "saldo:\n\tthreads: 2\n"));
        wrong("text instead of keys", right().put("application.yml", "saldo\n"));
        wrong("an empty file", right().put("issuer.yml", "# nothing\n"));
        wrong("a second document", right().append("application.yml", "---\nsaldo: {}\n"));
        wrong("references", right().put("application.yml", "a: &a [x, x]\nb: &b [*a, *a]\nsaldo: {threads: 2}\n"));
        wrong("a tag", right().put("application.yml", "saldo: !!java.net.URL {threads: 2}\n"));
        wrong("deep nesting", right().put("application.yml", "saldo: " + "[".repeat(1000) + "]".repeat(1000) + "\n"));
        wrong("a huge file", right().put("application.yml", "#".repeat(2 << 20)));
        wrong("a key twice", right().append("application.yml", "  threads: 4\n"));
        wrong("a value with keys", right().put("application.yml", "saldo: {threads: {a: b}}\n"));
        wrong("a value instead of keys", right().put("application.yml", "saldo: 1\n"));
        wrong("a key that is no word", right().put("application.yml", "saldo: {[a]: b}\n"));
    }

    private void database() {
        wrong("a database without an address", right().append("application.yml", "database:\n  user: saldo\n"));
        wrong("another database", right().append("application.yml", "database:\n  url: jdbc:mysql://h/d\n"));
        wrong("an unknown key of the database", right().append("application.yml", "database:\n  urls: x\n  url: y\n"));
        wrong("a password in the settings", right().append("application.yml", "database:\n  password: secret\n"));
        wrong(
                "a password in the address",
                right().append("application.yml", "database:\n  url: jdbc:postgresql://h/d?password=secret\n"));
        wrong(
                "a password before the host",
                right().append("application.yml", "database:\n  url: jdbc:postgresql://u:secret@h/d\n"));
        wrong(
                "a user in the address",
                right().append("application.yml", "database:\n  url: jdbc:postgresql://h/d?user=saldo\n"));
        wrong("a database that is no section", right().append("application.yml", "database: postgresql\n"));
    }

    private void operation() {
        operation("a cron expression of five fields", "schedule:\n  nightly: 30 3 * * *\n");
        operation("a cron expression of a date that never comes", "schedule:\n  close: 0 0 6 30 2 *\n");
        operation("a retry at once", "schedule:\n  retry-seconds: 0\n");
        operation("an unknown key of the schedule", "schedule:\n  night: 0 30 3 * * *\n");
        operation("no port", "monitoring:\n  port: 70000\n");
        operation("mail without anything", "mail:\n  port: 25\n");
        operation("mail with a password", MAIL + "  password: secret\n");
        operation("a password that would not be encrypted", MAIL + "  security: none\n  user: saldo\n");
        operation("no mail address", MAIL.replace("finance@example.com", "Finance <x@y>, z") + "  security: ssl\n");
        operation("a webhook with a secret", "webhook:\n  secret: secret\n");
        operation("a webhook without an address", "webhook:\n  attempts: 11\n");
        operation("a webhook that is not encrypted", "webhook:\n  url: http://example.com/secret\n");
        operation("a webhook with a password", "webhook:\n  url: https://user:secret@example.com\n");
        operation("a webhook that is no address", "webhook:\n  url: ftp://example.com\n");
    }

    private void operation(String name, String sections) {
        wrong(name, right().append("application.yml", sections));
    }

    private void settings() {
        wrong("an unknown key", right().replace("application.yml", "late-usage", "late-usages"));
        wrong("an unknown key that resembles none", right().append("application.yml", "  color: red\n"));
        wrong("an unknown zone", right().replace("application.yml", "Europe/Berlin", "Berlin"));
        wrong("an unknown word", right().replace("application.yml", "report-only", "never"));
        wrong("no number", right().replace("application.yml", "threads: 3", "threads: 1.5"));
        wrong("too many", right().append("application.yml", "  account-shards: 5000\n"));
        wrong("no size", right().append("application.yml", "  memory-budget: 1 GB\n"));
        wrong("no IBAN", right().replace("issuer.yml", "DE02", "DE03"));
        wrong("no country", right().replace("issuer.yml", "country: DE", "country: Germany"));
        wrong("a required key without value", right().replace("issuer.yml", "Prüfweg 1", ""));
        wrong("a required key missing", right().replace("issuer.yml", "  bank-name: Musterbank\n", ""));
        wrong("a number pattern without number", right().append("issuer.yml", "  invoice-number: \"INV-{year}\"\n"));
        wrong("a number pattern with a path", right().append("issuer.yml", "  invoice-number: \"a/{number}\"\n"));
        wrong("a negative limit", right().replace("issuer.yml", "\"12.50\"", "-1"));
        wrong("an unknown category", right().replace("tax.yml", "category: S", "category: X"));
        wrong("a category without tax that has a rate", right().replace("tax.yml", "rate: 0", "rate: 7"));
        wrong("a taxed category without rate", right().replace("tax.yml", "\"19\"", "\"0\""));
        wrong("a rate over 100", right().replace("tax.yml", "\"19\"", "\"119\""));
        wrong("two rates from one date", right().replace("tax.yml", "2021-01-01", "2020-07-01"));
        wrong("no date", right().replace("tax.yml", "2021-01-01", "01.01.2021"));
        wrong("no legal text", right().replace("tax.yml", ", de: \"Nicht steuerbar.\"", ""));
        wrong("no rates", right().replace("tax.yml", "rates: [{from: 2007-01-01, rate: 0}]", "rates: []"));
        wrong("a rate that is no mapping", right().replace("tax.yml", "[{from: 2007-01-01, rate: 0}]", "[0]"));
        wrong(
                "a profile with capitals",
                right().replace("tax.yml", "export:", "Export:").replace("accounts.csv", "export", "Export"));
        wrong("no profiles", right().put("tax.yml", "profiles:\n"));
        wrong("a missing ledger account", right().replace("ledger.yml", "  promo: \"4730\"\n", ""));
        wrong("a mistyped ledger account", right().replace("ledger.yml", "vat-payable", "vat_payable"));
        wrong("a DATEV consultant that there is not", datev("consultant: 12, client: 1"));
        wrong("a DATEV part without client", datev("consultant: 29098"));
        wrong("a fiscal year within a month", datev("consultant: 29098, client: 1, fiscal-year-start: \"07-15\""));
        wrong("accounts of nine digits", datev("consultant: 29098, client: 1, account-length: 9"));
        wrong("a chart of three digits", datev("consultant: 29098, client: 1, chart: \"004\""));
        wrong("an unknown DATEV key", datev("consultant: 29098, client: 1, advisor: 2"));
        wrong("an unknown break code", right().replace("reconciliation.yml", "PAYMENT_MISSING", "PAYMENTS_MISSING"));
        wrong("a bad grace", right().replace("reconciliation.yml", "PAYMENT_MISSING: 3", "PAYMENT_MISSING: 3 days"));
        wrong("an unknown cost book", right().append("reconciliation.yml", "cost-books:\n  openai: no-book\n"));
        wrong("a bad tolerance", right().replace("reconciliation.yml", "0.01", "0,01"));
    }

    private void design() {
        String file = "documents/design.yml";
        wrong("an unknown key of the design", right().append(file, "colors: {}\n"));
        wrong("an unknown colour", right().replace(file, "accent", "acent"));
        wrong("a colour by its name", right().replace(file, "\"#0B6B3A\"", "green"));
        wrong("a colour that is a comment", right().replace(file, "\"#0B6B3A\"", "#0B6B3A"));
        wrong("a colour that nobody can read", right().replace(file, "#0B6B3A", "#B0E0C0"));
        wrong("a language without documents", right().replace(file, "  de:", "  fr:"));
        wrong("an unknown text", right().replace(file, "payment.title", "payment.titel"));
        wrong("a text without what it must say", right().replace(file, "bis spätestens {due}", "sofort"));
        wrong("a text that says what nobody fills in", right().replace(file, "How to pay", "Pay {total}"));
        wrong("a text of figures", right().replace(file, "payment.title: How to pay", "number.decimal: \"'\""));
        wrong(
                "a text that marks a draft",
                right().replace(file, "payment.title: How to pay", "document.draft: Invoice"));
        wrong("a text without value", right().replace(file, "How to pay", ""));
        wrong("a text of two lines", right().replace(file, "How to pay", "\"How\\nto pay\""));
        wrong("a text that no font can show", right().replace(file, "How to pay", "支払い"));
        wrong("texts that are no texts", right().replace(file, "How to pay", "[How, to, pay]"));
        wrong("a logo from outside the folder", right().replace(file, "logo.png", "../logo.png"));
        wrong("a logo that is no PNG", right().replace(file, "logo.png", "logo.svg"));
        wrong("a logo that is not there", right().remove("documents/logo.png"));
        wrong("an unreadable picture", right().put("documents/logo.png", "GIF89a"));
        wrong("a picture that is too large", right().put("documents/logo.png", new byte[Logo.BYTES_MAX + 1]));
        wrong("a picture that nobody uses", right().put("documents/other.png", "GIF89a"));
        wrong("a logo without a design", right().remove(file));
        wrong("a template", right().put("documents/invoice.jrxml", "<jasperReport/>"));
        wrong("another file beside the design", right().put("documents/texts.yml", "en: {}\n"));
    }

    private void sources() {
        wrong("an unknown profile", right().replace("sources/gateway.yml", "profile: saldo", "profile: usage"));
        wrong("no profile", right().replace("sources/gateway.yml", "profile: saldo\n", ""));
        wrong(
                "a format that a profile does not come in",
                right().put("sources/gateway.yml", "profile: openai-usage\nformat: jsonl.gz\n"));
        wrong("a compression that is not read", right().replace("sources/gateway.yml", "jsonl", "jsonl.bz2"));
        wrong("records of lines", right().append("sources/credits.yml", "records: /data/*\n"));
        wrong(
                "records at no list",
                right().put("sources/gateway.yml", "profile: openai-usage\nformat: json\nrecords: /data\n"));
        wrong(
                "a place around nothing",
                right().put("sources/gateway.yml", "profile: openai-usage\nformat: json\nrecords: /*\n"));
        wrong(
                "a purpose that is none",
                right().put("sources/gateway.yml", "profile: saldo\nformat: csv\npurpose: audit\n"));
        wrong("an unknown format", right().replace("sources/gateway.yml", "jsonl", "xml"));
        wrong("an unknown identity", right().append("sources/gateway.yml", "identity: uuid\n"));
        wrong("an unknown control file", right().append("sources/gateway.yml", "control-file: always\n"));
        wrong("a context-tier that is no number", right().append("sources/gateway.yml", "context-tier: 200k\n"));
        wrong("a context-tier of a feed", right().append("sources/credits.yml", "context-tier: 0\n"));
        String shared = "profile: saldo\nformat: csv\nnamespace: gateway\n";
        wrong(
                "a context-tier that another source of the namespace does not declare",
                right().put("sources/more.yml", shared + "context-tier: 200000\n"));
        wrong(
                "two context-tiers of one namespace",
                right().append("sources/gateway.yml", "context-tier: 0\n")
                        .put("sources/more.yml", shared + "context-tier: 200000\n")
                        .put("sources/none.yml", shared));
        wrong("an unknown column in the mapping", right().append("sources/gateway.yml", "  input_token: /x\n"));
        wrong("no pointer", right().append("sources/gateway.yml", "  output_tokens: usage.output\n"));
        wrong("a pointer with a bad escape", right().append("sources/gateway.yml", "  output_tokens: /a~2b\n"));
        wrong("a condition without words", right().append("sources/gateway.yml", "  output_tokens: /a if /type\n"));
        wrong("a constant without end", right().append("sources/gateway.yml", "  output_tokens: /a | '0\n"));
        wrong("a record without id", right().replace("sources/gateway.yml", "event_id: /id", "event_id: \"\""));
        wrong(
                "a record without provider",
                right().replace("sources/gateway.yml", "provider: openai\n", "")
                        .append("sources/gateway.yml", "  provider: \"\"\n"));
        wrong(
                "a record without account",
                right().append("sources/gateway.yml", "  account_id: \"\"\n  api_key_id: \"\"\n"));
        wrong("a key that only usage has", right().append("sources/credits.yml", "namespace: x\n"));
        wrong("an expectation other than daily", right().replace("sources/credits.yml", "daily", "weekly"));
        wrong("statuses that are no list", right().append("sources/gateway.yml", "billable-statuses: ok\n"));
        wrong("a status that is a list", right().append("sources/gateway.yml", "billable-statuses: [[ok]]\n"));
    }

    private void tables() {
        wrong("an empty table", right().put("models.csv", ""));
        wrong("an unknown column", right().put("models.csv", "provider,alias,modell\n"));
        wrong("a column without name", right().put("models.csv", "provider,alias,model,\n"));
        wrong("a column twice", right().put("models.csv", "provider,alias,model,alias\n"));
        wrong("a missing column", right().replace("accounts.csv", "country,currency", "city,email"));
        wrong("a semicolon table", right().put("models.csv", "provider;alias;model\n"));
        wrong("an open quote", right().append("accounts.csv", "a-3,,\"Three,DE,EUR,standard,,\na-4\n"));
        wrong("text after a quote", right().append("accounts.csv", "a-3,,\"Three\"x,DE,EUR,standard,,\n"));
        wrong("a row with too few fields", right().append("accounts.csv", "a-3,,Three\n"));
        wrong("a row with too many fields", right().replace("accounts.csv", "\"Two, Inc.\"", "Two, Inc."));
    }

    private void accounts() {
        wrong("an account without id", right().replace("accounts.csv", "a-2,", ","));
        wrong("an id with a blank", right().replace("accounts.csv", "a-2,", "a-2 ,"));
        wrong("a date that is none", right().replace("accounts.csv", "2026-06-01", "2026-06-31"));
        wrong("an instant without offset", right().replace("accounts.csv", "2026-06-01", "2026-06-01T00:00:00"));
        wrong("two rows that begin together", right().replace("accounts.csv", "2026-06-01", "2025-12-31T23:00:00Z"));
        wrong("an unknown country", right().replace("accounts.csv", "US,USD", "XX,USD"));
        wrong("an unknown currency", right().replace("accounts.csv", "US,USD", "US,usd"));
        wrong("a metal as currency", right().replace("accounts.csv", "US,USD", "US,XAU"));
        wrong("an account that changes its currency", right().replace("accounts.csv", "half,DE,EUR", "half,DE,USD"));
        wrong(
                "an unknown locale",
                right().replace("accounts.csv", "half,DE,EUR,standard,de", "half,DE,EUR,standard,fr"));
        wrong("an unknown tax profile", right().replace("accounts.csv", "export", "exports"));
        wrong(
                "closed before it opened",
                right().replace("accounts.csv", "locale,closed_on", "closed_on,opened_on")
                        .replace("accounts.csv", "export,,2026-12-31", "export,2026-01-01,2026-12-31")
                        .replace("accounts.csv", "standard,de,", "standard,,"));
        wrong(
                "an XRechnung without what it states of the buyer",
                right().replace("accounts.csv", "locale,", "e_invoice,").replace("accounts.csv", "de,", "xrechnung,"));
        wrong(
                "reverse charge without VAT id",
                right().replace("accounts.csv", "locale,", "e_invoice,")
                        .replace("accounts.csv", "de,", "none,")
                        .replace("accounts.csv", "export,,", "export,zugferd,")
                        .replace("tax.yml", "category: G", "category: AE"));
        wrong("control characters", right().replace("accounts.csv", "half,DE", "half,D\u001bE"));
    }

    private static ConfigurationFiles datev(String keys) {
        return right().append("ledger.yml", "datev: {" + keys + "}\n");
    }

    private void terms() {
        wrong("terms of an unknown account", right().append("terms.csv", "a-9,,payg,eur,,,,\n"));
        wrong("terms without mode", right().replace("terms.csv", "a-2,,payg", "a-2,,"));
        wrong("terms with an unknown book", right().replace("terms.csv", "payg,eur", "payg,euro"));
        wrong("terms with a book of another currency", right().replace("terms.csv", "payg,eur", "payg,usd"));
        wrong("prepaid terms without policy", right().replace("terms.csv", "prepaid,eur,invoice", "prepaid,eur,"));
        wrong("an unknown policy", right().replace("terms.csv", "prepaid,eur,invoice", "prepaid,eur,stop"));
        wrong("a multiplier below 1", right().replace("terms.csv", "1.2,100", "0.9,100"));
        wrong("a cap that is no number", right().replace("terms.csv", "1.2,100", "1.2,none"));
        wrong("terms that begin together", right().replace("terms.csv", "2026-03-12T09:00:00+01:00", "2026-01-01"));
        wrong("bad payment terms", right().replace("terms.csv", "100,14", "100,two weeks"));
    }

    private void keys() {
        wrong("a key of an unknown account", right().replace("account-keys.csv", "k-1,a-2", "k-1,a2"));
        wrong("a key of two accounts", right().replace("account-keys.csv", "2026-05-01,\n", "2026-04-30T21:59:59Z,\n"));
        wrong(
                "a key that ends before it begins",
                right().replace("account-keys.csv", "2026-01-01,2026-05-01", "2026-05-01,2026-01-01"));
        wrong("a key without account", right().replace("account-keys.csv", "k-1,a-2", "k-1,"));
    }

    private void prices() {
        wrong("an alias without model", right().replace("models.csv", "gpt-4o", ""));
        wrong("an alias of two models", right().append("models.csv", "azure,my-gpt,gpt-5\n"));
        wrong("a book without currency", right().replace("price-books.csv", "eur,,EUR", "eur,,"));
        wrong(
                "a book that extends an unknown one",
                right().replace("price-books.csv", "usd-deal,usd,", "usd-deal,us,"));
        wrong(
                "a book that extends one of another currency",
                right().replace("price-books.csv", "usd-deal,usd,", "usd-deal,eur,"));
        wrong("books that extend each other", right().replace("price-books.csv", "usd,,USD", "usd,usd-deal,USD"));
        wrong("a book twice", right().append("price-books.csv", "eur,,EUR,\n"));
        wrong("a price of an unknown book", right().append("prices/eur.csv", "euro,*,gpt-4o,output,1,,,\n"));
        wrong("an unknown meter", right().append("prices/eur.csv", "eur,*,gpt-4o,outputs,1,,,\n"));
        wrong("a negative price", right().append("prices/eur.csv", "eur,*,gpt-4o,output,-1,,,\n"));
        wrong("a price with a comma", right().append("prices/eur.csv", "eur,*,gpt-4o,output,\"1,5\",,,\n"));
        wrong("no price", right().append("prices/eur.csv", "eur,*,gpt-4o,output,,,,\n"));
        wrong("a price per 100", right().append("prices/eur.csv", "eur,*,gpt-4o,output,1,100,,\n"));
        wrong(
                "a price that ends before it begins",
                right().append("prices/eur.csv", "eur,*,gpt-4o,output,1,,2026-02-01,2026-02-01\n"));
        wrong(
                "two prices that could both win",
                right().replace("prices/eur.csv", "2026-01-01,2026-07-01", "2026-01-01,2026-08-01"));
        tiers("no open last tier", "eur,*,m,input,2,,graduated,100,,\neur,*,m,input,1,,graduated,1000,,\n");
        tiers(
                "a tier twice",
                "eur,*,m,input,2,,graduated,100,,\neur,*,m,input,1,,graduated,100,,\neur,*,m,input,1,,graduated,,,\n");
        tiers("two modes in one price", "eur,*,m,input,2,,graduated,100,,\neur,*,m,input,1,,volume,,,\n");
        tiers("a tier that ends at nothing", "eur,*,m,input,2,,graduated,0,,\neur,*,m,input,1,,graduated,,,\n");
        tiers("a negative fee", "eur,*,m,input,2,,graduated,,-1,\n");
        tiers("a fee on a flat price", "eur,*,m,input,2,,,,5,\n");
        tiers("a package without a size", "eur,*,m,input,2,,package,,,\n");
        tiers("a package of nothing", "eur,*,m,input,2,,package,,,0\n");
        tiers("a package per 1000", "eur,*,m,input,2,1000,package,,,10\n");
        tiers("two package prices", "eur,*,m,input,2,,package,,,10\neur,*,m,input,3,,package,,,20\n");
        tiers("a package size on tiers", "eur,*,m,input,2,,graduated,,,10\n");
        tiers("a volume price for prepaid terms", "eur,*,m,input,2,,volume,,,\n");
        wrong(
                "an unknown tier mode",
                right().put(
                                "prices/eur.csv",
                                "price_book,provider,model,meter,unit_price,tier_mode\neur,*,m,input,1,stairs\n"));
        wrong(
                "a flat price with a tier",
                right().put(
                                "prices/eur.csv",
                                "price_book,provider,model,meter,unit_price,tier_up_to\neur,*,m,input,1,1000\n"));
        wrong(
                "a price with too many digits",
                right().put(
                                "prices/eur.csv",
                                "price_book,provider,model,meter,unit_price\neur,*,m,input,0.0000000000001\n"));
        wrong(
                "a price with too many digits for one unit",
                right().put(
                                "prices/eur.csv",
                                "price_book,provider,model,meter,unit_price,per_units\neur,*,m,input,0.0000001,1000000\n"));
        wrong(
                "a bad context",
                right().put(
                                "prices/eur.csv",
                                "price_book,provider,model,meter,unit_price,context_over\neur,*,m,input,1,200k\n"));
    }

    private void tiers(String what, String rows) {
        wrong(
                what,
                right().put(
                                "prices/eur.csv",
                                "price_book,provider,model,meter,unit_price,per_units,tier_mode,tier_up_to,tier_flat_fee,package_size\n"
                                        + rows));
    }

    private void openings() {
        wrong(
                "an opening in the middle of a month",
                right().replace("openings.csv", "2026-01-01,c-1", "2026-01-02,c-1"));
        wrong("two openings of an account", right().replace("openings.csv", "2026-01-01,,", "2026-02-01,,"));
        wrong("more left than there was", right().replace("openings.csv", "42.5", "142.5"));
        wrong("an opening in another currency", right().replace("openings.csv", "EUR", "USD"));
        wrong("an opening with a later credit", right().replace("openings.csv", "2025-11-03T10", "2026-11-03T10"));
        wrong(
                "an opening with a credit that expired",
                right().put(
                                "openings.csv",
                                "account_id,as_of,credit_id,kind,amount,currency,booked_at,expires_at,remaining_amount\na-1,2026-01-01,c-1,promo,1,EUR,2025-01-01,2026-01-01,1\n"));
        wrong("a credit twice", right().append("openings.csv", "a-1,2026-01-01,c-1,promo,1,EUR,2025-11-03,1,\n"));
        wrong("debt twice", right().append("openings.csv", "a-1,2026-01-01,,,,,,,1\n"));
        wrong("an opening of nothing", right().append("openings.csv", "a-2,2026-01-01,,,,,,,\n"));
        wrong(
                "an amount without a credit",
                right().replace("openings.csv", "a-1,2026-01-01,,,,", "a-1,2026-01-01,,,5,"));
        wrong("an unknown kind", right().replace("openings.csv", "purchase", "gift"));
    }

    private void rates() {
        wrong("a rate of zero", right().replace("fx.csv", "1.17", "0"));
        wrong("a rate of an unknown currency", right().replace("fx.csv", "2026-10-05,USD", "2026-10-05,UDS"));
        wrong("two rates of one day", right().replace("fx.csv", "2026-10-05", "2026-10-02"));
    }
}
