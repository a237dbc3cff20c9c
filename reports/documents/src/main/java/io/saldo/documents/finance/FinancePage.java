package io.saldo.documents.finance;

import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.finance.FinanceReport.Breakage;
import io.saldo.documents.finance.FinanceReport.Change;
import io.saldo.documents.finance.FinanceReport.Coverage;
import io.saldo.documents.finance.FinanceReport.RollForward;
import io.saldo.documents.finance.FinanceReport.Tax;
import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.money.Amount;
import io.saldo.money.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The finance report's words and numbers, band by band, as the template shows them. */
final class FinancePage {
    private static final int ACCOUNTS_MAX = 25;
    private static final int CELLS = 6;

    private final FinanceReport report;
    private final Texts texts;
    private final List<Row> rows = new ArrayList<>();
    private List<String> heads = List.of();

    FinancePage(FinanceReport report, Texts texts) {
        this.report = report;
        this.texts = texts;
    }

    String month() {
        return texts.month(report.month());
    }

    String title() {
        return texts.text("title", "month", month());
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        long closed =
                report.rollForward().stream().filter(RollForward::isClosed).count();
        parameters.put("title", title());
        parameters.put(
                "state",
                texts.text(
                        "state",
                        "closed",
                        count(closed),
                        "all",
                        count(report.rollForward().size())));
        figure(parameters, "Deferred", sums(report.rollForward(), RollForward::currency, RollForward::closing));
        figure(parameters, "Charged", sums(report.coverage(), Coverage::currency, each -> each.payg()
                .plus(each.overage())
                .plus(each.surcharge())));
        figure(
                parameters,
                "Breakage",
                sums(
                        report.breakage().stream().filter(Breakage::isRevenue).toList(),
                        Breakage::currency,
                        Breakage::expired));
        figure(parameters, "Tax", sums(report.taxes(), Tax::currency, Tax::tax));
        return parameters;
    }

    /** The greatest amount large, the others below it. */
    private void figure(Map<String, Object> parameters, String name, SortedMap<String, Amount> sums) {
        List<String> shown = sums.entrySet().stream()
                .filter(each -> !each.getValue().isZero())
                .sorted(Map.Entry.<String, Amount>comparingByValue().reversed())
                .map(each -> amount(each.getValue(), each.getKey()) + " " + each.getKey())
                .toList();
        parameters.put("figure" + name, shown.isEmpty() ? texts.text("nothing") : shown.get(0));
        parameters.put(
                "figure" + name + "Note",
                shown.size() < 2
                        ? ""
                        : texts.text("figure.also", "amounts", String.join(", ", shown.subList(1, shown.size()))));
    }

    List<Row> rows() {
        deferred();
        breakage();
        coverage();
        tax();
        change();
        head();
        for (String note : new String[] {"deferred", "breakage", "coverage", "tax", "change"}) {
            row("isNote", "method").with("label", texts.text("method." + note));
        }
        for (int index = 1; index < rows.size(); index++) {
            rows.get(index).with("continued");
        }
        return rows;
    }

    private void deferred() {
        head("opening", "purchased", "consumed", "expired", "refunded", "closing");
        byCurrency(report.rollForward(), RollForward::currency).forEach((currency, all) -> {
            for (boolean closed : new boolean[] {true, false}) {
                List<RollForward> part =
                        all.stream().filter(each -> each.isClosed() == closed).toList();
                if (!part.isEmpty()) {
                    total(
                            "deferred",
                            texts.text(closed ? "total.closed" : "total.open", "currency", currency),
                            amounts(
                                    currency,
                                    sum(part, RollForward::opening),
                                    sum(part, RollForward::purchased).plus(sum(part, RollForward::restored)),
                                    sum(part, RollForward::consumed),
                                    sum(part, RollForward::expired),
                                    sum(part, RollForward::refunded),
                                    sum(part, RollForward::closing)));
                }
            }
            accounts(
                    "deferred",
                    all.stream()
                            .filter(each -> moved(each))
                            .sorted(Comparator.comparing(RollForward::closing).reversed())
                            .toList(),
                    RollForward::accountId,
                    each -> amounts(
                            currency,
                            each.opening(),
                            each.purchased().plus(each.restored()),
                            each.consumed(),
                            each.expired(),
                            each.refunded(),
                            each.closing()));
        });
        if (report.rollForward().isEmpty()) {
            none("deferred");
        }
    }

    private static boolean moved(RollForward each) {
        return !each.opening().isZero()
                || !each.purchased().isZero()
                || !each.restored().isZero();
    }

    private void breakage() {
        head("credits", "revenue", "given", "", "", "");
        byCurrency(report.breakage(), Breakage::currency).forEach((currency, all) -> {
            List<Breakage> revenue = all.stream().filter(Breakage::isRevenue).toList();
            List<Breakage> given =
                    all.stream().filter(each -> !each.isRevenue()).toList();
            total(
                    "breakage",
                    currency,
                    List.of(
                            count(all.size()),
                            amount(sum(revenue, Breakage::expired), currency),
                            amount(sum(given, Breakage::expired), currency)));
            accounts(
                    "breakage",
                    all.stream()
                            .sorted(Comparator.comparing(Breakage::expired).reversed())
                            .toList(),
                    each -> each.accountId() + "  " + each.creditId(),
                    each -> List.of(
                            texts.date(each.expiredOn()),
                            each.isRevenue() ? amount(each.expired(), currency) : "",
                            each.isRevenue() ? "" : amount(each.expired(), currency)));
        });
        if (report.breakage().isEmpty()) {
            none("breakage");
        }
    }

    private void coverage() {
        head("credit", "payg", "overage", "surcharge", "carried", "unfunded");
        byCurrency(report.coverage(), Coverage::currency).forEach((currency, all) -> {
            total("coverage", currency, covered(currency, all));
            accounts(
                    "coverage",
                    all.stream()
                            .filter(each -> !each.usage().minus(each.credit()).isZero())
                            .sorted(Comparator.comparing(
                                            (Coverage each) -> each.usage().minus(each.credit()))
                                    .reversed())
                            .toList(),
                    Coverage::accountId,
                    each -> covered(currency, List.of(each)));
        });
        if (report.coverage().isEmpty()) {
            none("coverage");
        }
    }

    private List<String> covered(String currency, List<Coverage> part) {
        return amounts(
                currency,
                sum(part, Coverage::credit),
                sum(part, Coverage::payg),
                sum(part, Coverage::overage),
                sum(part, Coverage::surcharge),
                sum(part, Coverage::carried),
                sum(part, Coverage::unfunded));
    }

    private void tax() {
        head("country", "source", "documents", "net", "tax", "");
        byCurrency(report.taxes(), Tax::currency).forEach((currency, all) -> {
            total(
                    "tax",
                    currency,
                    List.of(
                            "",
                            "",
                            count(all.size()),
                            amount(sum(all, Tax::net), currency),
                            amount(sum(all, Tax::tax), currency)));
            SortedMap<String, List<Tax>> kinds = new TreeMap<>();
            all.forEach(each -> kinds.computeIfAbsent(
                            each.category() + "\n" + each.rate() + "\n" + each.country() + "\n" + each.source(),
                            key -> new ArrayList<>())
                    .add(each));
            for (List<Tax> kind : kinds.values()) {
                Tax first = kind.get(0);
                Amount rate = first.rate();
                cells(
                        "isRow",
                        "tax",
                        rate == null
                                ? texts.text("tax.stated")
                                : texts.text("tax.rate", "category", first.category(), "rate", rate.toString()),
                        List.of(
                                first.country(),
                                texts.text("tax." + first.source()),
                                count(kind.size()),
                                amount(sum(kind, Tax::net), currency),
                                amount(sum(kind, Tax::tax), currency)));
            }
        });
        if (report.taxes().isEmpty()) {
            none("tax");
        }
    }

    private void change() {
        head("usage-before", "usage", "usage-change", "charged-before", "charged", "charged-change");
        byCurrency(report.changes(), Change::currency).forEach((currency, all) -> {
            total("change", currency, changed(currency, all));
            accounts(
                    "change",
                    all.stream()
                            .filter(each -> !each.usageChange().isZero()
                                    || !each.chargedChange().isZero())
                            .sorted(Comparator.comparing(
                                            (Change each) -> each.usageChange().absolute())
                                    .reversed())
                            .toList(),
                    Change::accountId,
                    each -> changed(currency, List.of(each)));
        });
        if (report.changes().isEmpty()) {
            none("change");
        }
    }

    private List<String> changed(String currency, List<Change> part) {
        return amounts(
                currency,
                sum(part, Change::usageBefore),
                sum(part, Change::usage),
                sum(part, Change::usageChange),
                sum(part, Change::chargedBefore),
                sum(part, Change::charged),
                sum(part, Change::chargedChange));
    }

    /** The columns of the part that begins: each of its rows has them, for the page on which it may stand first. */
    private void head(String... columns) {
        heads = Arrays.stream(columns)
                .map(column -> column.isEmpty() ? "" : texts.text("column." + column))
                .toList();
    }

    private void total(String part, String label, List<String> values) {
        cells("isTotal", part, label, values);
    }

    private <T> void accounts(String part, List<T> all, Function<T, String> label, Function<T, List<String>> values) {
        all.stream()
                .limit(ACCOUNTS_MAX)
                .forEach(each -> cells("isRow", part, line(label.apply(each)), values.apply(each)));
        if (all.size() > ACCOUNTS_MAX) {
            row("isNote", part)
                    .with("label", texts.text("more", "shown", count(ACCOUNTS_MAX), "all", count(all.size())));
        }
    }

    private void none(String part) {
        row("isNote", part).with("label", texts.text("none." + part));
    }

    private void cells(String kind, String part, String label, List<String> values) {
        Row row = row(kind, part).with("label", label);
        for (int cell = 0; cell < CELLS && cell < values.size(); cell++) {
            row.with("cell" + (cell + 1), line(values.get(cell)));
        }
    }

    private Row row(String kind, String part) {
        Row row = new Row(kind).with("part", part).with("partTitle", texts.text("part." + part));
        if (!heads.isEmpty()) {
            row.with("hasHead");
            for (int cell = 0; cell < heads.size(); cell++) {
                row.with("head" + (cell + 1), heads.get(cell));
            }
        }
        rows.add(row);
        return row;
    }

    private static <T> SortedMap<String, List<T>> byCurrency(List<T> all, Function<T, String> currency) {
        SortedMap<String, List<T>> by = new TreeMap<>();
        all.forEach(each -> by.computeIfAbsent(currency.apply(each), key -> new ArrayList<>())
                .add(each));
        return by;
    }

    private static <T> SortedMap<String, Amount> sums(
            List<T> all, Function<T, String> currency, Function<T, Amount> amount) {
        SortedMap<String, Amount> sums = new TreeMap<>();
        byCurrency(all, currency).forEach((key, part) -> sums.put(key, sum(part, amount)));
        return sums;
    }

    private static <T> Amount sum(List<T> all, Function<T, Amount> amount) {
        return all.stream().map(amount).reduce(Amount.ZERO, Amount::plus);
    }

    private List<String> amounts(String currency, Amount... amounts) {
        List<String> shown = new ArrayList<>();
        for (Amount amount : amounts) {
            shown.add(amount(amount, currency));
        }
        return shown;
    }

    /** To the minor unit; what is exact stands in the other forms. */
    private String amount(Amount amount, String currency) {
        return texts.amount(Rounding.halfUp(amount, Currency.getInstance(currency)));
    }

    private String count(long count) {
        return texts.number(Amount.of(count), 0);
    }
}
