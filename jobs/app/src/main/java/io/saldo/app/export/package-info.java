/**
 * The files of the export contract (SPEC 12).
 */
@NullMarked
package io.saldo.app.export;

import org.jspecify.annotations.NullMarked;
