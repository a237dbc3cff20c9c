package io.saldo.documents.night;

import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.night.NightReport.Account;
import io.saldo.documents.night.NightReport.Aged;
import io.saldo.documents.night.NightReport.Break;
import io.saldo.documents.night.NightReport.Change;
import io.saldo.documents.night.NightReport.CodeCount;
import io.saldo.documents.night.NightReport.Delivery;
import io.saldo.documents.night.NightReport.Difference;
import io.saldo.documents.night.NightReport.Verdict;
import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One night's words and numbers, band by band, as the template shows them. */
final class NightPage {
    /** More breaks of one code than this are not read on paper: the rest is in the other forms. */
    static final int BREAKS_OF_A_CODE_MAX = 25;

    private static final int DIFFERENCES_MAX = 15;
    private static final int DELIVERIES_MAX = 200;
    private static final int ACCOUNTS_MAX = 200;
    private static final int DIGITS_OF_UNKNOWN_CURRENCY = 2;
    private static final Set<String> SUMS = Set.of("differences", "classes", "causes", "bearers");
    private static final List<String> SEVERITIES = List.of("error", "warning", "note");

    /** What still holds before what does not, and the greatest difference first. */
    private static final Comparator<Break> WORST_FIRST = Comparator.comparing((Break each) -> !each.isUnresolved())
            .thenComparing(Break::currency, Comparator.reverseOrder())
            .thenComparing(NightPage::size, Comparator.reverseOrder())
            .thenComparing(Break::account)
            .thenComparing(Break::period)
            .thenComparing(Break::subject)
            .thenComparing(Break::breakId);

    private final NightReport report;
    private final Texts texts;
    private final Map<String, String> names;
    private final List<Row> rows = new ArrayList<>();

    NightPage(NightReport report, Texts texts) {
        this.report = report;
        this.texts = texts;
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
        parameters.put("figureBreaks", count(report.unresolved()));
        parameters.put(
                "figureBreaksNote",
                texts.fill(
                        "figure.breaks",
                        Arrays.stream(Change.values())
                                .collect(Collectors.toMap(Change::word, change -> count(report.count(change))))));
        parameters.put("figureRecords", count(total.records()));
        parameters.put(
                "figureRecordsNote",
                texts.text(
                        "figure.records",
                        "accepted",
                        count(total.accepted()),
                        "deliveries",
                        count(report.deliveries().size())));
        parameters.put("figureStatements", count(report.statements()));
        parameters.put("figureAccounts", count(reconciled));
        parameters.put(
                "figureAccountsNote",
                texts.text(
                        "figure.accounts", "accounts", count(report.accounts().size())));
        return parameters;
    }

    List<Row> rows() {
        differences();
        aging();
        classes();
        codes();
        causes();
        accountDifferences();
        breaks();
        deliveries();
        accounts();
        for (int index = 1; index < rows.size(); index++) {
            rows.get(index).with("continued");
        }
        return rows;
    }

    private void differences() {
        List<Difference> differences = report.differences();
        if (differences.isEmpty()) {
            note("differences", texts.text("differences.none"));
        }
        differences.forEach(each -> difference("differences", each, line(each.name())));
    }

    private void aging() {
        if (report.unresolved() == 0) {
            return;
        }
        List<Aged> aging = report.aging();
        long greatest = aging.stream().mapToLong(Aged::breaks).max().orElse(0);
        for (Aged aged : aging) {
            row("isAge", "aging")
                    .with("label", texts.text("age." + aged.age().name()))
                    .with("count", countOrNone(aged.breaks()))
                    .with("share", share(aged.breaks(), greatest))
                    .with(
                            "gross",
                            aged.gross().entrySet().stream()
                                    .map(each -> money(each.getValue(), each.getKey()) + " " + line(each.getKey()))
                                    .collect(Collectors.joining(" · ")));
        }
    }

    private void classes() {
        report.differencesByCheck().forEach(each -> difference("classes", each, line(each.name())));
    }

    private void causes() {
        List<Difference> differences = report.differencesByCause();
        differences.stream()
                .limit(DIFFERENCES_MAX)
                .forEach(each -> difference(
                        "causes", each, each.name().isEmpty() ? texts.text("causes.none") : line(each.name())));
        more("causes", DIFFERENCES_MAX, differences.size());
    }

    private void accountDifferences() {
        List<Difference> differences = report.differencesByAccount();
        differences.stream()
                .limit(DIFFERENCES_MAX)
                .forEach(each -> difference(
                        "bearers",
                        each,
                        each.name().isEmpty()
                                ? texts.text("bearers.company")
                                : joined(" · ", each.name(), nameOf(each.name()))));
        more("bearers", DIFFERENCES_MAX, differences.size());
    }

    private String nameOf(String accountId) {
        return names.getOrDefault(accountId, "");
    }

    private void difference(String part, Difference each, String label) {
        boolean money = !each.currency().isEmpty();
        row("isDifference", part)
                .with("label", label)
                .with("count", count(each.breaks()))
                .with(
                        "gross",
                        money
                                ? joined(" ", money(each.gross(), each.currency()), each.currency())
                                : texts.text("number.none"))
                .with(
                        "net",
                        money
                                ? joined(" ", money(each.net(), each.currency()), each.currency())
                                : texts.text("number.none"));
    }

    private void more(String part, int shown, int all) {
        if (all > shown) {
            note(part, texts.text(part + ".more", "shown", count(shown), "all", count(all)));
        }
    }

    private void codes() {
        List<CodeCount> codes = report.codes();
        if (codes.isEmpty()) {
            note("codes", texts.text("codes.none"));
            return;
        }
        long greatest = codes.stream().mapToLong(CodeCount::count).max().orElse(0);
        for (CodeCount code : codes) {
            row("isCode", "codes")
                    .with("label", line(code.code()))
                    .with("count", count(code.count()))
                    .with("created", countOrNone(code.newTonight()))
                    .with("resolved", countOrNone(code.resolvedSinceYesterday()))
                    .with("share", share(code.count(), greatest));
        }
    }

    private void breaks() {
        if (report.breaks().isEmpty()) {
            note("breaks", texts.text("breaks.none"));
            return;
        }
        Map<String, List<Break>> byCode = new TreeMap<>();
        for (Break found : report.breaks()) {
            byCode.computeIfAbsent(found.code(), ignored -> new ArrayList<>()).add(found);
        }
        report.codes().stream()
                .sorted(Comparator.comparingInt((CodeCount code) -> severity(byCode, code))
                        .thenComparing(CodeCount::check)
                        .thenComparing(CodeCount::code))
                .forEach(code -> breaks(code, byCode.getOrDefault(code.code(), List.of())));
    }

    private static int severity(Map<String, List<Break>> byCode, CodeCount code) {
        return byCode.getOrDefault(code.code(), List.of()).stream()
                .mapToInt(found -> SEVERITIES.indexOf(found.severity()))
                .min()
                .orElse(0);
    }

    private void breaks(CodeCount code, List<Break> sameCode) {
        boolean flood = report.isFlood(code);
        if (flood) {
            flood(code, sameCode);
        }
        List<Break> single = sameCode.stream()
                .filter(found -> !flood || !found.isNew())
                .sorted(WORST_FIRST)
                .toList();
        single.stream().limit(BREAKS_OF_A_CODE_MAX).forEach(this::breakRow);
        if (single.size() > BREAKS_OF_A_CODE_MAX) {
            note(
                    "breaks",
                    texts.fill(
                            "breaks.more",
                            Map.of(
                                    "shown", count(BREAKS_OF_A_CODE_MAX),
                                    "all", count(single.size()),
                                    "code", line(code.code()))));
        }
    }

    private void flood(CodeCount code, List<Break> sameCode) {
        Map<String, Amount> gross = new TreeMap<>();
        String first = "";
        for (Break found : sameCode) {
            Amount difference = found.difference();
            if (found.isNew() && difference != null && !found.currency().isEmpty()) {
                gross.merge(found.currency(), difference.absolute(), Amount::plus);
            }
            if (found.isNew() && (first.isEmpty() || found.breakId().compareTo(first) < 0)) {
                first = found.breakId();
            }
        }
        badge(row("isBreak", "breaks"), Change.NEW)
                .with("code", line(code.code()))
                .with("subject", texts.text("flood.subject", "count", count(code.newTonight())))
                .with(
                        "compared",
                        gross.entrySet().stream()
                                .map(each -> money(each.getValue(), each.getKey()) + " " + line(each.getKey()))
                                .collect(Collectors.joining(" · ")))
                .with("cause", texts.text("flood.cause"))
                .with("hasCause")
                .with("evidence", texts.text("flood.evidence", "break", line(first)))
                .with("hasEvidence")
                .with("detail", texts.text("flood.detail", "limit", count(report.breakFloodLimit())));
    }

    private void breakRow(Break found) {
        Row row = row("isBreak", "breaks")
                .with("code", line(found.code()))
                .with("where", joined(" · ", found.account(), found.period()))
                .with(
                        "subject",
                        line(found.subject().equals(found.account()) ? nameOf(found.account()) : found.subject()))
                .with("difference", difference(found))
                .with("compared", compared(found))
                .with(
                        "detail",
                        joined(
                                " · ",
                                found.breakId(),
                                found.severity(),
                                found.resolution().isEmpty()
                                        ? found.state()
                                        : found.state() + " (" + found.resolution() + ")",
                                found.changeNote(),
                                texts.fill(
                                        "seen",
                                        Map.of(
                                                "first", texts.date(found.firstSeen()),
                                                "last", texts.date(found.lastSeen()),
                                                "count", count(found.occurrences())))));
        if (!found.cause().isEmpty()) {
            row.with("cause", line(found.cause())).with("hasCause");
        }
        if (!found.candidates().isEmpty()) {
            row.with("candidates", line(found.candidates())).with("hasCandidates");
        }
        if (!found.evidence().isEmpty()) {
            row.with("evidence", line(found.evidence())).with("hasEvidence");
        }
        if (!found.decisions().isEmpty()) {
            row.with(
                            "decisions",
                            found.decisions().stream()
                                    .map(each -> line(each.told()))
                                    .collect(Collectors.joining("; ")))
                    .with("hasDecisions");
        }
        badge(row, found.change());
    }

    private Row badge(Row row, Change change) {
        return change == Change.CARRIED
                ? row
                : row.with("badge", texts.text("change." + change.word())).with("hasBadge");
    }

    private static Amount size(Break found) {
        Amount difference = found.difference();
        return difference == null ? Amount.ZERO : difference.absolute();
    }

    private static String share(long count, long greatest) {
        return String.valueOf(greatest == 0 ? 0 : Math.multiplyExact(count, 10_000L) / greatest);
    }

    private String difference(Break found) {
        Amount difference = found.difference();
        return difference == null ? "" : joined(" ", amount(difference, found.currency()), found.currency());
    }

    private String compared(Break found) {
        return joined(
                " · ",
                compared("expected", found.expected(), found.currency()),
                compared("actual", found.actual(), found.currency()));
    }

    private String compared(String key, @Nullable Amount amount, String currency) {
        return amount == null ? "" : texts.text(key, "amount", joined(" ", amount(amount, currency), currency));
    }

    private void deliveries() {
        if (report.deliveries().isEmpty()) {
            note("deliveries", texts.text("deliveries.none"));
            return;
        }
        for (Delivery delivery :
                report.deliveries().stream().limit(DELIVERIES_MAX).toList()) {
            delivery("isDelivery", delivery, line(delivery.source()), line(delivery.file()))
                    .with("note", line(delivery.note()));
        }
        more("deliveries", DELIVERIES_MAX, report.deliveries().size());
        delivery("isDeliveryTotal", report.total(), texts.text("deliveries.total"), "");
    }

    private Row delivery(String kind, Delivery delivery, String source, String file) {
        return row(kind, "deliveries")
                .with("label", source)
                .with("file", file)
                .with("records", count(delivery.records()))
                .with("accepted", countOrNone(delivery.accepted()))
                .with("duplicate", countOrNone(delivery.duplicate()))
                .with("conflict", countOrNone(delivery.conflict()))
                .with("rejected", countOrNone(delivery.rejected()))
                .with("held", countOrNone(delivery.held()))
                .with("notBillable", countOrNone(delivery.notBillable()));
    }

    private void accounts() {
        if (report.accounts().isEmpty()) {
            note("accounts", texts.text("accounts.none"));
            return;
        }
        for (Account account :
                report.accountsWorstFirst().stream().limit(ACCOUNTS_MAX).toList()) {
            row("isAccount", "accounts")
                    .with("label", line(account.accountId()))
                    .with("name", line(account.name()))
                    .with("verdict", texts.text("verdict." + account.verdict().word()))
                    .with("balance", money(account.balance(), account.currency()))
                    .with(
                            "debt",
                            account.debt().isZero()
                                    ? texts.text("number.none")
                                    : money(account.debt(), account.currency()))
                    .with("currency", line(account.currency()));
        }
        more("accounts", ACCOUNTS_MAX, report.accounts().size());
    }

    private void note(String part, String text) {
        row("isNote", part).with("label", text);
    }

    private Row row(String kind, String part) {
        Row row = new Row(kind).with("part", part).with("in-" + part).with("block", part + " " + rows.size());
        if (SUMS.contains(part)) {
            row.with("in-sums").with("heading", texts.text("part." + part)).with("named", texts.text("column." + part));
        }
        rows.add(row);
        return row;
    }

    private String amount(Amount amount, String currency) {
        return currency.isEmpty() ? texts.number(amount, 0) : money(amount, currency);
    }

    private String money(Amount amount, String currency) {
        return texts.number(amount, digits(currency));
    }

    /** A break may name a currency that does not exist: that is then the discrepancy, and no reason to fail. */
    private static int digits(String currency) {
        try {
            return Money.minorUnitDigits(Currency.getInstance(currency));
        } catch (IllegalArgumentException unknown) {
            return DIGITS_OF_UNKNOWN_CURRENCY;
        }
    }

    private String count(long count) {
        return texts.number(Amount.of(count), 0);
    }

    private String countOrNone(long count) {
        return count == 0 ? texts.text("number.none") : count(count);
    }

    private static String joined(String separator, String... parts) {
        return Arrays.stream(parts)
                .map(part -> line(part))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(separator));
    }
}
