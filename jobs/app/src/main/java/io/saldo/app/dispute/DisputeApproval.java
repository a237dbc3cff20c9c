package io.saldo.app.dispute;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.invoice.Drafts;
import io.saldo.app.invoice.InvoiceBook;
import io.saldo.app.journal.Postings;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.DisputeStore.Dispute;
import io.saldo.app.store.DisputeStore.Outcome;
import io.saldo.app.store.DisputeStore.State;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.RunStore;
import io.saldo.dispute.Corrections;
import io.saldo.dispute.UsageBill;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.Invoice;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Correction;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a person's decision on a dispute appends to the books. */
@Component
public class DisputeApproval {
    private final DisputeStore disputes;
    private final InvoicedUsage invoicedUsage;
    private final CloseStore closes;
    private final InvoiceStore invoices;
    private final InvoiceBook book;
    private final JournalStore journal;
    private final RunStore runs;
    private final TransactionTemplate transaction;

    /** Over the books. */
    public DisputeApproval(
            DisputeStore disputes,
            InvoicedUsage invoicedUsage,
            CloseStore closes,
            InvoiceStore invoices,
            InvoiceBook book,
            JournalStore journal,
            RunStore runs,
            PlatformTransactionManager transactions) {
        this.disputes = disputes;
        this.invoicedUsage = invoicedUsage;
        this.closes = closes;
        this.invoices = invoices;
        this.book = book;
        this.journal = journal;
        this.runs = runs;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * A person's decision.
     *
     * @param at for the record
     * @param note may be empty for an approval
     * @param extendDays days after the decision on which credit that expired meanwhile still pays; 0 to let it expire
     */
    public record Decision(String by, String note, LocalDate on, Instant at, int extendDays) {}

    /**
     * Approves: enters the decision, what it moves in the oldest open month, and the document, approved and without a number
     * yet; nothing that is closed changes.
     *
     * @return whether a document waits for its issue
     * @throws ProblemException where it is decided already, or its difference is no longer the one to what was invoiced
     */
    public boolean approve(Home home, Configuration configuration, Dispute dispute, Decision decision)
            throws IOException {
        requireComputed(dispute);
        String accountId = dispute.request().accountId();
        YearMonth month = dispute.request().month();
        Outcome outcome = disputes.outcome(dispute.id());
        UsageBill difference = outcome.difference();
        InvoicedUsage.Invoiced invoiced = invoicedUsage.of(home, accountId, month);
        if (!invoiced.bill().equals(outcome.invoiced())) {
            throw refused("since dispute " + dispute.id() + " was computed, more was invoiced or corrected for " + month
                    + " of " + accountId + ": discard it, and run it again");
        }
        if (difference.isZero()) {
            throw refused("dispute " + dispute.id() + " differs in nothing from what was invoiced: discard it");
        }
        requireIssued(accountId, month);
        CloseStore.Frozen frozen = closes.frozen(accountId).orElseThrow();
        BillingZone zone = configuration.settings().billingZone();
        Correction correction = Corrections.of(
                dispute.id(),
                difference,
                Rerun.position(configuration, accountId, frozen),
                decision.extendDays() == 0
                        ? Corrections.Extension.NONE
                        : new Corrections.Extension(
                                zone.endOf(decision.on()),
                                zone.endOf(decision.on().plusDays(decision.extendDays()))));
        RunConfiguration original = RunConfiguration.of(invoiced.inputs().run(), runs);
        InvoiceDocument document = Drafts.ofDispute(
                original.configuration(),
                configuration.issuer(),
                account(original.configuration(), accountId, month),
                difference,
                corrected(accountId, month));
        YearMonth openMonth = Rerun.openMonth(frozen);
        transaction.executeWithoutResult(status -> {
            disputes.decide(
                    dispute, true, decision.on(), decision.at(), decision.by(), decision.note(), openMonth, correction);
            if (document != null) {
                book.addCorrection(dispute, document, original.configuration(), decision.by(), decision.on());
                return;
            }
            List<JournalStore.Line> posting = new Postings(configuration.ledgerAccounts())
                    .ofCorrection(
                            "dispute/" + dispute.id(),
                            accountId,
                            openMonth,
                            decision.on(),
                            difference,
                            invoiced.original().currency(),
                            null);
            if (!posting.isEmpty()) {
                journal.add(posting);
            }
        });
        return document != null;
    }

    /** Keeps the revision for the record, and moves nothing. */
    public void discard(Dispute dispute, Decision decision) {
        requireComputed(dispute);
        transaction.executeWithoutResult(status -> disputes.decide(
                dispute,
                false,
                decision.on(),
                decision.at(),
                decision.by(),
                decision.note(),
                dispute.request().month(),
                new Correction(dispute.id(), List.of(), List.of())));
    }

    private void requireComputed(Dispute dispute) {
        if (!runs.unfinished().isEmpty()) {
            throw refused("run " + runs.unfinished().get(0).id() + " was interrupted: 'saldo resume' first");
        }
        if (dispute.state() != State.COMPUTED) {
            throw refused("dispute " + dispute.id() + " is " + dispute.state().word() + " on " + dispute.decidedOn()
                    + " by " + dispute.decidedBy() + ": a decision stays; run a new dispute for another one");
        }
    }

    /** What may still be rejected is better rejected: that opens the month again. */
    private void requireIssued(String accountId, YearMonth month) {
        for (Stored each : invoices.ofAccountMonth(accountId, month)) {
            boolean waits = each.state() == InvoiceStore.State.DRAFT || each.state() == InvoiceStore.State.APPROVED;
            if (waits && each.dispute() == 0) {
                throw refused("the invoice of " + accountId + " for " + month + " is not issued yet: 'saldo invoices"
                        + " reject' opens the month again, or issue it first");
            }
        }
    }

    /** The invoice that charged the usage of the month first; null where none did. */
    private InvoiceDocument.@Nullable Original corrected(String accountId, YearMonth month) {
        for (Stored each : invoices.ofAccount(accountId)) {
            LocalDate issuedOn = each.issuedOn();
            Invoice invoice = each.draft().invoice();
            if (issuedOn != null
                    && invoice.kind() == Invoice.Kind.INVOICE
                    && invoice.lines().stream()
                            .anyMatch(line -> line.usageMonth().equals(month))) {
                return new InvoiceDocument.Original(each.number(), issuedOn);
            }
        }
        return null;
    }

    private static Account account(Configuration configuration, String accountId, YearMonth month) {
        return Optional.ofNullable(configuration
                        .accounts()
                        .at(accountId, configuration.settings().billingZone().endOf(month) - 1))
                .orElseThrow(() -> refused(accountId + " has no row in accounts.csv for " + month));
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.WRONG_STATE, Place.NOWHERE, why);
    }
}
