/** CSV as SPEC 12 wants it. */
@NullMarked
package io.saldo.documents.csv;

import org.jspecify.annotations.NullMarked;
