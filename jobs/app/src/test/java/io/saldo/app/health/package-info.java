/** The credit health report as a night writes it. */
@NullMarked
package io.saldo.app.health;

import org.jspecify.annotations.NullMarked;
