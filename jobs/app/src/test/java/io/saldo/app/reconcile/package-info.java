/** The report of a night as the program writes it. */
@NullMarked
package io.saldo.app.reconcile;

import org.jspecify.annotations.NullMarked;
