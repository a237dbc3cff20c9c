package io.saldo.vectors;

import static io.saldo.vectors.PeerVector.amount;
import static io.saldo.vectors.PeerVector.count;
import static io.saldo.vectors.PeerVector.instant;
import static io.saldo.vectors.PeerVector.list;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.problem.ProblemException;
import io.saldo.statement.AccountMonth;
import io.saldo.statement.Exhaustion;
import io.saldo.statement.Statement;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Credit as peers burn it down: by priority and expiry, over wallets, tranches and lines. */
class CreditVectorsTest {
    private static final List<PeerVector> VECTORS = PeerVector.document("credits.json");
    private static final Currency EUR = Currency.getInstance("EUR");

    /** A unit of this model costs a tenth of a cent, as fine as the vectors go. */
    private static final String TENTHS = "0.001";

    private static final DecidedOtherwise OTHERWISE = new DecidedOtherwise()
            .decide(
                    "om-reset-01",
                    "Credit is never reset: it ends by its expiry or by a withdrawal that the feed brings.",
                    Map.of("grant-1", "90", "overage", "0"))
            .decide(
                    "om-order-01",
                    "Expiries are compared to the microsecond, not to the second.",
                    List.of(
                            "cursor-a",
                            "cursor-b",
                            "created-first",
                            "later-expiration",
                            "no-expiration",
                            "lower-priority"))
            .decide(
                    "om-cline-06",
                    "Credit that usage does not need stays in its grant; it is no error.",
                    Map.of("applied", List.of("tier1-flat c1 100", "tier2-flat c1 50"), "due", "0", "left", "150"))
            .decide(
                    "lago-tr-02",
                    "Usage has happened: credit pays what it can, and the terms decide about the rest.",
                    Map.of("in", "0", "unpaid", "2000"))
            .decide(
                    "lago-tr-05",
                    "Usage has happened: without credit the terms decide about it.",
                    Map.of("unpaid", "5000"))
            .decide(
                    "lago-wa-09",
                    "Credit pays exact net usage and never a rounded invoice; what it pays is rounded with the document.",
                    Map.of("normal", "106825.4"));

    static List<PeerVector> vectors() {
        return VECTORS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void creditBurnsAsThePeerExpects(PeerVector vector) {
        OTHERWISE.check(vector, compare(vector));
    }

    @Test
    void everyVectorPassesOrIsDecidedOtherwise() {
        OTHERWISE.account(VECTORS, CreditVectorsTest::compare, 27);
    }

    private static Comparison compare(PeerVector vector) {
        String kind = vector.get("kind").stringValue();
        return switch (kind) {
            case "grant_burn_down" -> PeerBurnDown.compare(vector);
            case "grant_order" -> order(vector);
            case "credits_to_lines" -> creditsToLines(vector);
            case "tranche_consumption" -> tranches(vector);
            case "wallets_to_invoice" -> walletsToInvoice(vector);
            case "wallets_to_lines" -> walletsToLines(vector);
            default -> throw new IllegalArgumentException("no kind " + kind);
        };
    }

    private static Comparison order(PeerVector vector) {
        AccountMonth month = new AccountMonth().payg("").month("2025-12").asOf("2026-01-01 00:00");
        List<JsonNode> grants = list(vector.get("grants"));
        for (JsonNode grant : grants) {
            month.grant(
                    grant.get("id").stringValue(),
                    CreditKind.PROMO,
                    instant(grant.get("created_at")),
                    grant.has("expires_at") ? instant(grant.get("expires_at")) : Instants.MAX,
                    EUR,
                    Amount.of(1),
                    (int) count(grant.get("priority")),
                    "",
                    "");
        }
        month.use("2025-12-31 23:30", grants.size());
        return new Comparison(
                list(vector.get("expected").get("order")).stream()
                        .map(JsonNode::stringValue)
                        .toList(),
                month.compute().exhaustions().stream().map(Exhaustion::creditId).toList());
    }

    /** Each line is used on a day of its own, so that a drawdown names it. */
    private static Comparison creditsToLines(PeerVector vector) {
        AccountMonth month = new AccountMonth().payg("");
        grantInOrder(month, list(vector.get("credits")), "amount");
        List<JsonNode> lines = list(vector.get("lines"));
        for (int line = 0; line < lines.size(); line++) {
            month.use(day(line) + " 12:00", count(lines.get(line).get("amount")));
        }
        Statement statement = month.compute();
        List<String> applied = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            String id = lines.get(line).get("id").stringValue();
            drawn(statement, line).forEach((credit, amount) -> applied.add(id + " " + credit + " " + amount));
        }
        Map<String, Object> answer = new TreeMap<>();
        answer.put("applied", applied);
        answer.put("due", statement.totals().payg().toString());
        if (!statement.totals().closingBalance().isZero()) {
            answer.put("left", statement.totals().closingBalance().toString());
        }
        JsonNode expected = vector.get("expected");
        return new Comparison(
                expected.has("error")
                        ? expected.get("error").stringValue()
                        : Map.of(
                                "applied",
                                list(expected.get("applied")).stream()
                                        .map(part -> part.get(0).stringValue() + " "
                                                + part.get(1).stringValue() + " " + amount(part.get(2)))
                                        .toList(),
                                "due",
                                amount(expected.get("due")).toString()),
                answer);
    }

    private static Comparison tranches(PeerVector vector) {
        AccountMonth month = new AccountMonth().price("tenths", TENTHS, 1).payg("");
        for (JsonNode tranche : list(vector.get("tranches"))) {
            boolean bought = tranche.get("type").stringValue().equals("purchased");
            month.grant(
                    tranche.get("id").stringValue(),
                    bought ? CreditKind.PURCHASE : CreditKind.PROMO,
                    AccountMonth.at(day(8 - (int) count(tranche.get("created_days_ago"))) + " 00:00"),
                    Instants.MAX,
                    EUR,
                    amount(tranche.get("remaining_cents")).dividedByPowerOfTen(2),
                    (int) count(tranche.get("priority")),
                    "",
                    "");
        }
        month.use("20 12:00", "peer", "tenths", 10 * count(vector.get("consume_cents")));
        Statement statement = month.compute();
        Map<String, String> answer = new TreeMap<>();
        statement.grants().forEach(grant -> answer.put(grant.creditId(), cents(grant.remaining())));
        if (!statement.totals().payg().isZero()) {
            answer.put("unpaid", cents(statement.totals().payg()));
        }
        Map<String, String> expected = figures(vector.get("expected").path("remaining"));
        if (vector.get("expected").has("error")) {
            expected.put("error", vector.get("expected").get("error").stringValue());
        }
        return new Comparison(expected, answer);
    }

    /** A restricted wallet is a grant with a scope, an invoice's currency that of the account. */
    private static Comparison walletsToInvoice(PeerVector vector) {
        String currency = vector.get("invoice_currency").stringValue();
        List<JsonNode> wallets = list(vector.get("wallets_in_creation_order"));
        List<JsonNode> own = wallets.stream()
                .filter(wallet -> wallet.get("currency").stringValue().equals(currency))
                .toList();
        if (own.size() < wallets.size()) {
            AccountMonth withForeignGrant = invoice(vector, wallets);
            assertThatThrownBy(withForeignGrant::compute)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("account acme is in EUR but credit usd in USD");
        }
        return new Comparison(
                figures(vector.get("expected").get("debits")),
                debits(invoice(vector, own).compute()));
    }

    private static AccountMonth invoice(PeerVector vector, List<JsonNode> wallets) {
        AccountMonth month =
                new AccountMonth().payg("").price("charge", TENTHS, 1).price("subscription", TENTHS, 1);
        long created = AccountMonth.at("01 00:00");
        for (JsonNode wallet : wallets) {
            List<JsonNode> types = list(wallet.path("fee_types"));
            month.grant(
                    wallet.get("id").stringValue(),
                    CreditKind.PROMO,
                    created++,
                    Instants.MAX,
                    Currency.getInstance(wallet.get("currency").stringValue()),
                    amount(wallet.get("balance_cents")).dividedByPowerOfTen(2),
                    (int) count(wallet.get("priority")),
                    "",
                    types.isEmpty() ? "" : types.get(0).stringValue());
        }
        long at = AccountMonth.at("05 12:00");
        for (JsonNode fee : list(vector.get("fees"))) {
            long tenths = amount(fee.get("amount_with_tax_cents")).times(10).unscaled(0);
            month.use(at++, "peer", fee.get("type").stringValue(), Map.of(Meter.INPUT, tenths));
        }
        return month;
    }

    /** A discount is in the price that was agreed, so the line is its net. */
    private static Comparison walletsToLines(PeerVector vector) {
        AccountMonth month = new AccountMonth().payg("");
        grantInOrder(month, list(vector.get("wallets_in_order")), "balance");
        List<JsonNode> lines = list(vector.get("lines"));
        for (int index = 0; index < lines.size(); index++) {
            JsonNode line = lines.get(index);
            long net = count(line.get("amount"))
                    - count(line.path("line_discount"))
                    - count(line.path("invoice_discount"));
            month.use(day(index) + " 12:00", net);
        }
        Statement statement = month.compute();
        List<String> applied = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            applied.add(drawn(statement, index).values().stream()
                    .reduce(Amount.ZERO, Amount::plus)
                    .toString());
        }
        Map<String, String> debits = new TreeMap<>();
        statement
                .grants()
                .forEach(grant -> debits.put(grant.creditId(), grant.drawn().toString()));
        return new Comparison(
                Map.of(
                        "debits",
                        figures(vector.get("expected").get("debits")),
                        "applied",
                        list(vector.get("expected").get("applied")).stream()
                                .map(part -> amount(part).toString())
                                .toList()),
                Map.of("debits", debits, "applied", applied));
    }

    private static void grantInOrder(AccountMonth month, List<JsonNode> credits, String amount) {
        long at = AccountMonth.at("01 00:00");
        for (JsonNode credit : credits) {
            month.grant(
                    credit.get("id").stringValue(),
                    CreditKind.PROMO,
                    at++,
                    Instants.MAX,
                    EUR,
                    amount(credit.get(amount)),
                    50,
                    "",
                    "");
        }
    }

    private static String day(int index) {
        return "%02d".formatted(index + 2);
    }

    private static Map<String, Amount> drawn(Statement statement, int line) {
        Map<String, Amount> drawn = new TreeMap<>();
        LocalDate date = LocalDate.of(2026, 10, line + 2);
        statement.drawdowns().stream()
                .filter(drawdown -> drawdown.usageDate().equals(date))
                .forEach(drawdown -> drawn.put(drawdown.creditId(), drawdown.amount()));
        return drawn;
    }

    private static Map<String, String> debits(Statement statement) {
        Map<String, String> debits = new TreeMap<>();
        for (GrantPosition grant : statement.grants()) {
            if (!grant.drawn().isZero()) {
                debits.put(grant.creditId(), cents(grant.drawn()));
            }
        }
        return debits;
    }

    private static Map<String, String> figures(JsonNode amounts) {
        Map<String, String> figures = new TreeMap<>();
        amounts.properties()
                .forEach(figure ->
                        figures.put(figure.getKey(), amount(figure.getValue()).toString()));
        return figures;
    }

    private static String cents(Amount amount) {
        return amount.times(100).toString();
    }
}
