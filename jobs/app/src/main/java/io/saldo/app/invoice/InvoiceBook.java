package io.saldo.app.invoice;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.InvoiceNumberPattern;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.intake.Inbox;
import io.saldo.app.journal.Postings;
import io.saldo.app.run.Run;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.StatementStore;
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
import io.saldo.lake.file.NewFile;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementTotals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Drafts, approves, issues and publishes invoices and usage statements. */
@Component
public class InvoiceBook {
    /** Stands for the number while it is proved that the documents can be made. */
    private static final String PROVISIONAL_NUMBER = "0";

    private static final String XML_ENDING = ".xml";
    private static final String PDF_ENDING = ".pdf";

    private final InvoiceStore invoices;
    private final StatementStore statements;
    private final JournalStore journal;
    private final DisputeStore disputes;
    private final TransactionTemplate transaction;
    private final DesignedFiles files;

    /** Over the books. */
    public InvoiceBook(
            InvoiceStore invoices,
            StatementStore statements,
            JournalStore journal,
            DisputeStore disputes,
            DesignedFiles files,
            PlatformTransactionManager transactions) {
        this.invoices = invoices;
        this.statements = statements;
        this.journal = journal;
        this.disputes = disputes;
        this.files = files;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What keeps the account-month from being invoiced: a tax rate, an exchange rate or a column that its documents must
     * state. Empty when nothing does.
     *
     * @param statement closed
     */
    public List<String> problems(Configuration configuration, Account account, Statement statement) {
        try {
            return InvoiceFiles.problems(document(configuration, account, statement));
        } catch (ProblemException incomplete) {
            return incomplete.problems().stream().map(Problem::toString).toList();
        }
    }

    /** Enters the draft of a closed account-month, approved where its total is within the automatic limit. */
    public void draft(Run run, Configuration configuration, Account account, Statement statement, int revision) {
        InvoiceDocument document = document(configuration, account, statement);
        requireComplete(document);
        Invoice invoice = document.invoice();
        long id = invoices.addDraft(
                revision,
                0,
                new InvoiceStore.Content(
                        document, paymentTerms(configuration, statement.accountId(), statement.month()), run.id()),
                run.businessDate());
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

    private static InvoiceDocument document(Configuration configuration, Account account, Statement statement) {
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

    /** The amounts of the document of a closed statement, as its draft had them. */
    public Invoice calculated(Configuration configuration, Statement statement) {
        Account account = configuration
                .accounts()
                .at(
                        statement.accountId(),
                        configuration.settings().billingZone().endOf(statement.month()) - 1);
        return document(configuration, Objects.requireNonNull(account), statement)
                .invoice();
    }

    private static String language(Account account) {
        return account.locale().startsWith("de") ? "de" : "en";
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
    public @Nullable InvoiceDocument correction(
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

    /**
     * Enters the document of an approved dispute, approved too, in the caller's transaction. It has the design of the
     * dispute's own run.
     */
    public void addCorrection(
            DisputeStore.Dispute dispute, InvoiceDocument document, Configuration original, String by, LocalDate on) {
        long id = invoices.addDraft(
                dispute.revision(),
                dispute.id(),
                new InvoiceStore.Content(
                        document,
                        paymentTerms(
                                original,
                                document.invoice().accountId(),
                                dispute.request().month()),
                        dispute.runId()),
                on);
        invoices.addState(id, State.APPROVED, on, by, "dispute " + dispute.id());
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

    private void requireComplete(InvoiceDocument document) {
        List<String> problems = InvoiceFiles.problems(document);
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVOICE_INCOMPLETE, Place.file("accounts.csv"), String.join("; ", problems));
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

    private static int paymentTerms(Configuration configuration, String accountId, YearMonth month) {
        long end = configuration.settings().billingZone().endOf(month);
        int days = 0;
        for (Terms terms : configuration.terms().getOrDefault(accountId, List.of())) {
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
     * Rejects what is not issued yet, and opens its account-month again, with the closed months after it that have no
     * statement: what the close entered into the journal is entered the other way round.
     *
     * @throws ProblemException with {@code WRONG_STATE} where it is issued, or a later month of the account is closed
     */
    public void reject(Stored invoice, String by, String why, LocalDate on) {
        if (invoice.state() != State.DRAFT && invoice.state() != State.APPROVED) {
            throw wrongState(
                    invoice,
                    "draft or approved"
                            + (invoice.state() == State.REJECTED ? "" : ": only a credit note corrects it"));
        }
        String month = invoice.month().toString();
        List<String> later = statements.closedAfter(invoice.accountId(), month);
        if (!later.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    "a later month of " + invoice.accountId() + " is closed: " + String.join(", ", later));
        }
        requireNoDispute(invoice);
        transaction.executeWithoutResult(status -> {
            statements.reopen(invoice.accountId(), month, on);
            Postings.ofReopening(
                            invoice.accountId(),
                            invoice.month(),
                            journal.ofAccountMonth(invoice.accountId(), month),
                            on)
                    .forEach(journal::add);
            invoices.addState(invoice.id(), State.REJECTED, on, by, why);
        });
    }

    /** What an approved dispute moved stands on the closes that it knew. */
    private void requireNoDispute(Stored invoice) {
        disputes.approved().stream()
                .filter(each -> each.accountId().equals(invoice.accountId())
                        && each.openMonth().isAfter(invoice.month()))
                .findFirst()
                .ifPresent(each -> {
                    throw new ProblemException(
                            ProblemCode.WRONG_STATE,
                            Place.NOWHERE,
                            "dispute " + each.id() + " of " + each.accountId() + " " + each.month()
                                    + " was approved after " + invoice.month() + " was closed: issue the invoice, and"
                                    + " correct it with a dispute");
                });
    }

    /**
     * Makes the documents of an approved invoice into nothing, to see that they can be made.
     *
     * @throws ProblemException where they cannot
     */
    void prove(Stored approved, LocalDate on) throws IOException {
        require(approved, State.APPROVED);
        requireComplete(approved.draft());
        InvoiceDocument provisional =
                approved.draft().issued(PROVISIONAL_NUMBER, on, on.plusDays(approved.paymentTermsDays()));
        InvoiceFiles designed = files.of(approved.designRun());
        designed.writePdf(provisional, OutputStream.nullOutputStream());
        designed.xmlBeside(provisional);
    }

    /** Makes the series of the numbers known, before the first {@link #issue} of that date. */
    void openSeries(Configuration configuration, LocalDate on) {
        for (InvoiceNumberPattern pattern :
                List.of(configuration.invoiceNumberPattern(), configuration.creditNoteNumberPattern())) {
            invoices.openSeries(pattern.text(), year(pattern, on), on);
        }
    }

    private static int year(InvoiceNumberPattern pattern, LocalDate on) {
        return pattern.restartsEachYear() ? on.getYear() : 0;
    }

    /**
     * Issues an approved invoice whose documents can be made: one short transaction gives the number and freezes the value. A
     * usage statement gets no number.
     */
    void issue(Stored approved, Configuration configuration, LocalDate on) {
        require(approved, State.APPROVED);
        Invoice invoice = approved.draft().invoice();
        transaction.executeWithoutResult(status -> {
            String entry = entry(approved);
            LocalDate bookedOn = on;
            if (invoice.kind() != Invoice.Kind.STATEMENT) {
                InvoiceNumberPattern pattern = invoice.kind() == Invoice.Kind.CREDIT_NOTE
                        ? configuration.creditNoteNumberPattern()
                        : configuration.invoiceNumberPattern();
                InvoiceStore.Issue issue = invoices.nextNumber(pattern.text(), year(pattern, on), on);
                String number = pattern.format(on.getYear(), issue.number());
                bookedOn = issue.issuedOn();
                invoices.setNumber(approved.id(), number, bookedOn, bookedOn.plusDays(approved.paymentTermsDays()));
                entry = number;
            }
            List<JournalStore.Line> posting = posting(approved, configuration, entry, bookedOn);
            if (!posting.isEmpty()) {
                journal.add(posting);
            }
            invoices.addState(approved.id(), State.ISSUED, bookedOn, "", "");
        });
    }

    private List<JournalStore.Line> posting(
            Stored issued, Configuration configuration, String entry, LocalDate bookedOn) {
        Invoice invoice = issued.draft().invoice();
        if (issued.dispute() > 0) {
            DisputeStore.Dispute dispute = disputes.find(issued.dispute()).orElseThrow();
            return new Postings(configuration.ledgerAccounts())
                    .ofCorrection(
                            entry,
                            issued.accountId(),
                            Objects.requireNonNull(dispute.openMonth()),
                            bookedOn,
                            disputes.outcome(dispute.id()).difference(),
                            invoice.currency(),
                            invoice);
        }
        StatementTotals totals = statements
                .get(issued.accountId(), issued.month().toString(), issued.revision())
                .totals();
        return posting(issued, entry, totals, configuration, bookedOn);
    }

    /** The name of the posting that issuing the invoice enters: its number, where it has one. */
    public static String entry(Stored invoice) {
        return invoice.number().isEmpty()
                ? invoice.month() + "/" + invoice.accountId() + "/statement"
                : invoice.number();
    }

    /**
     * What issuing the invoice enters into the journal under that name; nothing where nothing is due.
     *
     * @param totals of the statement that it charges
     */
    public List<JournalStore.Line> posting(
            Stored invoice, String entry, StatementTotals totals, Configuration configuration, LocalDate bookedOn) {
        return new Postings(configuration.ledgerAccounts())
                .ofIssue(
                        entry,
                        invoice.draft().invoice(),
                        totals.payg().plus(totals.overage()).plus(totals.surcharge()),
                        totals.receivable(),
                        bookedOn);
    }

    /** The document that a close would draft of that statement: a stored one is compared with it. */
    public InvoiceDocument again(Configuration configuration, Account account, Statement statement) {
        return document(configuration, account, statement);
    }

    /** Writes the documents of an issued invoice; writing them again gives the same bytes. */
    List<InvoiceStore.File> write(Stored issued, Home home) throws IOException {
        require(issued, State.ISSUED);
        List<InvoiceStore.File> written = new ArrayList<>();
        for (Map.Entry<String, PublishedFile.Content> each : contents(issued).entrySet()) {
            Path file = home.invoices().resolve(each.getKey());
            PublishedFile.write(file, each.getValue());
            written.add(new InvoiceStore.File(each.getKey(), Files.size(file), Inbox.sha256(file)));
        }
        return written;
    }

    /** What the documents of an issued invoice come out as when they are made again; nothing is written. */
    public List<InvoiceStore.File> render(Stored issued) throws IOException {
        List<InvoiceStore.File> rendered = new ArrayList<>();
        for (Map.Entry<String, PublishedFile.Content> each : contents(issued).entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            each.getValue().write(bytes);
            rendered.add(new InvoiceStore.File(
                    each.getKey(),
                    bytes.size(),
                    HexFormat.of().formatHex(NewFile.sha256Digest().digest(bytes.toByteArray()))));
        }
        return rendered;
    }

    /** The documents of an issued invoice, by name below the folder of invoices. */
    private Map<String, PublishedFile.Content> contents(Stored issued) throws IOException {
        InvoiceDocument document = issued.document();
        InvoiceFiles designed = files.of(issued.designRun());
        String name = issued.month() + "/"
                + (issued.number().isEmpty() ? "statement-" + fileName(issued.accountId()) : issued.number());
        Map<String, PublishedFile.Content> contents = new LinkedHashMap<>();
        contents.put(name + PDF_ENDING, out -> designed.writePdf(document, out));
        Optional<byte[]> xml = designed.xmlBeside(document);
        if (xml.isPresent()) {
            contents.put(name + XML_ENDING, out -> out.write(xml.get()));
        }
        return contents;
    }

    /** Notes that the documents of an issued invoice are written. */
    void published(Stored issued, List<InvoiceStore.File> written, LocalDate on) {
        transaction.executeWithoutResult(status -> {
            written.forEach(file -> invoices.addFile(issued.id(), file));
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
            throw wrongState(invoice, state.word());
        }
    }

    private static ProblemException wrongState(Stored invoice, String wanted) {
        return new ProblemException(
                ProblemCode.WRONG_STATE,
                Place.NOWHERE,
                "invoice " + invoice.id() + " of " + invoice.accountId() + " is "
                        + invoice.state().word() + ", not " + wanted);
    }
}
