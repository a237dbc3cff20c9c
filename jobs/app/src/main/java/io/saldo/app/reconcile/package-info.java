/**
 * Step 6 of a night: the checks, the breaks, the verdict and the report.
 */
@NullMarked
package io.saldo.app.reconcile;

import org.jspecify.annotations.NullMarked;
