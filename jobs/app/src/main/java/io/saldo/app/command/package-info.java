/**
 * What a person or a scheduler types. The only place that reads the clock.
 */
@NullMarked
package io.saldo.app.command;

import org.jspecify.annotations.NullMarked;
