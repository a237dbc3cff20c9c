/** What customers' documents must hold, page by page. */
@NullMarked
package io.saldo.documents.invoice;

import org.jspecify.annotations.NullMarked;
