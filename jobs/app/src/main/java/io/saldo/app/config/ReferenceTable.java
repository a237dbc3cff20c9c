package io.saldo.app.config;

import java.util.List;

/** The tables of reference data and their columns (SPEC 3); a star marks a column that every row must fill. */
public enum ReferenceTable {
    /** Who is charged. */
    ACCOUNTS(
            "accounts.csv",
            "account_id* effective_from name* legal_name address postal_code city country* vat_id email currency*"
                    + " locale tax_profile* e_invoice buyer_reference opened_on closed_on"),
    /** What was agreed. */
    TERMS(
            "terms.csv",
            "account_id* effective_from billing_mode* price_book* overage_policy overage_multiplier"
                    + " monthly_overage_cap recharge_threshold recharge_amount recharge_monthly_cap"
                    + " payment_terms_days"),
    /** Whose an API key was, and when. */
    ACCOUNT_KEYS("account-keys.csv", "api_key_id* account_id* effective_from effective_to"),
    /** Other names of models. */
    MODELS("models.csv", "provider* alias* model*"),
    /** Names of price books. */
    PRICE_BOOKS("price-books.csv", "price_book* extends currency* description"),
    /** Prices. */
    PRICES(
            "prices/*.csv",
            "price_book* provider* model* service_tier meter* unit_price* per_units effective_from effective_to"
                    + " context_over tier_mode tier_up_to tier_flat_fee package_size"),
    /** Positions at go-live. */
    OPENINGS(
            "openings.csv",
            "account_id* as_of* credit_id kind amount tax_amount currency booked_at effective_at expires_at priority"
                    + " payment_reference payment_method purchase_invoice scope_provider scope_model remaining_amount"
                    + " debt_amount"),
    /** Rates to the euro. */
    FX("fx.csv", "date* currency* rate_per_eur*");

    private final String file;
    private final String columns;

    ReferenceTable(String file, String columns) {
        this.file = file;
        this.columns = columns;
    }

    /** The file in the configuration folder; with a star for each file of a folder. */
    public String file() {
        return file;
    }

    /** All columns, in order. */
    public List<String> columns() {
        return List.of(columns.replace("*", "").split(" "));
    }

    /** The columns that the header must have and every row must fill. */
    public List<String> requiredColumns() {
        return List.of(columns.split(" ")).stream()
                .filter(column -> column.endsWith("*"))
                .map(column -> column.substring(0, column.length() - 1))
                .toList();
    }
}
