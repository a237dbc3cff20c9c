/** What a workbook must hold, read by a library that had no part in writing it. */
@NullMarked
package io.saldo.documents.table;

import org.jspecify.annotations.NullMarked;
