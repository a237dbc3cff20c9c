package io.saldo.app.invoice;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.credit.Terms;
import io.saldo.dispute.CorrectionInvoice;
import io.saldo.dispute.UsageBill;
import io.saldo.documents.einvoice.InvoiceFiles;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.CreditPosition;
import io.saldo.invoice.DailyUsage;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.Invoices;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxConversion;
import io.saldo.invoice.TaxTreatment;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What documents state before they are issued: those of closed account-months and of disputes, by a configuration. */
public final class Drafts {
    private Drafts() {}

    /**
     * What keeps the account-month from being invoiced: a tax rate, an exchange rate or a column that its documents must
     * state. Empty when nothing does.
     *
     * @param statement closed
     */
    public static List<String> problems(Configuration configuration, Account account, Statement statement) {
        try {
            return InvoiceFiles.problems(ofClose(configuration, account, statement));
        } catch (ProblemException incomplete) {
            return incomplete.problems().stream().map(Problem::toString).toList();
        }
    }

    /** The document of a closed statement. */
    public static InvoiceDocument ofClose(Configuration configuration, Account account, Statement statement) {
        Invoice invoice =
                Invoices.calculate(statement, usageMonth -> tax(configuration, account, usageMonth, language(account)));
        return document(
                configuration,
                configuration.issuer(),
                account,
                invoice,
                null,
                Invoices.creditPositions(statement, configuration.settings().billingZone()),
                Invoices.dailyUsage(statement));
    }

    /** The amounts of the document of a closed statement, as its draft had them. */
    public static Invoice amounts(Configuration configuration, Statement statement) {
        Account account = configuration
                .accounts()
                .at(
                        statement.accountId(),
                        configuration.settings().billingZone().endOf(statement.month()) - 1);
        return ofClose(configuration, Objects.requireNonNull(account), statement)
                .invoice();
    }

    /**
     * The document that states the difference of a dispute; null where nothing is due by it. It is taxed, and converted, as
     * the original was.
     *
     * @param original the configuration by which the disputed month was closed
     * @param issuer as it is now
     * @param corrected the invoice that charged the usage; null where none did
     * @throws ProblemException {@code INVOICE_INCOMPLETE} where its documents cannot be made
     */
    public static @Nullable InvoiceDocument ofDispute(
            Configuration original,
            Issuer issuer,
            Account account,
            UsageBill difference,
            InvoiceDocument.@Nullable Original corrected) {
        Optional<Invoice> invoice = CorrectionInvoice.of(
                account.accountId(),
                difference,
                account.currency(),
                tax(original, account, difference.usageMonth(), language(account)));
        if (invoice.isEmpty()) {
            return null;
        }
        InvoiceDocument document = document(original, issuer, account, invoice.get(), corrected, List.of(), List.of());
        requireComplete(document);
        return document;
    }

    private static InvoiceDocument document(
            Configuration configuration,
            Issuer issuer,
            Account account,
            Invoice invoice,
            InvoiceDocument.@Nullable Original original,
            List<CreditPosition> credit,
            List<DailyUsage> dailyUsage) {
        return new InvoiceDocument(
                invoice,
                "",
                null,
                null,
                issuer,
                new Party(
                        account.documentName(),
                        account.address(),
                        account.postalCode(),
                        account.city(),
                        account.country(),
                        account.vatId(),
                        account.email()),
                account.buyerReference(),
                language(account),
                account.electronicInvoice(),
                conversion(configuration, invoice, invoice.month().atEndOfMonth()),
                original,
                credit,
                dailyUsage);
    }

    /** The tax in the issuer's currency by the last rates until then; null where there is nothing to convert. */
    private static @Nullable TaxConversion conversion(Configuration configuration, Invoice invoice, LocalDate on) {
        Currency taxCurrency = configuration.issuer().taxCurrency();
        if (invoice.tax().isZero() || invoice.currency().equals(taxCurrency)) {
            return null;
        }
        Amount from = configuration.exchangeRates().perEuro(invoice.currency(), on);
        Amount to = configuration.exchangeRates().perEuro(taxCurrency, on);
        if (from == null || to == null) {
            throw new ProblemException(
                    ProblemCode.INVOICE_INCOMPLETE,
                    Place.file("fx.csv"),
                    "account " + invoice.accountId() + " is charged tax in " + invoice.currency() + ", and no rate of "
                            + (from == null ? invoice.currency() : taxCurrency) + " is known on " + on
                            + " to state it in " + taxCurrency);
        }
        return TaxConversion.of(invoice.tax(), on, from, to, taxCurrency);
    }

    static void requireComplete(InvoiceDocument document) {
        List<String> problems = InvoiceFiles.problems(document);
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVOICE_INCOMPLETE, Place.file("accounts.csv"), String.join("; ", problems));
        }
    }

    /** By the profile and the rate at the end of the usage month (SPEC 9.5). */
    private static TaxTreatment tax(
            Configuration configuration, Account account, YearMonth usageMonth, String language) {
        LocalDate periodEnd = usageMonth.atEndOfMonth();
        Account then = configuration
                .accounts()
                .at(account.accountId(), configuration.settings().billingZone().endOf(usageMonth) - 1);
        String profile = (then == null ? account : then).taxProfile();
        TaxTreatment tax = configuration.taxProfiles().treatment(profile, periodEnd, language);
        if (tax == null) {
            throw new ProblemException(
                    ProblemCode.INVOICE_INCOMPLETE,
                    Place.file("tax.yml"),
                    "the tax profile " + profile + " of " + account.accountId() + " has no rate on " + periodEnd);
        }
        return tax;
    }

    private static String language(Account account) {
        return account.locale().startsWith("de") ? "de" : "en";
    }

    /** How many days after its date an invoice of that account-month is due. */
    static int paymentTerms(Configuration configuration, String accountId, YearMonth month) {
        long end = configuration.settings().billingZone().endOf(month);
        Terms terms = configuration.termsAt(accountId, end - 1);
        return terms == null ? 0 : terms.paymentTermsDays();
    }
}
