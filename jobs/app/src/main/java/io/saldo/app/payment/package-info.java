/**
 * Payments beside what they are for: a purchase of credit, or an invoice.
 *
 * <p>Law: what is paid of an invoice is the sum of what nights booked, and each booking is a posting of the journal. Rows
 * of a processor are never changed; a night books the change of what stands of a payment since the last.
 */
@NullMarked
package io.saldo.app.payment;

import org.jspecify.annotations.NullMarked;
