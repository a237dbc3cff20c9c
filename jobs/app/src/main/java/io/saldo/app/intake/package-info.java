/**
 * From the inbox to accepted events and entries: steps 1 to 4 of a night.
 */
@NullMarked
package io.saldo.app.intake;

import org.jspecify.annotations.NullMarked;
