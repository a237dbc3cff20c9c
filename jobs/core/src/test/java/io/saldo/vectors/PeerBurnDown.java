package io.saldo.vectors;

import static io.saldo.vectors.PeerVector.amount;
import static io.saldo.vectors.PeerVector.count;
import static io.saldo.vectors.PeerVector.instant;
import static io.saldo.vectors.PeerVector.list;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.OveragePolicy;
import io.saldo.money.Amount;
import io.saldo.statement.AccountMonth;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.Statement;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A peer's engine run as a chain of Saldo's months, from the first grant or usage on. The peer's overage is carried: the next
 * grant settles it. A recurring grant is a series in the feed, of which each ends where the next begins.
 */
final class PeerBurnDown {
    private static final BillingZone UTC = new BillingZone(ZoneOffset.UTC);
    private static final long DAY = 86_400_000_000L;

    private final PeerVector vector;
    private final long until;

    private PeerBurnDown(PeerVector vector) {
        this.vector = vector;
        this.until = instant(vector.get("until"));
    }

    static Comparison compare(PeerVector vector) {
        Map<String, String> expected = new TreeMap<>();
        JsonNode balances = vector.get("expected").get("balances");
        balances.properties()
                .forEach(balance -> expected.put(
                        balance.getKey(), amount(balance.getValue()).toString()));
        expected.put("overage", amount(vector.get("expected").get("overage")).toString());
        Statement last = new PeerBurnDown(vector).lastMonth();
        Map<String, String> answer = new TreeMap<>();
        balances.propertyNames().forEach(id -> answer.put(id, left(last, id).toString()));
        answer.put("overage", last.totals().closingDebt().toString());
        return new Comparison(expected, answer);
    }

    private static Amount left(Statement statement, String id) {
        return statement.grants().stream()
                .filter(grant -> grant.creditId().equals(id) || grant.creditId().startsWith(id + " of "))
                .map(GrantPosition::remaining)
                .reduce(Amount.ZERO, Amount::plus);
    }

    private Statement lastMonth() {
        OpeningPosition opening = OpeningPosition.NONE;
        List<String> applied = new ArrayList<>();
        YearMonth month = UTC.monthOf(first());
        while (true) {
            Statement statement = story(month).opening(opening).without(applied).compute();
            if (UTC.endOf(month) >= until) {
                return statement;
            }
            opening = statement.closing();
            applied.addAll(statement.appliedEntries());
            month = month.plusMonths(1);
        }
    }

    private long first() {
        return Stream.of(
                        Stream.of(vector.get("start").get("at")),
                        list(vector.get("grants")).stream().map(grant -> grant.get("effective_at")),
                        list(vector.get("usage")).stream().map(usage -> usage.get("at")))
                .flatMap(instants -> instants)
                .mapToLong(PeerVector::instant)
                .min()
                .orElseThrow();
    }

    private AccountMonth story(YearMonth month) {
        AccountMonth story = new AccountMonth()
                .month(month.toString())
                .prepaid("", OveragePolicy.CARRY)
                .asOf(until);
        list(vector.get("grants")).forEach(grant -> grant(story, grant));
        for (JsonNode usage : list(vector.get("usage"))) {
            story.use(instant(usage.get("at")), "peer", "gpt", Map.of(Meter.INPUT, count(usage.get("amount"))));
        }
        return story;
    }

    private void grant(AccountMonth story, JsonNode grant) {
        String id = grant.get("id").stringValue();
        long end = grant.has("expires_at") ? instant(grant.get("expires_at")) : Instants.MAX;
        long[] beginnings = beginnings(grant, Math.min(end, until));
        for (int index = 0; index < beginnings.length; index++) {
            boolean last = index == beginnings.length - 1;
            story.grant(
                    index == 0 ? id : id + " of " + Instants.format(beginnings[index]),
                    CreditKind.PROMO,
                    beginnings[index],
                    last ? end : beginnings[index + 1],
                    Currency.getInstance("EUR"),
                    amount(grant.get("amount")),
                    (int) count(grant.get("priority")),
                    "",
                    "");
        }
        for (String taken : List.of("deleted_at", "voided_at")) {
            if (grant.has(taken)) {
                story.withdraw(taken + " " + id, id, instant(grant.get(taken)), null, "void");
            }
        }
    }

    private static long[] beginnings(JsonNode grant, long before) {
        long effectiveAt = instant(grant.get("effective_at"));
        if (!grant.has("recurrence")) {
            return new long[] {effectiveAt};
        }
        long anchor = instant(grant.get("recurrence").get("anchor"));
        long step = count(grant.get("recurrence").get("every_days")) * DAY;
        LongStream refills =
                LongStream.iterate(anchor, at -> at < before, at -> at + step).filter(at -> at > effectiveAt);
        return LongStream.concat(LongStream.of(effectiveAt), refills).toArray();
    }
}
