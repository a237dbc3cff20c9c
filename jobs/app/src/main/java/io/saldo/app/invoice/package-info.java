/**
 * The life of an invoice: draft, approved, issued, published.
 */
@NullMarked
package io.saldo.app.invoice;

import org.jspecify.annotations.NullMarked;
