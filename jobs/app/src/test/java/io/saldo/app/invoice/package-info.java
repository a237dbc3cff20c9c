/** Invoices from draft to document, over real books. */
@NullMarked
package io.saldo.app.invoice;

import org.jspecify.annotations.NullMarked;
