package io.saldo.app.invoice;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.intake.Inbox;
import io.saldo.app.journal.Postings;
import io.saldo.app.run.Run;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.Terms;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.documents.invoice.InvoicePdf;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.Invoices;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxTreatment;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Drafts, approves, issues and publishes invoices and usage statements. */
@Component
public class InvoiceBook {
    private final InvoiceStore invoices;
    private final StatementStore statements;
    private final JournalStore journal;
    private final TransactionTemplate transaction;
    private final InvoicePdf pdf = new InvoicePdf();

    /** Over the books. */
    public InvoiceBook(
            InvoiceStore invoices,
            StatementStore statements,
            JournalStore journal,
            PlatformTransactionManager transactions) {
        this.invoices = invoices;
        this.statements = statements;
        this.journal = journal;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Enters the draft of a closed account-month, approved where its total is within the automatic limit. */
    public void draft(Run run, Configuration configuration, Account account, Statement statement, int revision) {
        String language = account.locale().startsWith("de") ? "de" : "en";
        Invoice invoice =
                Invoices.calculate(statement, usageMonth -> tax(configuration, account, usageMonth, language));
        InvoiceDocument document = new InvoiceDocument(
                invoice,
                "",
                null,
                null,
                configuration.issuer(),
                new Party(
                        account.documentName(),
                        account.address(),
                        account.postalCode(),
                        account.city(),
                        account.country(),
                        account.vatId(),
                        account.email()),
                account.buyerReference(),
                language,
                Invoices.creditPositions(statement, configuration.settings().billingZone()),
                Invoices.dailyUsage(statement));
        long id = invoices.addDraft(revision, document, paymentTerms(configuration, statement), run.businessDate());
        Amount limit = configuration.automaticApprovalUpTo();
        if (invoice.kind() == Invoice.Kind.STATEMENT
                || (limit != null && invoice.total().toAmount().compareTo(limit) <= 0)) {
            invoices.addState(
                    id,
                    State.APPROVED,
                    run.businessDate(),
                    "saldo",
                    invoice.kind() == Invoice.Kind.STATEMENT ? "nothing is due" : "within " + limit);
        }
    }

    private static TaxTreatment tax(
            Configuration configuration, Account account, YearMonth usageMonth, String language) {
        LocalDate periodEnd = usageMonth.atEndOfMonth();
        TaxTreatment tax = configuration.taxProfiles().treatment(account.taxProfile(), periodEnd, language);
        if (tax == null) {
            throw new ProblemException(
                    ProblemCode.INVOICE_INCOMPLETE,
                    Place.file("tax.yml"),
                    "the tax profile " + account.taxProfile() + " of " + account.accountId() + " has no rate on "
                            + periodEnd);
        }
        return tax;
    }

    private static int paymentTerms(Configuration configuration, Statement statement) {
        long end = configuration.settings().billingZone().endOf(statement.month());
        int days = 0;
        for (Terms terms : configuration.terms().getOrDefault(statement.accountId(), List.of())) {
            if (terms.effectiveFrom() < end) {
                days = terms.paymentTermsDays();
            }
        }
        return days;
    }

    /** Approves a draft. */
    public void approve(Stored invoice, String by, LocalDate on) {
        require(invoice, State.DRAFT);
        transaction.executeWithoutResult(status -> invoices.addState(invoice.id(), State.APPROVED, on, by, ""));
    }

    /**
     * Issues an approved invoice: its document is made first, then one short transaction gives the number and freezes
     * the value. A usage statement gets no number.
     */
    public void issue(Stored approved, Configuration configuration, LocalDate on) throws IOException {
        require(approved, State.APPROVED);
        pdf.write(approved.draft(), OutputStream.nullOutputStream());
        Invoice invoice = approved.draft().invoice();
        StatementRevision revision =
                statements.get(approved.accountId(), approved.month().toString(), approved.revision());
        Amount due = revision.totals()
                .payg()
                .plus(revision.totals().overage())
                .plus(revision.totals().surcharge());
        transaction.executeWithoutResult(status -> {
            String entry = approved.month() + "/" + approved.accountId() + "/statement";
            LocalDate bookedOn = on;
            if (invoice.kind() == Invoice.Kind.INVOICE) {
                int year = configuration.invoiceNumberPattern().restartsEachYear() ? on.getYear() : 0;
                InvoiceStore.Issue issue =
                        invoices.nextNumber(configuration.invoiceNumberPattern().text(), year, on);
                String number = configuration.invoiceNumberPattern().format(on.getYear(), issue.number());
                bookedOn = issue.issuedOn();
                invoices.setNumber(approved.id(), number, bookedOn, bookedOn.plusDays(approved.paymentTermsDays()));
                entry = number;
            }
            List<JournalStore.Line> posting = new Postings(configuration.ledgerAccounts())
                    .ofIssue(entry, invoice, due, revision.totals().receivable(), bookedOn);
            if (!posting.isEmpty()) {
                journal.add(posting);
            }
            invoices.addState(approved.id(), State.ISSUED, bookedOn, "", "");
        });
    }

    /** Writes the document of an issued invoice; writing it again gives the same bytes. */
    public void publish(Stored issued, Home home, LocalDate on) throws IOException {
        require(issued, State.ISSUED);
        InvoiceDocument document = issued.document();
        String name = issued.month() + "/"
                + (issued.number().isEmpty() ? "statement-" + fileName(issued.accountId()) : issued.number()) + ".pdf";
        Path file = home.invoices().resolve(name);
        PublishedFile.write(file, out -> pdf.write(document, out));
        String sha256 = Inbox.sha256(file);
        long bytes = Files.size(file);
        transaction.executeWithoutResult(status -> {
            invoices.setFile(issued.id(), name, bytes, sha256);
            invoices.addState(issued.id(), State.PUBLISHED, on, "", "");
        });
    }

    /** An account id comes from outside and must not lead out of the folder. */
    private static String fileName(String accountId) {
        StringBuilder name = new StringBuilder();
        accountId.codePoints().forEach(character -> {
            boolean plain = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || character == '-'
                    || character == '_';
            name.append(plain ? Character.toString(character) : "." + Integer.toHexString(character));
        });
        return name.toString();
    }

    private static void require(Stored invoice, State state) {
        if (invoice.state() != state) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    "invoice " + invoice.id() + " of " + invoice.accountId() + " is "
                            + invoice.state().word() + ", not " + state.word());
        }
    }
}
