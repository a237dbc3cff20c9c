package io.saldo.statement;

import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.TierMode;
import io.saldo.problem.Place;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.LateEvents;
import io.saldo.usage.Meter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes an account's month as a story: one input token of {@code gpt} costs 1 EUR, so quantities read as money. Times
 * are written {@code 05 12:00} for the fifth of October 2026 at noon, or as a whole date.
 */
public final class AccountMonth {
    private record Event(long at, Product product, Map<Meter, Long> quantities) {}

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final BillingZone UTC = new BillingZone(ZoneOffset.UTC);

    private YearMonth month = YearMonth.of(2026, 10);
    private final List<Event> events = new ArrayList<>();
    private final List<CreditEntry> entries = new ArrayList<>();
    private final List<Terms> terms = new ArrayList<>();
    private final List<PriceRow> rows = new ArrayList<>();
    private final List<GrantPosition> openingGrants = new ArrayList<>();
    private final List<Debt> openingDebts = new ArrayList<>();
    private final SortedMap<YearMonth, List<Event>> late = new TreeMap<>();
    private final Map<YearMonth, MonthCounters> counters = new HashMap<>();
    private final List<Correction> corrections = new ArrayList<>();
    private final List<DecidedCharge> charges = new ArrayList<>();
    private final List<Long> probes = new ArrayList<>();
    private LocalDate closedOn;
    private long asOf = Instants.MAX;

    /** A month with the price of gpt. */
    public AccountMonth() {
        price("gpt", "1", 1);
    }

    /** An instant of the month. */
    public static long at(String text) {
        String date = text.length() > 8 ? text : "2026-10-" + text;
        return TimestampFormat.ISO_WITH_OFFSET.parse(date + ":00Z").orElseThrow();
    }

    /** A price of input for any provider. */
    public AccountMonth price(String model, String unitPrice, long perUnits) {
        return price(model, Meter.INPUT, unitPrice, perUnits, Instants.MIN, Instants.MAX, 0, PriceTier.FLAT);
    }

    /** A price for any provider. */
    public AccountMonth price(
            String model,
            Meter meter,
            String unitPrice,
            long perUnits,
            long from,
            long to,
            long contextOver,
            PriceTier tier) {
        rows.add(new PriceRow(
                "list",
                "*",
                model,
                "standard",
                meter,
                Amount.parse(unitPrice),
                perUnits,
                from,
                to,
                contextOver,
                tier,
                Place.line("prices.csv", rows.size() + 2)));
        return this;
    }

    /** A tier of the price of a model's input. */
    public AccountMonth tier(String model, TierMode mode, String unitPrice, long upTo, String fee, long packageSize) {
        rows.add(new PriceRow(
                "list",
                "*",
                model,
                "standard",
                Meter.INPUT,
                Amount.parse(unitPrice),
                1,
                Instants.MIN,
                Instants.MAX,
                0,
                new PriceTier(mode, upTo, Amount.parse(fee), packageSize),
                Place.line("prices.csv", rows.size() + 2)));
        return this;
    }

    /** Ends every price so far, as one that begins then makes it. */
    public AccountMonth pricesEnd(String at) {
        rows.replaceAll(row -> new PriceRow(
                row.priceBook(),
                row.provider(),
                row.model(),
                row.serviceTier(),
                row.meter(),
                row.unitPrice(),
                row.perUnits(),
                row.effectiveFrom(),
                at(at),
                row.contextOver(),
                row.tier(),
                row.place()));
        return this;
    }

    /** Pay-as-you-go from an instant on; empty for always. */
    public AccountMonth payg(String from) {
        return terms(from, BillingMode.PAYG, null, "1", null);
    }

    /** Prepaid from an instant on; empty for always. */
    public AccountMonth prepaid(String from, OveragePolicy policy) {
        return terms(from, BillingMode.PREPAID, policy, "1", null);
    }

    /** Prepaid with overage on the invoice. */
    public AccountMonth overage(String from, String multiplier, String cap) {
        return terms(from, BillingMode.PREPAID, OveragePolicy.INVOICE, multiplier, cap);
    }

    private AccountMonth terms(String from, BillingMode mode, OveragePolicy policy, String multiplier, String cap) {
        terms.add(new Terms(
                "acme",
                from.isEmpty() ? Instants.MIN : at(from),
                mode,
                "list",
                policy,
                Amount.parse(multiplier),
                cap == null ? null : Amount.parse(cap),
                null,
                null,
                null,
                14,
                Place.line("terms.csv", terms.size() + 2)));
        return this;
    }

    /** Usage of gpt at openai. */
    public AccountMonth use(String at, long input) {
        return use(at, "openai", "gpt", input);
    }

    /** Usage. */
    public AccountMonth use(String at, String provider, String model, long input) {
        return use(at(at), provider, model, Map.of(Meter.INPUT, input, Meter.REQUEST, 1L));
    }

    /** Usage of several meters at an instant in microseconds. */
    public AccountMonth use(long at, String provider, String model, Map<Meter, Long> quantities) {
        events.add(new Event(at, new Product(provider, model, "standard"), quantities));
        return this;
    }

    /** Usage of gpt at openai in a closed month, which came late. */
    public AccountMonth useLate(String at, long input) {
        return useLate(at, "gpt", input);
    }

    /** Usage at openai in a closed month, which came late. */
    public AccountMonth useLate(String at, String model, long input) {
        late.computeIfAbsent(UTC.monthOf(at(at)), each -> new ArrayList<>())
                .add(new Event(
                        at(at),
                        new Product("openai", model, "standard"),
                        Map.of(Meter.INPUT, input, Meter.REQUEST, 1L)));
        return this;
    }

    /** A decision to charge what nobody paid. */
    public AccountMonth charge(String breakId, String usageMonth, UnfundedShare.Reason reason, String amount) {
        charges.add(new DecidedCharge(breakId, YearMonth.parse(usageMonth), reason, Amount.parse(amount)));
        return this;
    }

    /** What an approved dispute of September takes from a grant. */
    public AccountMonth corrected(String creditId, String usageDate, String amount) {
        YearMonth september = YearMonth.of(2026, 9);
        late.putIfAbsent(september, new ArrayList<>());
        corrections.add(new Correction(
                1,
                List.of(),
                List.of(new Correction.Drawn(creditId, LocalDate.parse(usageDate), Amount.parse(amount)))));
        return this;
    }

    /** How far closed months had counted. */
    public AccountMonth counted(List<MonthCounters> months) {
        months.forEach(each -> counters.put(each.month(), each));
        return this;
    }

    /** A grant that never expires. */
    public AccountMonth grant(String creditId, CreditKind kind, String at, String amount) {
        return grant(creditId, kind, at, "", amount, 50, "", "");
    }

    /** A grant. */
    public AccountMonth grant(
            String creditId,
            CreditKind kind,
            String at,
            String expires,
            String amount,
            int priority,
            String provider,
            String model) {
        return grant(
                creditId,
                kind,
                at(at),
                expires.isEmpty() ? Instants.MAX : at(expires),
                EUR,
                Amount.parse(amount),
                priority,
                provider,
                model);
    }

    /** A grant with instants in microseconds, in any currency. */
    public AccountMonth grant(
            String creditId,
            CreditKind kind,
            long at,
            long expires,
            Currency currency,
            Amount amount,
            int priority,
            String provider,
            String model) {
        entries.add(new CreditEntry(
                "acme",
                "grant-" + creditId,
                CreditEntry.Type.GRANT,
                creditId,
                kind,
                amount,
                Amount.ZERO,
                currency,
                at,
                at,
                expires,
                priority,
                "",
                "card",
                kind == CreditKind.PURCHASE ? "PRE-" + creditId : "",
                "",
                provider,
                model));
        return this;
    }

    /** A withdrawal; an empty amount takes all. */
    public AccountMonth withdraw(String entryId, String creditId, String at, String amount, String reason) {
        return withdraw(entryId, creditId, at(at), amount.isEmpty() ? null : Amount.parse(amount), reason);
    }

    /** A withdrawal at an instant in microseconds; without an amount it takes all. */
    public AccountMonth withdraw(String entryId, String creditId, long at, Amount amount, String reason) {
        entries.add(new CreditEntry(
                "acme",
                entryId,
                CreditEntry.Type.WITHDRAW,
                creditId,
                CreditKind.PURCHASE,
                amount,
                Amount.ZERO,
                EUR,
                at,
                at,
                Instants.MAX,
                50,
                "",
                "",
                "",
                reason,
                "",
                ""));
        return this;
    }

    /** Leaves out the entries that an earlier month took. */
    public AccountMonth without(List<String> appliedEntries) {
        entries.removeIf(entry -> appliedEntries.contains(entry.entryId()));
        return this;
    }

    /** What the month begins with. */
    public AccountMonth opening(OpeningPosition position) {
        openingGrants.addAll(position.grants());
        openingDebts.addAll(position.debts());
        return this;
    }

    /** Debt at go-live: oldest and without scope. */
    public AccountMonth openingDebt(String amount) {
        openingDebts.add(new Debt(Instants.MIN, "", "", Amount.parse(amount)));
        return this;
    }

    /** Another month than October 2026. */
    public AccountMonth month(String text) {
        month = YearMonth.parse(text);
        return this;
    }

    /** The account's last day. */
    public AccountMonth closedOn(String date) {
        closedOn = LocalDate.parse(date);
        return this;
    }

    /** The as-of. */
    public AccountMonth asOf(String at) {
        return asOf(at(at));
    }

    /** The as-of in microseconds. */
    public AccountMonth asOf(long micros) {
        asOf = micros;
        return this;
    }

    /** A recorded live balance. */
    public AccountMonth probe(String at) {
        probes.add(at(at));
        return this;
    }

    /** The statement of the story. */
    public Statement compute() {
        return Statements.compute(input());
    }

    /** Everything that decides the statement. */
    public StatementInput input() {
        List<ClosedMonth> closedMonths = new ArrayList<>();
        late.forEach((usageMonth, each) -> closedMonths.add(new ClosedMonth(
                usageMonth,
                LateEvents.of(columns(each)),
                0,
                counters.getOrDefault(usageMonth, MonthCounters.none(usageMonth)),
                usageMonth.equals(YearMonth.of(2026, 9)) ? corrections : List.of())));
        return new StatementInput(
                "acme",
                month,
                asOf,
                UTC,
                EUR,
                new OpeningPosition(openingGrants, openingDebts),
                columns(events),
                entries,
                closedMonths,
                charges,
                terms,
                PriceBooks.of(
                        List.of(new PriceBook("list", "", EUR, Place.line("price-books.csv", 2))), rows, List.of()),
                closedOn,
                probes.stream().mapToLong(Long::longValue).toArray());
    }

    private static AccountEvents columns(List<Event> events) {
        events.sort(Comparator.comparingLong(Event::at));
        int size = events.size();
        List<Product> products = events.stream().map(Event::product).distinct().toList();
        long[][] quantities = new long[Meter.COUNT][size];
        int[] product = new int[size];
        boolean[] billable = new boolean[size];
        for (int index = 0; index < size; index++) {
            for (Map.Entry<Meter, Long> counted : events.get(index).quantities().entrySet()) {
                quantities[counted.getKey().ordinal()][index] = counted.getValue();
            }
            product[index] = products.indexOf(events.get(index).product());
            billable[index] = true;
        }
        return new AccountEvents(
                size,
                events.stream().mapToLong(Event::at).toArray(),
                product,
                products,
                billable,
                quantities,
                new long[size],
                new long[size]);
    }
}
