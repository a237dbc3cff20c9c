/**
 * The structured invoice of EN 16931 in the syntax of UN/CEFACT CII: as ZUGFeRD inside the PDF, or as XRechnung beside it.
 *
 * <p>Law: it states the amounts of the invoice value and computes none but their sums; the same document gives the same
 * bytes; what the standard demands and the document lacks is told before a number is given.
 */
@NullMarked
package io.saldo.documents.einvoice;

import org.jspecify.annotations.NullMarked;
