package io.saldo.documents.night;

import static io.saldo.documents.text.PlainText.joined;
import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.night.BreakSums.CodeCount;
import io.saldo.documents.night.NightReport.Break;
import io.saldo.documents.night.NightReport.Change;
import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.money.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The breaks themselves, code by code, the most severe first. */
final class BreakPart {
    /** More breaks of one code than this are not read on paper: the rest is in the other forms. */
    static final int BREAKS_OF_A_CODE_MAX = 25;

    private static final List<String> SEVERITIES = List.of("error", "warning", "note");

    /** What still holds before what does not, and the greatest difference first. */
    private static final Comparator<Break> WORST_FIRST = Comparator.comparing((Break each) -> !each.isUnresolved())
            .thenComparing(Break::currency, Comparator.reverseOrder())
            .thenComparing(BreakPart::size, Comparator.reverseOrder())
            .thenComparing(Break::account)
            .thenComparing(Break::period)
            .thenComparing(Break::subject)
            .thenComparing(Break::breakId);

    private final NightReport report;
    private final BreakSums sums;
    private final Map<String, String> names;
    private final Texts texts;
    private final NightRows rows;

    /** @param names of the accounts, by their ids */
    BreakPart(NightReport report, BreakSums sums, Map<String, String> names, Texts texts, NightRows rows) {
        this.report = report;
        this.sums = sums;
        this.names = names;
        this.texts = texts;
        this.rows = rows;
    }

    void write() {
        if (report.breaks().isEmpty()) {
            rows.note("breaks", texts.text("breaks.none"));
            return;
        }
        Map<String, List<Break>> byCode = new TreeMap<>();
        for (Break found : report.breaks()) {
            byCode.computeIfAbsent(found.code(), ignored -> new ArrayList<>()).add(found);
        }
        sums.codes().stream()
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
            rows.note(
                    "breaks",
                    texts.fill(
                            "breaks.more",
                            Map.of(
                                    "shown", rows.count(BREAKS_OF_A_CODE_MAX),
                                    "all", rows.count(single.size()),
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
        badge(rows.row("isBreak", "breaks"), Change.NEW)
                .with("code", line(code.code()))
                .with("subject", texts.text("flood.subject", "count", rows.count(code.newTonight())))
                .with(
                        "compared",
                        gross.entrySet().stream()
                                .map(each -> rows.money(each.getValue(), each.getKey()) + " " + line(each.getKey()))
                                .collect(Collectors.joining(" · ")))
                .with("cause", texts.text("flood.cause"))
                .with("hasCause")
                .with("evidence", texts.text("flood.evidence", "break", line(first)))
                .with("hasEvidence")
                .with("detail", texts.text("flood.detail", "limit", rows.count(report.breakFloodLimit())));
    }

    private void breakRow(Break found) {
        Row row = rows.row("isBreak", "breaks")
                .with("code", line(found.code()))
                .with("where", joined(" · ", found.account(), found.period()))
                .with(
                        "subject",
                        line(
                                found.subject().equals(found.account())
                                        ? names.getOrDefault(found.account(), "")
                                        : found.subject()))
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
                                                "count", rows.count(found.occurrences())))));
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

    private String difference(Break found) {
        Amount difference = found.difference();
        return difference == null ? "" : joined(" ", rows.amount(difference, found.currency()), found.currency());
    }

    private String compared(Break found) {
        return joined(
                " · ",
                compared("expected", found.expected(), found.currency()),
                compared("actual", found.actual(), found.currency()));
    }

    private String compared(String key, @Nullable Amount amount, String currency) {
        return amount == null ? "" : texts.text(key, "amount", joined(" ", rows.amount(amount, currency), currency));
    }
}
