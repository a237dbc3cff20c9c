/** What holds for every template. */
@NullMarked
package io.saldo.documents.pdf;

import org.jspecify.annotations.NullMarked;
