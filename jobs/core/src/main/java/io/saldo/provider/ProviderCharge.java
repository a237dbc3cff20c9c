package io.saldo.provider;

import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import org.jspecify.annotations.Nullable;

/**
 * A line of a provider's bill.
 *
 * @param window when what it charges was used
 * @param category what it is about
 * @param lineItem as the bill names it; empty where the bill does not
 * @param model after alias; empty where nobody knows it
 * @param meter what of the model is charged; null where nobody knows it
 * @param quantity as billed, in the bill's own unit; null where it states none
 * @param amount negative where money comes back
 * @param currency ISO 4217; empty where nothing was charged
 * @param place where it was delivered
 */
public record ProviderCharge(
        ProviderWindow window,
        ChargeCategory category,
        String lineItem,
        String model,
        @Nullable Meter meter,
        @Nullable Amount quantity,
        Amount amount,
        String currency,
        String place) {
    /** What it is compared under: the model where it is known, else the line item; empty where it is about everything. */
    public String subject() {
        return model.isEmpty() ? lineItem : model;
    }
}
