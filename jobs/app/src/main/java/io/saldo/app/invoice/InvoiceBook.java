package io.saldo.app.invoice;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.InvoiceNumberPattern;
import io.saldo.app.journal.Postings;
import io.saldo.app.run.Run;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.StatementStore;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.Invoice;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementTotals;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes invoices and usage statements from one state to the next, with what that enters into the journal. */
@Component
public class InvoiceBook {
    private final InvoiceStore invoices;
    private final StatementStore statements;
    private final CloseStore closes;
    private final JournalStore journal;
    private final DisputeStore disputes;
    private final TransactionTemplate transaction;

    /** Over the books. */
    public InvoiceBook(
            InvoiceStore invoices,
            StatementStore statements,
            CloseStore closes,
            JournalStore journal,
            DisputeStore disputes,
            PlatformTransactionManager transactions) {
        this.invoices = invoices;
        this.statements = statements;
        this.closes = closes;
        this.journal = journal;
        this.disputes = disputes;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Enters the draft of a closed account-month, approved where its total is within the automatic limit. */
    public void draft(Run run, Configuration configuration, Account account, Statement statement, int revision) {
        InvoiceDocument document = Drafts.ofClose(configuration, account, statement);
        Drafts.requireComplete(document);
        Invoice invoice = document.invoice();
        long id = invoices.addDraft(
                revision,
                0,
                new InvoiceStore.Content(
                        document,
                        Drafts.paymentTerms(configuration, statement.accountId(), statement.month()),
                        run.id()),
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
                        Drafts.paymentTerms(
                                original,
                                document.invoice().accountId(),
                                dispute.request().month()),
                        dispute.runId()),
                on);
        invoices.addState(id, State.APPROVED, on, by, "dispute " + dispute.id());
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
        List<String> later = closes.closedAfter(invoice.accountId(), month);
        if (!later.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    "a later month of " + invoice.accountId() + " is closed: " + String.join(", ", later));
        }
        requireNoDispute(invoice);
        transaction.executeWithoutResult(status -> {
            closes.reopen(invoice.accountId(), month, on);
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
        disputes.approved(invoice.accountId()).stream()
                .filter(each -> each.openMonth().isAfter(invoice.month()))
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

    private static InvoiceNumberPattern pattern(Stored invoice, Configuration configuration) {
        return invoice.draft().invoice().kind() == Invoice.Kind.CREDIT_NOTE
                ? configuration.creditNoteNumberPattern()
                : configuration.invoiceNumberPattern();
    }

    private static Stored issued(
            Stored approved, InvoiceNumberPattern pattern, InvoiceStore.Issue issue, LocalDate on) {
        return approved.issued(pattern.format(on.getYear(), issue.number()), issue.issuedOn());
    }

    /** What approved invoices will be once they are issued one after the other, as long as each of them can be. */
    Expected expected(Configuration configuration, LocalDate on) {
        return new Expected(configuration, on);
    }

    /** Goes through invoices in the order in which they will be issued. */
    final class Expected {
        private final Configuration configuration;
        private final LocalDate on;
        private final Map<String, InvoiceStore.Issue> last = new HashMap<>();

        private Expected(Configuration configuration, LocalDate on) {
            this.configuration = configuration;
            this.on = on;
        }

        /** The next one as it is expected to be issued. */
        Stored next(Stored approved) {
            if (approved.draft().invoice().kind() == Invoice.Kind.STATEMENT) {
                return approved.issued("", null);
            }
            InvoiceNumberPattern pattern = pattern(approved, configuration);
            InvoiceStore.Issue before =
                    last.computeIfAbsent(pattern.text(), series -> invoices.lastNumber(series, year(pattern, on)));
            InvoiceStore.Issue issue = before.next(on);
            last.put(pattern.text(), issue);
            return issued(approved, pattern, issue, on);
        }
    }

    /**
     * Issues an approved invoice whose documents can be made: one short transaction gives the number and freezes the value. A
     * usage statement gets no number.
     *
     * @return the invoice as it is then
     */
    Stored issue(Stored approved, Configuration configuration, LocalDate on) {
        require(approved, State.APPROVED);
        return Objects.requireNonNull(transaction.execute(status -> {
            Stored issued = approved.issued("", null);
            LocalDate bookedOn = on;
            if (approved.draft().invoice().kind() != Invoice.Kind.STATEMENT) {
                InvoiceNumberPattern pattern = pattern(approved, configuration);
                InvoiceStore.Issue issue = invoices.nextNumber(pattern.text(), year(pattern, on), on);
                issued = issued(approved, pattern, issue, on);
                requireFree(issued);
                bookedOn = issue.issuedOn();
                invoices.setNumber(issued);
            }
            List<JournalStore.Line> posting = posting(issued, configuration, entry(issued), bookedOn);
            if (!posting.isEmpty()) {
                journal.add(posting);
            }
            invoices.addState(issued.id(), State.ISSUED, bookedOn, "", "");
            return issued;
        }));
    }

    /** Another pattern is another series, which begins at 1 and may make a number that is given already. */
    private void requireFree(Stored issued) {
        invoices.ofNumber(issued.number()).ifPresent(other -> {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    "invoice " + issued.id() + " of " + issued.accountId() + " would get the number " + issued.number()
                            + ", which invoice " + other + " has: a changed pattern begins at 1. Give it other"
                            + " letters in issuer.yml, or take back the former pattern, which goes on");
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
    public static List<JournalStore.Line> posting(
            Stored invoice, String entry, StatementTotals totals, Configuration configuration, LocalDate bookedOn) {
        return new Postings(configuration.ledgerAccounts())
                .ofIssue(
                        entry,
                        invoice.draft().invoice(),
                        totals.payg().plus(totals.overage()).plus(totals.surcharge()),
                        totals.receivable(),
                        bookedOn);
    }

    /** Notes that the documents of an issued invoice are written. */
    void published(Stored issued, List<InvoiceStore.File> written, LocalDate on) {
        transaction.executeWithoutResult(status -> {
            written.forEach(file -> invoices.addFile(issued.id(), file));
            invoices.addState(issued.id(), State.PUBLISHED, on, "", "");
        });
    }

    static void require(Stored invoice, State state) {
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
