/** Structured invoices, judged by tools that nobody here wrote. */
package io.saldo.documents.einvoice;
