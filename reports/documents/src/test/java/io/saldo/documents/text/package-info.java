/** Words and numbers of a language. */
@NullMarked
package io.saldo.documents.text;

import org.jspecify.annotations.NullMarked;
