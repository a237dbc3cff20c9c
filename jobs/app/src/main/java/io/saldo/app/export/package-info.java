/**
 * The files of the export contract.
 */
@NullMarked
package io.saldo.app.export;

import org.jspecify.annotations.NullMarked;
