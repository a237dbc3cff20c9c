/** How long credit lasts, in tables. */
@NullMarked
package io.saldo.health;

import org.jspecify.annotations.NullMarked;
