package io.saldo.pricing;

/** What a price book says about one quantity. */
public sealed interface PriceLookup {
    /** {@code unit} and {@code request} where no row of the book has that model and meter. */
    PriceLookup FREE = new Free();

    /** No price: never zero. */
    PriceLookup UNPRICED = new Unpriced();

    /**
     * A row set holds.
     *
     * @param set the one that won
     */
    record Priced(RowSet set) implements PriceLookup {}

    /** The quantity costs nothing because the book does not sell by that meter. */
    record Free() implements PriceLookup {}

    /** The quantity has no price, which a person must mend or waive. */
    record Unpriced() implements PriceLookup {}
}
