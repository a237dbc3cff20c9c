package io.saldo.app.command;

import io.saldo.app.invoice.InvoiceBook;
import io.saldo.app.invoice.Issuance;
import io.saldo.app.store.InvoicePaymentStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceFlag;
import io.saldo.invoice.InvoiceLine;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The life of invoices. */
@Command(
        name = "invoices",
        mixinStandardHelpOptions = true,
        description = "Lists, approves, rejects and issues invoices: draft, approved, issued, published, or rejected.",
        subcommands = {
            InvoicesCommand.ListCommand.class,
            InvoicesCommand.ShowCommand.class,
            InvoicesCommand.ApproveCommand.class,
            RejectCommand.class,
            InvoicesCommand.IssueCommand.class
        })
final class InvoicesCommand implements Runnable {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(
                ProblemCode.USAGE, Place.NOWHERE, "name what to do: list, show, approve, reject or issue");
    }

    /** Selects invoices of a month. */
    static final class Selection {
        @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The service month.")
        YearMonth month = YearMonth.of(1970, 1);

        @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account.")
        @Nullable
        String account;

        List<Stored> of(InvoiceStore invoices) {
            return invoices.ofMonth(month).stream()
                    .filter(invoice -> account == null || invoice.accountId().equals(account))
                    .toList();
        }
    }

    /** Lists. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists the invoices of a month, with the change of the total to last month and what is unusual:",
                "first, doubled, halved (of the net), late_usage, charge, receivable, tax_changed."
            })
    static final class ListCommand implements Callable<Integer> {
        @ParentCommand
        InvoicesCommand parent = new InvoicesCommand();

        @picocli.CommandLine.Mixin
        Selection selection = new Selection();

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                Table table = new Table(
                        "id",
                        "number",
                        "account",
                        "state",
                        "net",
                        "tax",
                        "total",
                        "change",
                        "flags",
                        "paid",
                        "payment",
                        "currency",
                        "file");
                Map<String, Amount> paid =
                        session.get(InvoicePaymentStore.class).paidOfMonth(selection.month);
                Map<String, Invoice> lastMonth = new HashMap<>();
                session.get(InvoiceStore.class).ofMonth(selection.month.minusMonths(1)).stream()
                        .filter(each -> each.state() != State.REJECTED && each.dispute() == 0)
                        .forEach(each ->
                                lastMonth.put(each.accountId(), each.draft().invoice()));
                for (Stored each : selection.of(session.get(InvoiceStore.class))) {
                    Invoice invoice = each.draft().invoice();
                    table.row(
                            each.id(),
                            invoice.kind() == Invoice.Kind.STATEMENT ? "(statement)" : each.number(),
                            each.accountId(),
                            each.state().word(),
                            invoice.net().toBigDecimal().toPlainString(),
                            invoice.tax().toBigDecimal().toPlainString(),
                            invoice.total().toBigDecimal().toPlainString(),
                            change(invoice, lastMonth.get(each.accountId())),
                            InvoiceFlag.of(invoice, lastMonth.get(each.accountId())).stream()
                                    .map(InvoiceFlag::word)
                                    .collect(Collectors.joining(" ")),
                            paid.getOrDefault(each.number(), Amount.ZERO),
                            PaymentState.of(each.number(), invoice, paid.getOrDefault(each.number(), Amount.ZERO)),
                            invoice.currency(),
                            each.fileName());
                }
                table.print(parent.saldo);
                return ExitCode.DONE;
            }
        }

        /** How much more is asked for than last month; all of it where nothing was. */
        private static Amount change(Invoice invoice, @Nullable Invoice before) {
            Amount total = invoice.total().toAmount();
            return before == null ? total : total.minus(before.total().toAmount());
        }
    }

    /** Shows one. */
    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows the lines of one invoice.")
    static final class ShowCommand implements Callable<Integer> {
        @ParentCommand
        InvoicesCommand parent = new InvoicesCommand();

        @Parameters(paramLabel = "ID", description = "The id that 'invoices list' shows, or the number.")
        String id = "";

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                Stored found = session.get(InvoiceStore.class)
                        .find(id)
                        .orElseThrow(
                                () -> new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no invoice " + id));
                Invoice invoice = found.draft().invoice();
                parent.saldo.say(found.accountId() + " " + found.month() + " "
                        + found.state().word() + " " + found.number());
                Table table = new Table("line", "kind", "description", "quantity", "unit_price", "per_units", "amount");
                for (InvoiceLine line : invoice.lines()) {
                    table.row(
                            line.line(),
                            line.kind().word(),
                            String.join(" ", line.provider(), line.model(), line.meter())
                                    .strip(),
                            line.quantity(),
                            line.unitPrice(),
                            line.pricedUnits(),
                            line.amount());
                }
                for (Allowance allowance : invoice.allowances()) {
                    table.row("", allowance.kind().word(), "", "", "", "", "-" + allowance.amount());
                }
                table.row("", "net", "", "", "", "", invoice.net());
                table.row("", "tax", "", "", "", "", invoice.tax());
                table.row("", "total", "", "", "", "", invoice.total());
                List<InvoicePaymentStore.Booking> bookings =
                        session.get(InvoicePaymentStore.class).ofInvoice(found.number());
                Amount paid = Amount.ZERO;
                for (InvoicePaymentStore.Booking booking : bookings) {
                    table.row(
                            "",
                            booking.amount().signum() > 0 ? "payment" : "paid_back",
                            booking.bookedOn() + " " + booking.processor() + " " + booking.paymentId(),
                            "",
                            "",
                            "",
                            booking.amount());
                    paid = paid.plus(booking.amount());
                }
                if (!found.number().isEmpty()) {
                    table.row("", PaymentState.of(found.number(), invoice, paid), "", "", "", "", paid);
                }
                table.print(parent.saldo);
                List<InvoiceStore.File> files = session.get(InvoiceStore.class).files(found.id());
                if (!files.isEmpty()) {
                    Table published = new Table("file", "bytes", "sha256");
                    files.forEach(file -> published.row(file.name(), file.bytes(), file.sha256()));
                    published.print(parent.saldo);
                }
                return ExitCode.DONE;
            }
        }
    }

    /** Approves. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approves drafts: a person's decision, kept with the name.")
    static final class ApproveCommand implements Callable<Integer> {
        @ParentCommand
        InvoicesCommand parent = new InvoicesCommand();

        @picocli.CommandLine.Mixin
        Selection selection = new Selection();

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who approves.")
        String by = "";

        @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "When (default: yesterday).")
        @Nullable
        LocalDate date;

        @Override
        public Integer call() throws IOException {
            DecideCommand.requireText("--by", by, true, DecideCommand.NAME_LENGTH_MAX);
            try (Session session = parent.saldo.open()) {
                int approved = approve(parent.saldo, session, selection.of(session.get(InvoiceStore.class)), by, date);
                parent.saldo.say(approved + " invoices approved by " + by);
                return ExitCode.DONE;
            }
        }
    }

    static int approve(Saldo saldo, Session session, List<Stored> invoices, String by, @Nullable LocalDate date)
            throws IOException {
        LocalDate on = saldo.on(date, session);
        int approved = 0;
        for (Stored each : invoices) {
            if (each.state() == State.DRAFT) {
                session.get(InvoiceBook.class).approve(each, by, on);
                approved++;
            }
        }
        return approved;
    }

    /** Issues. */
    @Command(
            name = "issue",
            mixinStandardHelpOptions = true,
            description = {
                "Issues approved invoices: each gets its number, then its document is written.",
                "Numbers have no gaps. Run it again after an interruption: it publishes what was issued."
            })
    static final class IssueCommand implements Callable<Integer> {
        @ParentCommand
        InvoicesCommand parent = new InvoicesCommand();

        @picocli.CommandLine.Mixin
        Selection selection = new Selection();

        @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The date of issue (default: yesterday).")
        @Nullable
        LocalDate date;

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                int published = issue(parent.saldo, session, selection.month, selection.account, date);
                parent.saldo.say(published + " documents published in "
                        + session.home().invoices().resolve(selection.month.toString()));
                return ExitCode.DONE;
            }
        }
    }

    /** Issues what can be issued, and says what cannot. */
    static int issue(Saldo saldo, Session session, YearMonth month, @Nullable String account, @Nullable LocalDate date)
            throws IOException {
        Issuance.Outcome outcome = session.get(Issuance.class)
                .run(
                        month,
                        account,
                        session.configuration().configuration(),
                        saldo.on(date, session),
                        session.home(),
                        saldo.progress());
        if (!outcome.problems().isEmpty()) {
            saldo.say(outcome.published() + " documents published");
            throw new ProblemException(outcome.problems());
        }
        return outcome.published();
    }
}
