package io.saldo.documents.night;

import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.night.NightReport.Account;
import io.saldo.documents.night.NightReport.Break;
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
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One night's words and numbers, band by band, as the template shows them. */
final class NightPage {
    private static final int DIGITS_OF_UNKNOWN_CURRENCY = 2;

    private final NightReport report;
    private final Texts texts;
    private final List<Row> rows = new ArrayList<>();

    NightPage(NightReport report, Texts texts) {
        this.report = report;
        this.texts = texts;
    }

    String title() {
        return texts.text("title", "date", texts.date(report.businessDate()));
    }

    Map<String, Object> parameters() {
        Delivery total = report.total();
        long open = report.codes().stream().mapToLong(CodeCount::count).sum();
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
        parameters.put("figureBreaks", count(open));
        parameters.put(
                "figureBreaksNote",
                texts.fill(
                        "figure.breaks",
                        Map.of(
                                "new", count(report.change().newBreaks()),
                                "resolved", count(report.change().resolvedBreaks()),
                                "reopened", count(report.change().reopenedBreaks()))));
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
        codes();
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
        for (Difference difference : differences) {
            row("isDifference", "differences")
                    .with("label", line(difference.currency()))
                    .with("count", count(difference.breaks()))
                    .with("gross", money(difference.gross(), difference.currency()))
                    .with("net", money(difference.net(), difference.currency()));
        }
    }

    private void codes() {
        List<CodeCount> codes = report.codes().stream()
                .sorted(Comparator.comparingLong(CodeCount::count).reversed().thenComparing(CodeCount::code))
                .toList();
        if (codes.isEmpty()) {
            note("codes", texts.text("codes.none"));
            return;
        }
        long greatest = codes.stream().mapToLong(CodeCount::count).max().orElse(0);
        for (CodeCount code : codes) {
            long share = greatest == 0 ? 0 : Math.multiplyExact(code.count(), 10_000L) / greatest;
            row("isCode", "codes")
                    .with("label", line(code.code()))
                    .with("count", count(code.count()))
                    .with("created", countOrNone(code.newTonight()))
                    .with("resolved", countOrNone(code.resolvedSinceYesterday()))
                    .with("share", String.valueOf(share));
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
        for (List<Break> sameCode : byCode.values()) {
            List<Break> created = sameCode.stream().filter(Break::newTonight).toList();
            boolean flood = created.size() > report.breakFloodLimit();
            if (flood) {
                row("isBreak", "breaks")
                        .with("code", line(created.get(0).code()))
                        .with("isNew")
                        .with("subject", texts.text("flood.subject", "count", count(created.size())))
                        .with("cause", texts.text("flood.cause"))
                        .with(
                                "evidence",
                                texts.text(
                                        "flood.evidence",
                                        "break",
                                        line(created.get(0).breakId())))
                        .with("detail", texts.text("flood.detail", "limit", count(report.breakFloodLimit())));
            }
            sameCode.stream()
                    .filter(found -> !flood || !found.newTonight())
                    .sorted(Comparator.comparing(Break::account)
                            .thenComparing(Break::period)
                            .thenComparing(Break::subject)
                            .thenComparing(Break::breakId))
                    .forEach(this::breakRow);
        }
    }

    private void breakRow(Break found) {
        Row row = row("isBreak", "breaks")
                .with("code", line(found.code()))
                .with("where", joined(" · ", found.account(), found.period()))
                .with("subject", line(found.subject()))
                .with("difference", difference(found))
                .with("compared", compared(found))
                .with("cause", line(found.cause()))
                .with("evidence", line(found.evidence()))
                .with(
                        "detail",
                        joined(
                                " · ",
                                found.breakId(),
                                found.severity(),
                                found.resolution().isEmpty()
                                        ? found.state()
                                        : found.state() + " (" + found.resolution() + ")",
                                texts.fill(
                                        "seen",
                                        Map.of(
                                                "first", texts.date(found.firstSeen()),
                                                "last", texts.date(found.lastSeen()),
                                                "count", count(found.occurrences())))));
        if (found.newTonight()) {
            row.with("isNew");
        }
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
        for (Delivery delivery : report.deliveries()) {
            delivery("isDelivery", delivery, line(delivery.source()), line(delivery.file()))
                    .with("note", line(delivery.note()));
        }
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
        for (Account account : report.accountsWorstFirst()) {
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
    }

    private void note(String part, String text) {
        row("isNote", part).with("label", text);
    }

    private Row row(String kind, String part) {
        Row row = new Row(kind).with("part", part).with("in-" + part).with("block", part + " " + rows.size());
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
