package io.saldo.app.verification;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.invoice.Drafts;
import io.saldo.app.invoice.InvoiceBook;
import io.saldo.app.journal.Postings;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.VerificationStore;
import io.saldo.app.store.VerificationStore.MonthClosed;
import io.saldo.credit.CreditEntry;
import io.saldo.invoice.Invoice;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Makes again what each close of an account-month made of its statement: its postings and its draft. */
@Component
public class CloseCheck {
    private final VerificationStore books;
    private final FeedStore feeds;
    private final JournalStore journal;
    private final InvoiceStore invoices;

    /** Over the books. */
    public CloseCheck(VerificationStore books, FeedStore feeds, JournalStore journal, InvoiceStore invoices) {
        this.books = books;
        this.feeds = feeds;
        this.journal = journal;
        this.invoices = invoices;
    }

    /**
     * Proves an account-month.
     *
     * @param computed its statements as they are computed now, by revision
     */
    void prove(StatementCheck.Context context, String accountId, String month, Map<Integer, Statement> computed) {
        List<MonthClosed> closes = accountId.isEmpty() ? List.of() : books.closes(accountId, month);
        if (closes.isEmpty()) {
            return;
        }
        List<CreditEntry> entries = feeds.entries(accountId);
        Map<String, List<JournalStore.Line>> posted = new TreeMap<>();
        for (JournalStore.Line line : journal.ofAccountMonth(accountId, month)) {
            posted.computeIfAbsent(line.entry(), entry -> new ArrayList<>()).add(line);
        }
        List<InvoiceStore.Stored> drafts = invoices.ofAccountMonth(accountId, YearMonth.parse(month)).stream()
                .filter(each -> each.dispute() == 0)
                .toList();
        Set<String> explained = new HashSet<>();
        boolean all = true;
        int draft = 0;
        for (int index = 0; index < closes.size(); index++) {
            MonthClosed close = closes.get(index);
            if (close.revision() == 0) {
                continue;
            }
            Statement statement = computed.get(close.revision());
            if (statement == null) {
                all = false;
            } else {
                Configuration configuration =
                        context.configurations().of(close.run()).configuration();
                postings(
                        new Postings(configuration.ledgerAccounts())
                                .ofClose(statement.closed(), entries, close.closedOn(), index + 1),
                        posted,
                        explained,
                        context.protocol());
                if (draft < drafts.size()) {
                    invoice(drafts.get(draft), statement, configuration, posted, explained, context.protocol());
                } else {
                    context.protocol()
                            .fail(
                                    Check.INVOICES,
                                    StatementCheck.place(accountId, month),
                                    "",
                                    "a draft of close " + (index + 1),
                                    "none");
                }
            }
            draft++;
        }
        if (all) {
            reopened(posted, explained, context.protocol());
            posted.keySet().stream()
                    .filter(entry ->
                            Postings.isOfClose(entry, accountId, YearMonth.parse(month)) && !explained.contains(entry))
                    .forEach(entry -> context.protocol()
                            .fail(
                                    Check.JOURNAL,
                                    "posting " + entry,
                                    "",
                                    "nothing: no close posts it",
                                    told(posted.getOrDefault(entry, List.of()))));
        }
    }

    private static void postings(
            List<List<JournalStore.Line>> expected,
            Map<String, List<JournalStore.Line>> posted,
            Set<String> explained,
            Protocol protocol) {
        for (List<JournalStore.Line> posting : expected) {
            String entry = posting.get(0).entry();
            explained.add(entry);
            compare(entry, posting, posted, protocol);
        }
    }

    private static void compare(
            String entry,
            List<JournalStore.Line> expected,
            Map<String, List<JournalStore.Line>> posted,
            Protocol protocol) {
        List<JournalStore.Line> found = posted.getOrDefault(entry, List.of());
        if (found.equals(expected)) {
            protocol.prove(Check.JOURNAL);
        } else {
            protocol.fail(Check.JOURNAL, "posting " + entry, "", told(expected), told(found));
        }
    }

    private static String told(List<JournalStore.Line> posting) {
        return posting.stream()
                .map(line -> (line.debit().isZero() ? "credit " + line.credit() : "debit " + line.debit()) + " "
                        + line.currency() + " " + line.account() + " on " + line.bookedOn())
                .toList()
                .toString();
    }

    /** A posting of a close that was reopened stands beside its opposite. */
    private static void reopened(
            Map<String, List<JournalStore.Line>> posted, Set<String> explained, Protocol protocol) {
        for (Map.Entry<String, List<JournalStore.Line>> each : posted.entrySet()) {
            String base = Postings.reopens(each.getKey());
            if (!base.isEmpty() && explained.contains(base)) {
                explained.add(each.getKey());
                List<JournalStore.Line> opposite = posted.getOrDefault(base, List.of()).stream()
                        .map(line -> line.reversed(
                                each.getKey(), each.getValue().get(0).bookedOn()))
                        .toList();
                compare(each.getKey(), opposite, posted, protocol);
            }
        }
    }

    private void invoice(
            InvoiceStore.Stored stored,
            Statement statement,
            Configuration configuration,
            Map<String, List<JournalStore.Line>> posted,
            Set<String> explained,
            Protocol protocol) {
        Account account = configuration
                .accounts()
                .at(stored.accountId(), configuration.settings().billingZone().endOf(stored.month()) - 1);
        String place = place(stored);
        if (account == null) {
            protocol.fail(Check.INVOICES, place, "", "an account", "none in the configuration of its close");
            return;
        }
        Invoice frozen = stored.draft().invoice();
        try {
            Invoice again =
                    Drafts.ofClose(configuration, account, statement.closed()).invoice();
            boolean net = protocol.compare(Check.INVOICES, place, "net_document", again.net(), frozen.net());
            boolean tax = protocol.compare(Check.INVOICES, place, "tax_document", again.tax(), frozen.tax());
            boolean total = protocol.compare(Check.INVOICES, place, "total_document", again.total(), frozen.total());
            if (net && tax && total && !again.equals(frozen)) {
                protocol.fail(Check.INVOICES, place, "lines", again, frozen);
            }
        } catch (ProblemException cannotBeMade) {
            protocol.fail(
                    Check.INVOICES,
                    place,
                    "",
                    "an invoice",
                    cannotBeMade.problems().get(0).what());
        }
        List<String> columns = List.of(
                frozen.kind().name(),
                frozen.currency().getCurrencyCode(),
                frozen.net().toAmount().toString(),
                frozen.tax().toAmount().toString(),
                frozen.total().toAmount().toString());
        protocol.compare(
                Check.INVOICES,
                place,
                "kind, currency, net, tax, total of its row",
                columns,
                books.columns(stored.id()));
        issue(stored, statement, configuration, posted, explained, protocol);
    }

    /** The company may number its accounts otherwise when an invoice is issued, so amounts alone are compared. */
    private void issue(
            InvoiceStore.Stored stored,
            Statement statement,
            Configuration configuration,
            Map<String, List<JournalStore.Line>> posted,
            Set<String> explained,
            Protocol protocol) {
        String entry = InvoiceBook.entry(stored);
        explained.add(entry);
        boolean issued = stored.state() == InvoiceStore.State.ISSUED || stored.state() == InvoiceStore.State.PUBLISHED;
        if (!issued) {
            return;
        }
        List<String> expected = sides(InvoiceBook.posting(
                stored, entry, statement.totals(), configuration, stored.month().atEndOfMonth()));
        protocol.compare(
                Check.JOURNAL, "posting " + entry, "its sides", expected, sides(posted.getOrDefault(entry, List.of())));
    }

    private static List<String> sides(List<JournalStore.Line> posting) {
        return posting.stream()
                .map(line -> (line.debit().isZero() ? "credit " + line.credit() : "debit " + line.debit()) + " "
                        + line.currency())
                .toList();
    }

    static String place(InvoiceStore.Stored stored) {
        return "invoice " + (stored.number().isEmpty() ? String.valueOf(stored.id()) : stored.number()) + " of "
                + stored.accountId() + " of " + stored.month();
    }
}
