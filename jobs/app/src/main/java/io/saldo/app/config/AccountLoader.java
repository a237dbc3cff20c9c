package io.saldo.app.config;

import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.lake.intake.AccountDirectory;
import io.saldo.lake.intake.AccountDirectory.KeyAssignment;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads everything that concerns single accounts: their rows, terms, keys and openings. */
final class AccountLoader {
    private static final Amount ONE = Amount.of(1);
    private static final int PAYMENT_TERMS_DAYS = 30;
    private static final int PRIORITY = 50;

    private final BillingZone zone;
    private final Set<String> taxProfiles;
    private final Set<String> reverseCharged;
    private final PriceLoader prices;
    private final Findings findings;

    private final List<Account> accounts = new ArrayList<>();
    private final Set<String> ids = new TreeSet<>();
    private final Map<String, Currency> currencies = new HashMap<>();
    private final Map<String, Row> firstRows = new HashMap<>();
    private final Map<String, List<Terms>> terms = new TreeMap<>();
    private final Map<String, List<DatedKey>> keys = new TreeMap<>();
    private final Map<String, OpeningRows> openings = new TreeMap<>();

    /** A key's assignment with the row that makes it. */
    private record DatedKey(Row row, KeyAssignment assignment) {}

    /** An account's rows of openings.csv so far. */
    private static final class OpeningRows {
        private final long asOf;
        private final String asOfText;
        private final Map<String, Row> byCredit = new TreeMap<>();
        private final List<GrantPosition> grants = new ArrayList<>();
        private Amount debt = Amount.ZERO;
        private @Nullable Row debtRow;

        OpeningRows(long asOf, String asOfText) {
            this.asOf = asOf;
            this.asOfText = asOfText;
        }
    }

    /** With the tax profiles; where none is known, any will do. */
    AccountLoader(BillingZone zone, TaxProfiles taxes, PriceLoader prices, Findings findings) {
        this.zone = zone;
        taxProfiles = taxes.names();
        reverseCharged = taxes.reverseCharged();
        this.prices = prices;
        this.findings = findings;
    }

    void account(Row row) {
        String id = row.requiredId("account_id");
        if (!id.isEmpty()) {
            ids.add(id);
        }
        row.belongsTo(Subject.account(id));
        if (row.isBad()) {
            return;
        }
        long from = row.instant("effective_from", zone, Instants.MIN);
        refuseRepetition(row, "accounts", id, from);
        String name = row.required("name");
        String country = row.requiredCountry("country");
        Currency currency = row.requiredCurrency("currency");
        Currency before = currency == null ? null : currencies.putIfAbsent(id, currency);
        if (before != null && !before.equals(currency)) {
            row.refuse("currency", "account " + id + " has " + before + " in an earlier row, and keeps one currency");
        }
        String locale = row.word(
                "locale", ConfigurationKeys.LANGUAGES, Function.identity(), ConfigurationKeys.LANGUAGES.get(0));
        String profile = row.required("tax_profile");
        if (!profile.isEmpty() && !taxProfiles.isEmpty() && !taxProfiles.contains(profile)) {
            unknown(row, "tax_profile", "tax.yml has no such profile", taxProfiles);
        }
        ElectronicInvoice electronic = row.word(
                "e_invoice",
                Arrays.asList(ElectronicInvoice.values()),
                ElectronicInvoice::word,
                ElectronicInvoice.NONE);
        StructuredInvoiceColumns.require(row, electronic, reverseCharged.contains(profile));
        LocalDate opened = row.date("opened_on");
        LocalDate closed = row.date("closed_on");
        if (opened != null && closed != null && closed.isBefore(opened)) {
            row.refuse("closed_on", "it must not be before opened_on, which is " + opened);
        }
        if (row.isBad() || currency == null) {
            return;
        }
        accounts.add(new Account(
                id,
                from,
                name,
                row.text("legal_name"),
                row.text("address"),
                row.text("postal_code"),
                row.text("city"),
                country,
                row.text("vat_id"),
                row.text("email"),
                currency,
                locale,
                profile,
                electronic,
                row.text("buyer_reference"),
                opened,
                closed));
    }

    /** Reads a row of terms.csv; whether accounts and books that are not known are wrong depends on their files. */
    void terms(Row row, boolean accountsComplete, boolean booksComplete) {
        String id = owner(row, accountsComplete);
        if (row.isBad()) {
            return;
        }
        long from = row.instant("effective_from", zone, Instants.MIN);
        refuseRepetition(row, "terms", id, from);
        BillingMode mode = row.requiredWord("billing_mode", Arrays.asList(BillingMode.values()), BillingMode::word);
        String book = row.required("price_book");
        if (!book.isEmpty() && booksComplete) {
            checkBook(row, id, book);
            if (mode == BillingMode.PREPAID && prices.hasVolume(book)) {
                row.refuse(
                        "price_book",
                        "it, or a book that it extends, has a volume price, and days that are repriced never agree with a prepaid"
                                + " balance: give prepaid terms a book without one");
            }
        }
        OveragePolicy policy = row.word("overage_policy", Arrays.asList(OveragePolicy.values()), OveragePolicy::word);
        if (mode == BillingMode.PREPAID && !row.isSet("overage_policy")) {
            row.refuse(
                    ProblemCode.BAD_VALUE,
                    row.placeOf("overage_policy"),
                    "overage_policy is empty: prepaid terms must say invoice, carry or block");
        }
        Amount multiplier = row.amount("overage_multiplier", ONE, ONE);
        Amount cap = row.amount("monthly_overage_cap", Amount.ZERO);
        Amount threshold = row.amount("recharge_threshold", Amount.ZERO);
        Amount recharge = row.positiveAmount("recharge_amount");
        Amount rechargeCap = row.amount("recharge_monthly_cap", Amount.ZERO);
        int days = (int) row.whole("payment_terms_days", 0, 366, PAYMENT_TERMS_DAYS);
        if (row.isBad() || mode == null) {
            return;
        }
        terms.computeIfAbsent(id, account -> new ArrayList<>())
                .add(new Terms(
                        id,
                        from,
                        mode,
                        book,
                        policy,
                        multiplier,
                        cap,
                        threshold,
                        recharge,
                        rechargeCap,
                        days,
                        row.place()));
    }

    private void checkBook(Row row, String id, String book) {
        Currency ofBook = prices.currency(book);
        Currency ofAccount = currencies.get(id);
        if (!prices.hasBook(book)) {
            unknown(row, "price_book", "price-books.csv has no such book", prices.bookNames());
        } else if (prices.isHeld(book)) {
            findings.hold(Subject.account(id));
        } else if (ofBook != null && ofAccount != null && !ofBook.equals(ofAccount)) {
            row.refuse("price_book", "it is in " + ofBook + ", the account in " + ofAccount);
        }
    }

    /** Reads a row of account-keys.csv. */
    void key(Row row, boolean accountsComplete) {
        String key = row.requiredId("api_key_id");
        row.belongsTo(Subject.apiKey(key));
        if (row.isBad()) {
            return;
        }
        String account = row.requiredId("account_id");
        if (!account.isEmpty() && accountsComplete && !ids.contains(account)) {
            unknownAccount(row);
        }
        long from = row.instant("effective_from", zone, Instants.MIN);
        long to = row.instant("effective_to", zone, Instants.MAX);
        if (to <= from && !row.isBad()) {
            row.refuse("effective_to", "it must be after effective_from, which is " + row.text("effective_from"));
        }
        if (!row.isBad()) {
            keys.computeIfAbsent(key, name -> new ArrayList<>())
                    .add(new DatedKey(row, new KeyAssignment(account, from, to)));
        }
    }

    /** Reads a row of openings.csv. */
    void opening(Row row, boolean accountsComplete) {
        String id = owner(row, accountsComplete);
        if (row.isBad()) {
            return;
        }
        row.required("as_of");
        long asOf = row.instant("as_of", zone, Instants.MIN);
        if (row.isBad()) {
            return;
        }
        if (zone.startOf(zone.monthOf(asOf)) != asOf) {
            row.refuse("as_of", "it must be the start of a month in the billing zone, such as 2026-10-01");
            return;
        }
        OpeningRows opening = openings.computeIfAbsent(id, account -> new OpeningRows(asOf, row.text("as_of")));
        if (opening.asOf != asOf) {
            row.refuse("as_of", "account " + id + " opens on " + opening.asOfText + " in an earlier row");
        }
        if (row.isSet("debt_amount")) {
            Row earlier = opening.debtRow;
            if (earlier != null) {
                row.refuse("debt_amount", "line " + earlier.line() + " states the account's debt already");
            }
            opening.debtRow = row;
            opening.debt = row.amount("debt_amount", Amount.ZERO, Amount.ZERO);
        }
        if (row.isSet("credit_id")) {
            openingGrant(row, id, opening);
        } else if (!row.isSet("debt_amount")) {
            row.refuse(ProblemCode.BAD_VALUE, row.place(), "the row opens neither a credit (credit_id) nor a debt");
        } else {
            for (String column : List.of("kind", "amount", "remaining_amount")) {
                if (row.isSet(column)) {
                    row.refuse(column, "it belongs to a credit, and the row has no credit_id");
                }
            }
        }
    }

    private void openingGrant(Row row, String id, OpeningRows opening) {
        String creditId = row.id("credit_id");
        Row earlier = opening.byCredit.putIfAbsent(creditId, row);
        if (earlier != null) {
            row.refuse(
                    ProblemCode.DUPLICATE_ROW,
                    row.placeOf("credit_id"),
                    "credit " + creditId + " of account " + id + " is also on line " + earlier.line());
        }
        CreditKind kind = row.requiredWord("kind", Arrays.asList(CreditKind.values()), CreditKind::word);
        row.required("amount");
        Amount amount = row.positiveAmount("amount");
        row.required("remaining_amount");
        Amount remaining = row.amount("remaining_amount", Amount.ZERO);
        if (amount != null && remaining != null && remaining.compareTo(amount) > 0) {
            row.refuse("remaining_amount", "it must not be more than amount, which is " + amount);
        }
        row.amount("tax_amount", Amount.ZERO);
        Currency currency = row.requiredCurrency("currency");
        Currency ofAccount = currencies.get(id);
        if (currency != null && ofAccount != null && !currency.equals(ofAccount)) {
            row.refuse("currency", "the account is in " + ofAccount);
        }
        row.required("booked_at");
        long bookedAt = row.instant("booked_at", zone, Instants.MIN);
        long effectiveAt = row.instant("effective_at", zone, bookedAt);
        long expiresAt = row.instant("expires_at", zone, Instants.MAX);
        if (!row.isBad() && effectiveAt >= opening.asOf) {
            row.refuse(
                    row.isSet("effective_at") ? "effective_at" : "booked_at",
                    "it must be before as_of; a later credit comes with the credit feed");
        }
        if (!row.isBad() && expiresAt <= opening.asOf) {
            row.refuse("expires_at", "it must be after as_of; what has expired opens nothing");
        }
        int priority = (int) row.whole("priority", 0, 100, PRIORITY);
        String scopeProvider = row.id("scope_provider");
        String scopeModel = row.id("scope_model");
        if (row.isBad() || kind == null || amount == null || remaining == null || currency == null) {
            return;
        }
        opening.grants.add(new GrantPosition(
                creditId,
                kind,
                priority,
                effectiveAt,
                bookedAt,
                expiresAt,
                scopeProvider,
                scopeModel,
                row.text("purchase_invoice"),
                currency,
                amount,
                amount.minus(remaining),
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO));
    }

    Accounts accounts() {
        return new Accounts(ids, accounts);
    }

    Map<String, List<Terms>> terms() {
        terms.values().forEach(list -> list.sort(Comparator.comparingLong(Terms::effectiveFrom)));
        return terms;
    }

    /** Tells keys that lead to two accounts at once, and leaves every held key out. Call it once. */
    AccountDirectory directory() {
        Map<String, List<KeyAssignment>> assignments = new TreeMap<>();
        keys.forEach((key, dated) -> {
            dated.sort(
                    Comparator.comparingLong((DatedKey one) -> one.assignment().fromMicros())
                            .thenComparing(one -> one.row().place()));
            DatedKey longest = dated.get(0);
            for (DatedKey next : dated.subList(1, dated.size())) {
                if (next.assignment().fromMicros() < longest.assignment().toMicros()) {
                    next.row()
                            .refuse(
                                    ProblemCode.BAD_VALUE,
                                    next.row().placeOf("effective_from"),
                                    "key " + key + " has another row at this time, on line "
                                            + longest.row().line() + "; end one where the other begins");
                }
                longest = next.assignment().toMicros() > longest.assignment().toMicros() ? next : longest;
            }
            if (!findings.isHeld(Subject.apiKey(key))) {
                assignments.put(key, dated.stream().map(DatedKey::assignment).toList());
            }
        });
        return new AccountDirectory(ids, assignments);
    }

    Map<String, Opening> openings() {
        Map<String, Opening> result = new TreeMap<>();
        openings.forEach((id, rows) -> {
            rows.grants.sort(Comparator.comparing(GrantPosition::creditId));
            YearMonth month = zone.monthOf(rows.asOf);
            result.put(id, new Opening(id, month, rows.asOf, rows.grants, rows.debt));
        });
        return result;
    }

    private String owner(Row row, boolean accountsComplete) {
        String id = row.requiredId("account_id");
        row.belongsTo(Subject.account(id));
        if (!row.isBad() && accountsComplete && !ids.contains(id)) {
            unknownAccount(row);
        }
        return id;
    }

    private void refuseRepetition(Row row, String table, String id, long from) {
        Row earlier = row.isBad() ? null : firstRows.putIfAbsent(table + " " + from + " " + id, row);
        if (earlier != null) {
            row.refuse(
                    ProblemCode.DUPLICATE_ROW,
                    row.placeOf("effective_from"),
                    "account " + id + " has another row that begins at the same time, on line " + earlier.line());
        }
    }

    /** Ids resemble each other too much to suggest one. */
    private static void unknownAccount(Row row) {
        unknown(row, "account_id", "accounts.csv has no such account", Set.of());
    }

    private static void unknown(Row row, String column, String why, Set<String> known) {
        Place place = row.placeOf(column);
        row.refuse(
                ProblemCode.UNKNOWN_REFERENCE,
                place,
                column + " is " + Fields.quoted(row.text(column)) + ": " + why
                        + Suggestion.among(row.text(column), known));
    }
}
