package io.saldo.documents.health;

import static io.saldo.documents.text.PlainText.line;

import io.saldo.credit.OveragePolicy;
import io.saldo.documents.health.HealthReport.Line;
import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.health.AccountHealth;
import io.saldo.health.Concern;
import io.saldo.health.CreditGap;
import io.saldo.health.Forecast;
import io.saldo.health.RechargeAdvice;
import io.saldo.health.TopUpDeclines;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import io.saldo.time.Instants;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The credit health report's words and numbers, band by band, as the template shows them. */
final class HealthPage {
    private static final int CONCERNED_MAX = 100;
    private static final int OTHERS_MAX = 200;
    private static final int GAPS_MAX = 4;

    /** The bar of a runway ends here; what lasts longer is not urgent. */
    private static final int BAR_DAYS = 56;

    private static final int SHARE_WHOLE = 10_000;

    private final HealthReport report;
    private final Texts texts;
    private final List<Row> rows = new ArrayList<>();

    HealthPage(HealthReport report, Texts texts) {
        this.report = report;
        this.texts = texts;
    }

    String title() {
        return texts.text("title", "date", texts.date(report.businessDate()));
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("title", title());
        parameters.put("run", texts.text("run", "run", line(report.runId())));
        parameters.put("figureConcerned", count(report.concerned().size()));
        parameters.put(
                "figureConcernedNote",
                texts.text(
                        "figure.concerned",
                        "all",
                        count(report.lines().size()),
                        "without",
                        count(with(Concern.INTERRUPTED) + with(Concern.WITHOUT_CREDIT))));
        parameters.put("figureInterrupted", count(with(Concern.INTERRUPTED) + with(Concern.AT_RISK)));
        parameters.put(
                "figureInterruptedNote",
                texts.fill(
                        "figure.interrupted",
                        Map.of(
                                "now", count(with(Concern.INTERRUPTED)),
                                "risk", count(with(Concern.AT_RISK)),
                                "days", count(report.rules().riskDays()))));
        parameters.put("figureDeclined", count(with(Concern.DECLINED)));
        parameters.put("figureDeclinedNote", texts.text("figure.declined"));
        parameters.put("figureExpiring", count(with(Concern.EXPIRING)));
        parameters.put("figureExpiringNote", expiringByCurrency());
        return parameters;
    }

    private long with(Concern concern) {
        return report.lines().stream()
                .filter(each -> each.health().concerns().contains(concern))
                .count();
    }

    private String expiringByCurrency() {
        Map<String, Amount> sums = new TreeMap<>();
        for (Line each : report.lines()) {
            if (!each.health().expiring().isEmpty()) {
                sums.merge(each.currency(), each.health().expiringUnused(), Amount::plus);
            }
        }
        return sums.isEmpty()
                ? texts.text(
                        "figure.expiring-none", "days", count(report.rules().expiryDays()))
                : texts.text(
                        "figure.expiring",
                        "amounts",
                        sums.entrySet().stream()
                                .map(each -> estimate(each.getValue(), each.getKey()) + " " + line(each.getKey()))
                                .collect(Collectors.joining(", ")),
                        "days",
                        count(report.rules().expiryDays()));
    }

    List<Row> rows() {
        List<Line> concerned = report.concerned();
        if (concerned.isEmpty()) {
            note("concerned", texts.text("concerned.none"));
        }
        concerned.stream().limit(CONCERNED_MAX).forEach(this::concerned);
        more("concerned", CONCERNED_MAX, concerned.size());
        List<Line> others = report.lines().stream()
                .filter(each -> each.health().concerns().isEmpty())
                .toList();
        others.stream().limit(OTHERS_MAX).forEach(this::other);
        more("others", OTHERS_MAX, others.size());
        note(
                "method",
                texts.fill(
                        "method",
                        Map.of(
                                "risk", count(report.rules().riskDays()),
                                "expiry", count(report.rules().expiryDays()),
                                "declines", count(report.declineWindowDays()),
                                "zone", zone())));
        for (int index = 1; index < rows.size(); index++) {
            rows.get(index).with("continued");
        }
        return rows;
    }

    private void concerned(Line each) {
        AccountHealth health = each.health();
        OveragePolicy policy = health.account().terms().overagePolicy();
        Row row = row("isConcerned", "concerned")
                .with("label", line(health.account().accountId()))
                .with("name", line(each.name()))
                .with("concerns", health.concerns().stream().map(Concern::word).collect(Collectors.joining(" \u00b7 ")))
                .with("balance", amount(health.balance(), each.currency()) + " " + line(each.currency()))
                .with("policy", policy == null ? "" : texts.text("policy." + policy.word()))
                .with("pace", estimate(health.burn().usual(), each.currency()))
                .with(
                        "paceRange",
                        texts.text(
                                "pace.range",
                                "slow",
                                estimate(health.burn().slow(), each.currency()),
                                "fast",
                                estimate(health.burn().fast(), each.currency())))
                .with("runway", days(health.runway()))
                .with("runwayRange", runwayRange(health))
                .with("shareShort", share(health.runwayShort()))
                .with("share", share(health.runway()))
                .with("shareLong", share(health.runwayLong()))
                .with(
                        "recharge",
                        texts.text("recharge." + health.advice().state().name()))
                .with("rechargeNote", recharge(health.advice(), each.currency()));
        String facts = String.join(" ", facts(each));
        if (!facts.isEmpty()) {
            row.with("facts", facts);
        }
    }

    private List<String> facts(Line line) {
        AccountHealth health = line.health();
        String currency = line.currency();
        List<String> facts = new ArrayList<>();
        if (health.account().debt().signum() > 0) {
            facts.add(texts.text("fact.debt", "amount", amount(health.account().debt(), currency)));
        }
        if (health.scoped().signum() > 0) {
            facts.add(texts.text("fact.scoped", "amount", amount(health.scoped(), currency)));
        }
        for (Forecast.Unused unused : health.expiring()) {
            facts.add(texts.fill(
                    "fact.expiring",
                    Map.of(
                            "amount", estimate(unused.amount(), currency),
                            "credit", line(unused.creditId()),
                            "date", texts.date(report.businessDate().plusDays(unused.inDays())))));
        }
        List<CreditGap> gaps = health.account().gaps();
        for (CreditGap gap : gaps.subList(Math.max(0, gaps.size() - GAPS_MAX), gaps.size())) {
            facts.add(
                    gap.isOpen()
                            ? texts.text("fact.gap-open", "from", instant(gap.from()))
                            : texts.text("fact.gap", "from", instant(gap.from()), "to", instant(gap.to())));
        }
        if (gaps.size() > GAPS_MAX) {
            facts.add(texts.text("fact.gaps-more", "count", count(gaps.size() - GAPS_MAX)));
        }
        if (health.account().servedWithoutCredit().signum() > 0) {
            facts.add(
                    texts.text("fact.served", "amount", amount(health.account().servedWithoutCredit(), currency)));
        }
        for (TopUpDeclines declines : health.account().declines()) {
            facts.add(texts.fill(
                    declines.isTripped() ? "fact.declines-open" : "fact.declines",
                    Map.of(
                            "method", line(declines.method()),
                            "count", count(declines.declines()),
                            "limit", count(declines.limit()),
                            "last", texts.date(declines.last()),
                            "codes", codes(declines))));
        }
        return facts;
    }

    private String codes(TopUpDeclines declines) {
        return declines.byCode().entrySet().stream()
                .map(each ->
                        (each.getKey().isEmpty() ? texts.text("no-code") : line(each.getKey())) + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private String recharge(RechargeAdvice advice, String currency) {
        LocalDate on = advice.on();
        Amount room = advice.room();
        String toLast = advice.toLast().isZero()
                ? ""
                : texts.text("recharge.to-last", "amount", amount(advice.toLast(), currency));
        if (on == null) {
            return toLast;
        }
        String what = texts.text("recharge.on", "date", texts.date(on), "amount", amount(advice.amount(), currency));
        String left = room == null ? "" : texts.text("recharge.room", "amount", amount(room, currency));
        return Stream.of(what, left, toLast).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }

    private void other(Line each) {
        AccountHealth health = each.health();
        row("isOther", "others")
                .with("label", line(health.account().accountId()))
                .with("name", line(each.name()))
                .with("balance", amount(health.balance(), each.currency()))
                .with("currency", line(each.currency()))
                .with("pace", estimate(health.burn().usual(), each.currency()))
                .with("runway", days(health.runway()))
                .with("runwayRange", runwayRange(health))
                .with(
                        "recharge",
                        texts.text("recharge." + health.advice().state().name()));
    }

    private String runwayRange(AccountHealth health) {
        if (health.runwayShort() == health.runwayLong()) {
            return texts.text("runway.any");
        }
        return texts.text("runway.range", "short", day(health.runwayShort()), "long", day(health.runwayLong()));
    }

    private String days(int days) {
        return days == Forecast.BEYOND
                ? texts.text("runway.beyond")
                : texts.text(days == 1 ? "runway.day" : "runway.days", "days", count(days));
    }

    private String day(int days) {
        return days == Forecast.BEYOND ? texts.text("runway.beyond") : count(days);
    }

    private static String share(int days) {
        return String.valueOf(Math.min(days, BAR_DAYS) * SHARE_WHOLE / BAR_DAYS);
    }

    private void more(String part, int shown, int all) {
        if (all > shown) {
            note(part, texts.text(part + ".more", "shown", count(shown), "all", count(all)));
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
        return texts.amount(amount, Currency.getInstance(currency));
    }

    /** Rounded for the page; what is less than the smallest coin and more than nothing says so. */
    private String estimate(Amount amount, String currency) {
        Money rounded = Rounding.halfUp(amount, Currency.getInstance(currency));
        if (rounded.isZero() && amount.signum() > 0) {
            Amount smallest = Amount.of(1).dividedByPowerOfTen(Money.minorUnitDigits(Currency.getInstance(currency)));
            return texts.text("less-than", "amount", amount(smallest, currency));
        }
        return texts.amount(rounded);
    }

    private String zone() {
        return report.zone().id().equals(ZoneOffset.UTC)
                ? "UTC"
                : report.zone().id().getId();
    }

    private String instant(long micros) {
        return Instants.ofMicros(micros)
                .atZone(report.zone().id())
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.MINUTES)
                .toString()
                .replace('T', ' ');
    }

    private String count(long count) {
        return texts.number(Amount.of(count), 0);
    }
}
