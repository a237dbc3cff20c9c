package io.saldo.documents.night;

import static io.saldo.documents.text.PlainText.joined;
import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.night.BreakSums.Aged;
import io.saldo.documents.night.BreakSums.CodeCount;
import io.saldo.documents.night.BreakSums.Difference;
import io.saldo.documents.night.NightReport.Account;
import io.saldo.documents.night.NightReport.Change;
import io.saldo.documents.night.NightReport.Delivery;
import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.reconcile.Verdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One night's words and numbers, band by band, as the template shows them. */
final class NightPage {
    private static final int DIFFERENCES_MAX = 15;
    private static final int DELIVERIES_MAX = 200;
    private static final int ACCOUNTS_MAX = 200;

    private final NightReport report;
    private final Texts texts;
    private final Map<String, String> names;
    private final BreakSums sums;
    private final NightRows rows;

    NightPage(NightReport report, Texts texts) {
        this.report = report;
        this.texts = texts;
        this.sums = new BreakSums(report);
        this.rows = new NightRows(texts);
        this.names = report.accounts().stream().collect(Collectors.toMap(Account::accountId, Account::name));
    }

    String title() {
        return texts.text("title", "date", texts.date(report.businessDate()));
    }

    Map<String, Object> parameters() {
        Delivery total = report.total();
        long reconciled = report.accounts().stream()
                .filter(account -> account.verdict() == Verdict.RECONCILED)
                .count();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("title", title());
        parameters.put("run", texts.text("run", "run", line(report.runId())));
        for (Verdict verdict : Verdict.values()) {
            parameters.put("is-" + verdict.word(), verdict == report.verdict());
        }
        parameters.put("verdict", texts.text("verdict." + report.verdict().word()));
        parameters.put(
                "verdictNote", texts.text("verdict-note." + report.verdict().word()));
        parameters.put("figureBreaks", rows.count(report.unresolved()));
        parameters.put(
                "figureBreaksNote",
                texts.fill(
                        "figure.breaks",
                        Arrays.stream(Change.values())
                                .collect(Collectors.toMap(Change::word, change -> rows.count(report.count(change))))));
        parameters.put("figureRecords", rows.count(total.records()));
        parameters.put(
                "figureRecordsNote",
                texts.text(
                        "figure.records",
                        "accepted",
                        rows.count(total.accepted()),
                        "deliveries",
                        rows.count(report.deliveries().size())));
        parameters.put("figureStatements", rows.count(report.statements()));
        parameters.put("figureAccounts", rows.count(reconciled));
        parameters.put(
                "figureAccountsNote",
                texts.text(
                        "figure.accounts",
                        "accounts",
                        rows.count(report.accounts().size())));
        return parameters;
    }

    List<Row> rows() {
        differences();
        aging();
        classes();
        codes();
        causes();
        accountDifferences();
        new BreakPart(report, sums, names, texts, rows).write();
        deliveries();
        accounts();
        return rows.all();
    }

    private void differences() {
        List<Difference> differences = sums.differences();
        if (differences.isEmpty()) {
            rows.note("differences", texts.text("differences.none"));
        }
        differences.forEach(each -> difference("differences", each, line(each.name())));
    }

    private void aging() {
        if (report.unresolved() == 0) {
            return;
        }
        List<Aged> aging = sums.aging();
        long greatest = aging.stream().mapToLong(Aged::breaks).max().orElse(0);
        for (Aged aged : aging) {
            rows.row("isAge", "aging")
                    .with("label", texts.text("age." + aged.age().name()))
                    .with("count", rows.countOrNone(aged.breaks()))
                    .with("share", share(aged.breaks(), greatest))
                    .with(
                            "gross",
                            aged.gross().entrySet().stream()
                                    .map(each -> rows.money(each.getValue(), each.getKey()) + " " + line(each.getKey()))
                                    .collect(Collectors.joining(" · ")));
        }
    }

    private void classes() {
        sums.differencesByCheck().forEach(each -> difference("classes", each, line(each.name())));
    }

    private void causes() {
        List<Difference> differences = sums.differencesByCause();
        differences.stream()
                .limit(DIFFERENCES_MAX)
                .forEach(each -> difference(
                        "causes", each, each.name().isEmpty() ? texts.text("causes.none") : line(each.name())));
        rows.more("causes", DIFFERENCES_MAX, differences.size());
    }

    private void accountDifferences() {
        List<Difference> differences = sums.differencesByAccount();
        differences.stream()
                .limit(DIFFERENCES_MAX)
                .forEach(each -> difference(
                        "bearers",
                        each,
                        each.name().isEmpty()
                                ? texts.text("bearers.company")
                                : joined(" · ", each.name(), names.getOrDefault(each.name(), ""))));
        rows.more("bearers", DIFFERENCES_MAX, differences.size());
    }

    private void difference(String part, Difference each, String label) {
        boolean money = !each.currency().isEmpty();
        rows.row("isDifference", part)
                .with("label", label)
                .with("count", rows.count(each.breaks()))
                .with(
                        "gross",
                        money
                                ? joined(" ", rows.money(each.gross(), each.currency()), each.currency())
                                : texts.text("number.none"))
                .with(
                        "net",
                        money
                                ? joined(" ", rows.money(each.net(), each.currency()), each.currency())
                                : texts.text("number.none"));
    }

    private void codes() {
        List<CodeCount> codes = sums.codes();
        if (codes.isEmpty()) {
            rows.note("codes", texts.text("codes.none"));
            return;
        }
        long greatest = codes.stream().mapToLong(CodeCount::count).max().orElse(0);
        for (CodeCount code : codes) {
            rows.row("isCode", "codes")
                    .with("label", line(code.code()))
                    .with("count", rows.count(code.count()))
                    .with("created", rows.countOrNone(code.newTonight()))
                    .with("resolved", rows.countOrNone(code.resolvedSinceYesterday()))
                    .with("share", share(code.count(), greatest));
        }
    }

    private void deliveries() {
        if (report.deliveries().isEmpty()) {
            rows.note("deliveries", texts.text("deliveries.none"));
            return;
        }
        for (Delivery delivery :
                report.deliveries().stream().limit(DELIVERIES_MAX).toList()) {
            delivery("isDelivery", delivery, line(delivery.source()), line(delivery.file()))
                    .with("note", line(delivery.note()));
        }
        rows.more("deliveries", DELIVERIES_MAX, report.deliveries().size());
        delivery("isDeliveryTotal", report.total(), texts.text("deliveries.total"), "");
    }

    private Row delivery(String kind, Delivery delivery, String source, String file) {
        return rows.row(kind, "deliveries")
                .with("label", source)
                .with("file", file)
                .with("records", rows.count(delivery.records()))
                .with("accepted", rows.countOrNone(delivery.accepted()))
                .with("duplicate", rows.countOrNone(delivery.duplicate()))
                .with("conflict", rows.countOrNone(delivery.conflict()))
                .with("rejected", rows.countOrNone(delivery.rejected()))
                .with("held", rows.countOrNone(delivery.held()))
                .with("notBillable", rows.countOrNone(delivery.notBillable()));
    }

    private void accounts() {
        if (report.accounts().isEmpty()) {
            rows.note("accounts", texts.text("accounts.none"));
            return;
        }
        for (Account account :
                report.accountsWorstFirst().stream().limit(ACCOUNTS_MAX).toList()) {
            rows.row("isAccount", "accounts")
                    .with("label", line(account.accountId()))
                    .with("name", line(account.name()))
                    .with("verdict", texts.text("verdict." + account.verdict().word()))
                    .with("balance", rows.money(account.balance(), account.currency()))
                    .with(
                            "debt",
                            account.debt().isZero()
                                    ? texts.text("number.none")
                                    : rows.money(account.debt(), account.currency()))
                    .with("currency", line(account.currency()));
        }
        rows.more("accounts", ACCOUNTS_MAX, report.accounts().size());
    }

    private static String share(long count, long greatest) {
        return String.valueOf(greatest == 0 ? 0 : Math.multiplyExact(count, 10_000L) / greatest);
    }
}
