/** What finance's report must hold. */
@NullMarked
package io.saldo.documents.night;

import org.jspecify.annotations.NullMarked;
