/**
 * Step 5 of a night: statements of the accounts whose inputs changed.
 */
@NullMarked
package io.saldo.app.statement;

import org.jspecify.annotations.NullMarked;
