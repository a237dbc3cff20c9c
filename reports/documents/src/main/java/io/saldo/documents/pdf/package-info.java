/**
 * From rows and a template to PDF/A-3b bytes.
 *
 * <p>Law: a template holds no program (each expression names one field, parameter, variable or text), and a PDF holds
 * no clock, no random number and no font that is not embedded. This package knows nothing of invoices.
 */
@NullMarked
package io.saldo.documents.pdf;

import org.jspecify.annotations.NullMarked;
