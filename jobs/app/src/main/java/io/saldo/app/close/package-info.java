/**
 * The month close: gate, frozen revisions, journal, drafts.
 */
@NullMarked
package io.saldo.app.close;

import org.jspecify.annotations.NullMarked;
