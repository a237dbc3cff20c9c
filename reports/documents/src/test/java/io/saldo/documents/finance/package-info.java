@NullMarked
package io.saldo.documents.finance;

import org.jspecify.annotations.NullMarked;
