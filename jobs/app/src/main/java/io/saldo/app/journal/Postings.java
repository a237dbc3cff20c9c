package io.saldo.app.journal;

import io.saldo.app.config.PostingAccount;
import io.saldo.app.store.JournalStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.CreditMovement;
import io.saldo.credit.GrantPosition;
import io.saldo.dispute.UsageBill;
import io.saldo.invoice.Invoice;
import io.saldo.money.Amount;
import io.saldo.reconcile.InvoicePayment;
import io.saldo.statement.Drawdown;
import io.saldo.statement.Receivable;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.statement.StatementTotals;
import io.saldo.statement.TakenBack;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The posting table of SPEC 9.7: what a closed account-month and an issued invoice enter into the journal. Exact
 * amounts; every posting sums to zero.
 */
public final class Postings {
    private static final String REOPENED = "/reopened";

    private final Map<PostingAccount, String> ledger;

    /** Posts to those account numbers. */
    public Postings(Map<PostingAccount, String> ledger) {
        this.ledger = new EnumMap<>(ledger);
    }

    /**
     * What closing the account-month enters.
     *
     * @param close which close of it: 1, or more where it was reopened
     */
    public List<List<JournalStore.Line>> ofClose(
            Statement statement, List<CreditEntry> entries, LocalDate bookedOn, int close) {
        Month month = new Month(statement, bookedOn, close);
        Map<String, CreditKind> kinds = new HashMap<>();
        statement.grants().forEach(grant -> kinds.put(grant.creditId(), grant.kind()));
        Set<String> applied = Set.copyOf(statement.appliedEntries());
        List<CreditEntry> ofMonth = entries.stream()
                .filter(entry -> applied.contains(entry.entryId()))
                .toList();
        ofMonth.forEach(entry -> purchase(month, entry));
        for (Drawdown drawdown : statement.drawdowns()) {
            PostingAccount from = kinds.get(drawdown.creditId()) == CreditKind.PURCHASE
                    ? PostingAccount.CUSTOMER_CREDIT
                    : PostingAccount.PROMO;
            PostingAccount to = drawdown.purpose() == Drawdown.Purpose.DEBT
                    ? PostingAccount.CARRIED_RECEIVABLE
                    : PostingAccount.REVENUE_PREPAID;
            month.post(
                    "drawdown/" + drawdown.creditId() + "/" + drawdown.usageDate() + "/"
                            + drawdown.purpose().word(),
                    drawdown.creditId(),
                    from,
                    to,
                    drawdown.amount());
        }
        for (CreditMovement each : CreditMovement.of(statement.opening().grants(), statement.grants())) {
            month.post(
                    "restored/" + each.grant().creditId(),
                    each.grant().creditId(),
                    PostingAccount.REVENUE_PREPAID,
                    each.grant().kind() == CreditKind.PURCHASE ? PostingAccount.CUSTOMER_CREDIT : PostingAccount.PROMO,
                    each.restored());
        }
        withdrawals(month, statement, ofMonth);
        StatementTotals totals = statement.totals();
        month.post("payg", "", PostingAccount.UNBILLED_RECEIVABLE, PostingAccount.REVENUE_PAYG, totals.payg());
        month.post("overage", "", PostingAccount.UNBILLED_RECEIVABLE, PostingAccount.REVENUE_OVERAGE, totals.overage());
        month.post(
                "surcharge",
                "",
                PostingAccount.UNBILLED_RECEIVABLE,
                PostingAccount.REVENUE_OVERAGE,
                totals.surcharge());
        month.post("carried", "", PostingAccount.CARRIED_RECEIVABLE, PostingAccount.REVENUE_OVERAGE, totals.carried());
        for (Receivable receivable : statement.receivables()) {
            month.post(
                    "receivable/" + receivable.creditId() + "/" + receivable.withdrawalEntryId(),
                    receivable.creditId(),
                    PostingAccount.COLLECTION,
                    receivable.withdrawalEntryId().isEmpty()
                            ? PostingAccount.CARRIED_RECEIVABLE
                            : PostingAccount.CASH_CLEARING,
                    receivable.amount());
        }
        return month.postings;
    }

    /**
     * What reopening the account-month enters: the opposite of what its close entered.
     *
     * @param posted all postings of the account-month
     */
    public static List<List<JournalStore.Line>> ofReopening(
            String accountId, YearMonth month, List<JournalStore.Line> posted, LocalDate bookedOn) {
        Set<String> reopened = posted.stream().map(JournalStore.Line::entry).collect(Collectors.toSet());
        SortedMap<String, List<JournalStore.Line>> reversals = new TreeMap<>();
        for (JournalStore.Line line : posted) {
            String reversal = line.entry() + REOPENED;
            boolean isReversal = reopened.contains(reopens(line.entry()));
            if (isOfClose(line.entry(), accountId, month) && !isReversal && !reopened.contains(reversal)) {
                reversals.computeIfAbsent(reversal, entry -> new ArrayList<>()).add(line.reversed(reversal, bookedOn));
            }
        }
        return List.copyOf(reversals.values());
    }

    /** The posting that the one of that name takes back; empty where it takes back none. */
    public static String reopens(String entry) {
        return entry.endsWith(REOPENED) ? entry.substring(0, entry.length() - REOPENED.length()) : "";
    }

    /** Whether a close of the account-month made the posting of that name, or its reopening. */
    public static boolean isOfClose(String entry, String accountId, YearMonth month) {
        int account = entry.indexOf('/');
        String close = account < 0 ? "" : entry.substring(0, account);
        return (close.equals(month.toString()) || close.startsWith(month + "#"))
                && entry.startsWith(accountId + "/", account + 1);
    }

    private static void purchase(Month month, CreditEntry entry) {
        Amount amount = entry.amount();
        if (entry.type() != CreditEntry.Type.GRANT || entry.kind() != CreditKind.PURCHASE || amount == null) {
            return;
        }
        month.post(
                "purchase/" + entry.entryId(),
                entry.creditId(),
                List.of(new Side(PostingAccount.CASH_CLEARING, amount.plus(entry.taxAmount()))),
                List.of(
                        new Side(PostingAccount.CUSTOMER_CREDIT, amount),
                        new Side(PostingAccount.VAT_PAYABLE, entry.taxAmount())));
    }

    /** Expiry and withdrawal of purchased credit, as the month moved it; other credit has no liability to release. */
    private static void withdrawals(Month month, Statement statement, List<CreditEntry> applied) {
        Map<String, GrantPosition> before = new HashMap<>();
        statement.opening().grants().forEach(grant -> before.put(grant.creditId(), grant));
        for (GrantPosition grant : statement.grants()) {
            if (grant.kind() != CreditKind.PURCHASE) {
                continue;
            }
            GrantPosition opening = before.get(grant.creditId());
            Amount expired = opening == null ? grant.expired() : grant.expired().minus(opening.expired());
            Amount withdrawn =
                    opening == null ? grant.withdrawn() : grant.withdrawn().minus(opening.withdrawn());
            month.post(
                    "expiry/" + grant.creditId(),
                    grant.creditId(),
                    PostingAccount.CUSTOMER_CREDIT,
                    PostingAccount.BREAKAGE,
                    expired);
            takenBack(
                    month,
                    grant.creditId(),
                    TakenBack.of(
                            grant.creditId(),
                            withdrawn,
                            applied,
                            statement.withdrawalsAfterUse(),
                            statement.currency()));
        }
    }

    /** The net of what is a receivable has a posting of its own; its tax is owed with it, and was paid out with the rest. */
    private static void takenBack(Month month, String creditId, List<TakenBack> taken) {
        Amount receivables = sum(taken, TakenBack::claimed);
        month.post(
                "withdrawal/" + creditId,
                creditId,
                List.of(
                        new Side(PostingAccount.CUSTOMER_CREDIT, sum(taken, TakenBack::rest)),
                        new Side(PostingAccount.REVENUE_PREPAID, sum(taken, TakenBack::reduction)),
                        new Side(PostingAccount.VAT_PAYABLE, sum(taken, TakenBack::taxReversed)),
                        new Side(PostingAccount.COLLECTION, sum(taken, TakenBack::taxClaimed))),
                List.of(new Side(
                        PostingAccount.CASH_CLEARING,
                        sum(taken, TakenBack::cash).minus(receivables))));
    }

    private static Amount sum(List<TakenBack> taken, Function<TakenBack, Amount> part) {
        return taken.stream().map(part).reduce(Amount.ZERO, Amount::plus);
    }

    /**
     * What issuing the invoice enters.
     *
     * @param entry names the posting
     * @param exactDue what the close entered as unbilled for it: payg, overage and surcharge
     * @param exactReceivables what the close entered as collection
     */
    public List<JournalStore.Line> ofIssue(
            String entry, Invoice invoice, Amount exactDue, Amount exactReceivables, LocalDate bookedOn) {
        Amount rounding = invoice.net().toAmount().minus(exactDue).minus(exactReceivables);
        List<Side> debits = new ArrayList<>(
                List.of(new Side(PostingAccount.RECEIVABLE, invoice.total().toAmount())));
        List<Side> credits = new ArrayList<>(List.of(
                new Side(PostingAccount.UNBILLED_RECEIVABLE, exactDue),
                new Side(PostingAccount.COLLECTION, exactReceivables),
                new Side(PostingAccount.VAT_PAYABLE, invoice.tax().toAmount())));
        (rounding.signum() < 0 ? debits : credits).add(new Side(PostingAccount.ROUNDING, rounding.absolute()));
        return lines(
                entry,
                invoice.month(),
                bookedOn,
                invoice.currency().getCurrencyCode(),
                invoice.accountId(),
                invoice.accountId(),
                debits,
                credits);
    }

    /**
     * What the difference of an approved dispute enters beside credit, which the close of the open month enters: revenue
     * that is more or less, and what is owed for it.
     *
     * @param entry names the posting
     * @param openMonth the month that takes it
     * @param invoice the document of the difference; null where nothing is due by it
     * @return nothing where no revenue but that of credit changes
     */
    public List<JournalStore.Line> ofCorrection(
            String entry,
            String accountId,
            YearMonth openMonth,
            LocalDate bookedOn,
            UsageBill difference,
            Currency currency,
            @Nullable Invoice invoice) {
        boolean back = invoice != null && invoice.kind() == Invoice.Kind.CREDIT_NOTE;
        Amount total = invoice == null ? Amount.ZERO : signed(invoice.total().toAmount(), back);
        Amount tax = invoice == null ? Amount.ZERO : signed(invoice.tax().toAmount(), back);
        List<Side> debits = new ArrayList<>();
        List<Side> credits = new ArrayList<>();
        add(new Side(PostingAccount.RECEIVABLE, total), debits, credits);
        add(new Side(PostingAccount.REVENUE_PAYG, difference.sum(StatementLine::payg)), credits, debits);
        add(
                new Side(
                        PostingAccount.REVENUE_OVERAGE,
                        difference.sum(StatementLine::overage).plus(difference.surcharge())),
                credits,
                debits);
        add(new Side(PostingAccount.VAT_PAYABLE, tax), credits, debits);
        add(new Side(PostingAccount.ROUNDING, total.minus(tax).minus(difference.due())), credits, debits);
        return lines(entry, openMonth, bookedOn, currency.getCurrencyCode(), accountId, accountId, debits, credits);
    }

    private static Amount signed(Amount amount, boolean back) {
        return back ? amount.negated() : amount;
    }

    /** On the one side what is positive, on the other what is negative. */
    private static void add(Side side, List<Side> positive, List<Side> negative) {
        (side.amount().signum() < 0 ? negative : positive)
                .add(new Side(side.account(), side.amount().absolute()));
    }

    /**
     * What a payment of an invoice enters, or its refund.
     *
     * @param sequence counts the bookings of the payment, from 1 on
     * @param change what stands more of it than before; negative where money went back
     */
    public List<JournalStore.Line> ofPayment(InvoicePayment payment, int sequence, Amount change, LocalDate bookedOn) {
        Side cash = new Side(PostingAccount.CASH_CLEARING, change.absolute());
        Side receivable = new Side(PostingAccount.RECEIVABLE, change.absolute());
        boolean paid = change.signum() > 0;
        return lines(
                "payment/" + payment.processor() + "/" + payment.paymentId() + "/" + sequence,
                YearMonth.from(bookedOn),
                bookedOn,
                payment.currency(),
                payment.number(),
                payment.accountId(),
                List.of(paid ? cash : receivable),
                List.of(paid ? receivable : cash));
    }

    private List<JournalStore.Line> lines(
            String entry,
            YearMonth month,
            LocalDate bookedOn,
            String currency,
            String subject,
            String accountId,
            List<Side> debits,
            List<Side> credits) {
        List<JournalStore.Line> lines = new ArrayList<>();
        for (Side side : debits) {
            if (!side.amount().isZero()) {
                lines.add(new JournalStore.Line(
                        entry,
                        lines.size() + 1,
                        month.toString(),
                        bookedOn,
                        ledger.getOrDefault(side.account(), ""),
                        side.amount(),
                        Amount.ZERO,
                        currency,
                        subject,
                        accountId));
            }
        }
        for (Side side : credits) {
            if (!side.amount().isZero()) {
                lines.add(new JournalStore.Line(
                        entry,
                        lines.size() + 1,
                        month.toString(),
                        bookedOn,
                        ledger.getOrDefault(side.account(), ""),
                        Amount.ZERO,
                        side.amount(),
                        currency,
                        subject,
                        accountId));
            }
        }
        return lines;
    }

    private record Side(PostingAccount account, Amount amount) {}

    /** Collects the postings of one account-month. */
    private final class Month {
        private final Statement statement;
        private final LocalDate bookedOn;
        private final String prefix;
        private final List<List<JournalStore.Line>> postings = new ArrayList<>();

        private Month(Statement statement, LocalDate bookedOn, int close) {
            this.statement = statement;
            this.bookedOn = bookedOn;
            // An account id may have any character; the number of the close stands where none of it can.
            prefix = statement.month() + (close == 1 ? "" : "#" + close) + "/" + statement.accountId() + "/";
        }

        private void post(String name, String subject, PostingAccount debit, PostingAccount credit, Amount amount) {
            post(name, subject, List.of(new Side(debit, amount)), List.of(new Side(credit, amount)));
        }

        private void post(String name, String subject, List<Side> debits, List<Side> credits) {
            List<JournalStore.Line> lines = lines(
                    prefix + name,
                    statement.month(),
                    bookedOn,
                    statement.currency().getCurrencyCode(),
                    subject.isEmpty() ? statement.accountId() : statement.accountId() + "/" + subject,
                    statement.accountId(),
                    debits,
                    credits);
            if (!lines.isEmpty()) {
                postings.add(lines);
            }
        }
    }
}
