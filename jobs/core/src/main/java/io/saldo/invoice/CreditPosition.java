package io.saldo.invoice;

import io.saldo.money.Amount;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One grant in the month's credit statement. Amounts are exact:
 * {@code opening + granted + restored - drawn - expired - withdrawn = closing}.
 *
 * @param creditId the grant
 * @param kind {@code purchase}, {@code promo} or {@code adjustment}
 * @param purchaseInvoice number of the invoice by which it was bought; may be empty
 * @param expiresOn first day on which it no longer pays; null when it never expires
 * @param opening what was left when the month began
 * @param granted what this month added
 * @param restored what disputes gave back this month
 * @param drawn what usage and debt took this month
 * @param expired what ran out this month
 * @param withdrawn what was taken back this month
 * @param closing what is left
 */
public record CreditPosition(
        String creditId,
        String kind,
        String purchaseInvoice,
        @Nullable LocalDate expiresOn,
        Amount opening,
        Amount granted,
        Amount restored,
        Amount drawn,
        Amount expired,
        Amount withdrawn,
        Amount closing) {}
