/**
 * From the inbox to accepted events and entries: the steps of a night up to the segments that statements read.
 */
@NullMarked
package io.saldo.app.intake;

import org.jspecify.annotations.NullMarked;
